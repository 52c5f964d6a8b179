// The text FFmpeg writes about its frames, whole and in pieces; and both pipes together.
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "vision/film_notes.h"
#include "vision/frame_pipe.h"

#ifndef _WIN32
#include <unistd.h>
#endif

namespace kinetone::vision {
namespace {

// The same text as in src-main/adapters/ffmpeg/showinfo.test.ts.
const std::string kText =
    "Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/a/pts: 9.mp4':\n"
    "[Parsed_showinfo_2 @ 0x55c49a7df300] config in time_base: 1001/30000, frame_rate: 30000/1001\n"
    "[Parsed_showinfo_2 @ 0x55c49a7df300] config out time_base: 0/0, frame_rate: 0/0\n"
    "[Parsed_showinfo_2 @ 0x55c49a7df300] n:   0 pts:      0 pts_time:0       pos:       48 fmt:yuv420p sar:1/1\n"
    "[Parsed_showinfo_2 @ 0x55c49a7df300] color_range:pc color_space:unknown\n"
    "[Parsed_showinfo_2 @ 0x55c49a7df300] n:   1 pts:      1 pts_time:0.0333667 pos:  7156 fmt:yuv420p sar:1/1\r"
    "[h264 @ 0x55c49a7df300] error while decoding MB 3 4\n"
    "[Parsed_showinfo_2 @ 0x55c49a7df300] color_range:tv color_space:bt709 color_primaries:bt709 color_trc:bt709\n"
    "[Parsed_showinfo_2 @ 0x55c49a7df300] n:   2 pts:  NOPTS pts_time:NOPTS pos:  7156 fmt:yuv420p sar:1/1\n"
    "[Parsed_showinfo_2 @ 0x55c49a7df300] config in time_base: 1/1000, frame_rate: 25/1\n"
    "[Parsed_showinfo_2 @ 0x55c49a7df300] n:   0 pts: 108000123 pts_time:108000 pos: 9 fmt:yuv420p sar:1/1\n";

struct Told {
  std::vector<FrameNote> frames;
  std::string text;
};

Told Tell(FilmNotes& notes) {
  notes.End();
  Told told;
  while (notes.has_frame()) told.frames.push_back(notes.TakeFrame());
  told.text = notes.TakeText();
  return told;
}

void CheckTold(const Told& told) {
  REQUIRE(told.frames.size() == 4);
  CHECK(told.frames[0].time_s == 0.0);
  CHECK(told.frames[1].time_s == 1001.0 / 30000.0);
  CHECK(std::isnan(told.frames[2].time_s));
  CHECK(told.frames[3].time_s == 108000.123);
  const PictureColor colors[] = {PictureColor::kLimitedBt601, PictureColor::kLimitedBt709, PictureColor::kLimitedBt601,
                                 PictureColor::kLimitedBt601};
  for (std::size_t i = 0; i < 4; ++i) CHECK(told.frames[i].color == colors[i]);
  CHECK(told.text ==
        "Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/a/pts: 9.mp4':\n[h264 @ 0x55c49a7df300] error while decoding MB 3 4\n");
}

}  // namespace

TEST_CASE("notes of frames are exact times and their own colours, and all else stays text, wherever the text is cut") {
  for (std::size_t first = 0; first <= kText.size(); ++first) {
    FilmNotes notes;
    notes.Push(kText.data(), first);
    notes.Push(kText.data() + first, kText.size() - first);
    CheckTold(Tell(notes));
  }
  FilmNotes letter_by_letter;
  for (const char letter : kText) letter_by_letter.Push(&letter, 1);
  CheckTold(Tell(letter_by_letter));
}

TEST_CASE("a decoder that complains without end leaves the last of its words, and a line without end takes no memory") {
  FilmNotes notes;
  for (int i = 0; i < 20000; ++i) {
    const std::string line = "error " + std::to_string(i) + "\n";
    notes.Push(line.data(), line.size());
  }
  const std::string text = notes.TakeText();
  CHECK(text.size() <= 16 * 1024);
  CHECK(text.ends_with("error 19999\n"));
  CHECK(notes.TakeText().empty());
  const std::string piece(60000, 'x');
  for (int i = 0; i < 100; ++i) notes.Push(piece.data(), piece.size());
  notes.Push("\n", 1);
  CHECK(notes.TakeText().size() <= 16 * 1024);
}

#ifndef _WIN32

namespace {

void Write(int descriptor, std::string_view text) { REQUIRE(write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size())); }

}  // namespace

TEST_CASE("a pipe pairs frames with their times, which never fall, and tells what was said after the last one") {
  const auto pipe = FramePipe::Open(4096);
  REQUIRE(pipe != nullptr);
  Write(pipe->notes_writer(), kText);
  Write(pipe->notes_writer(), "Conversion failed!");
  Write(pipe->writer(), "aabbccdde");  // the fifth frame is cut off
  pipe->CloseWriters();
  std::uint8_t frame[2];
  FrameNote note{};
  const double times[] = {0.0, 1001.0 / 30000.0, 1001.0 / 30000.0, 108000.123};
  for (int i = 0; i < 4; ++i) {
    REQUIRE(pipe->Next(frame, sizeof frame, note));
    CHECK(frame[1] == 'a' + i);
    CHECK(note.time_s == times[i]);
  }
  CHECK_FALSE(pipe->Next(frame, sizeof frame, note));
  CHECK(pipe->TakeText().ends_with("Conversion failed!\n"));
}

TEST_CASE("a frame whose note comes late waits for it") {
  const auto pipe = FramePipe::Open(4096);
  REQUIRE(pipe != nullptr);
  Write(pipe->writer(), "aa");
  std::thread late([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(120));
    Write(pipe->notes_writer(), kText);
    pipe->CloseWriters();
  });
  std::uint8_t frame[2];
  FrameNote note{-1.0, PictureColor::kFullBt601};
  CHECK(pipe->Next(frame, sizeof frame, note));
  late.join();
  CHECK(note.time_s == 0.0);
  CHECK_FALSE(pipe->Next(frame, sizeof frame, note));
}

#endif

}  // namespace kinetone::vision
