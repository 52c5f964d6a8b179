// Two pipes of a decoder, its frames and its stderr, read by a thread straight into place: no stream, no pieces, and nobody woken
// for each of the many short writes that describe a frame.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "vision/film_notes.h"

namespace kinetone::vision {

class FramePipe {
 public:
  // capacity_bytes: what the pipe of frames should hold; the system may give less. Null where a program cannot be given a pipe
  // by its descriptor (Windows), and where none can be opened.
  static std::shared_ptr<FramePipe> Open(std::size_t capacity_bytes);
  ~FramePipe();
  FramePipe(const FramePipe&) = delete;
  FramePipe& operator=(const FramePipe&) = delete;

  // The ends to write frames and notes to, for the program that is started; no other program inherits them. -1 once closed.
  int writer() const { return frames_.writer; }
  int notes_writer() const { return notes_.writer; }
  // After the program was started: the pipes end with it. Main thread.
  void CloseWriters();

  // Waits for a frame of exactly `size` bytes and for its note. note.time_s: finite, from 0 on, never before the last one's: a
  // frame without a time, or one that runs backwards, is shown at once after the one before it.
  // False when the frames ended before, or the pipe was closed meanwhile; bytes of a part are lost, and the text is complete.
  // Any thread, one at a time.
  bool Next(std::uint8_t* out, std::size_t size, FrameNote& note);
  // What the program said besides its notes since the last call. Not during Next.
  std::string TakeText() { return parser_.TakeText(); }

  // A Next under way answers false within kPollMs. Any thread, any number of times.
  void Close();

 private:
  static constexpr int kPollMs = 50;
  struct Ends {
    int reader = -1;
    int writer = -1;
  };

  FramePipe(Ends frames, Ends notes) : frames_(frames), notes_(notes) {}
  bool Begin();
  void End();
  bool Wait(bool for_frames, bool& has_frames);
  bool ReadFrame(std::uint8_t* out, std::size_t size);
  void ReadNotes();
  void CloseReaders();
  bool IsClosing();

  Ends frames_;
  Ends notes_;
  FilmNotes parser_;
  bool has_notes_ended_ = false;
  double last_s_ = 0.0;
  std::mutex mutex_;  // of what follows
  bool is_reading_ = false;
  bool is_closing_ = false;
};

}  // namespace kinetone::vision
