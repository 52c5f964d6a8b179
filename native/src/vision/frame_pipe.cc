// poll and read; the descriptors close on exec.
#include "vision/frame_pipe.h"

#ifndef _WIN32

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <thread>

namespace kinetone::vision {
namespace {

// FFmpeg writes a frame and its note in some twenty pieces, one right behind the other: time for all of them, once the first is
// there. Without it each wakes this thread.
constexpr std::chrono::microseconds kBurst{300};

bool OpenPipe(int ends[2]) {
#ifdef __linux__
  return pipe2(ends, O_CLOEXEC) == 0;
#else
  if (pipe(ends) != 0) return false;
  for (int end = 0; end < 2; ++end) fcntl(ends[end], F_SETFD, FD_CLOEXEC);
  return true;
#endif
}

void CloseEnd(int& end) {
  if (end >= 0) close(end);
  end = -1;
}

}  // namespace

std::shared_ptr<FramePipe> FramePipe::Open([[maybe_unused]] std::size_t capacity_bytes) {
  int frames[2];
  int notes[2];
  if (!OpenPipe(frames)) return nullptr;
  if (!OpenPipe(notes)) {
    for (int end : frames) CloseEnd(end);
    return nullptr;
  }
#ifdef __linux__
  // Best effort: a smaller one only wakes both sides more often.
  fcntl(frames[1], F_SETPIPE_SZ, static_cast<int>(capacity_bytes));
#endif
  return std::shared_ptr<FramePipe>(new FramePipe({frames[0], frames[1]}, {notes[0], notes[1]}));
}

FramePipe::~FramePipe() {
  CloseWriters();
  Close();
}

void FramePipe::CloseWriters() {
  CloseEnd(frames_.writer);
  CloseEnd(notes_.writer);
}

void FramePipe::CloseReaders() {
  CloseEnd(frames_.reader);
  CloseEnd(notes_.reader);
}

bool FramePipe::Begin() {
  const std::lock_guard lock(mutex_);
  if (is_closing_) return false;
  is_reading_ = true;
  return true;
}

// Who comes last, the reader or Close, closes the descriptors.
void FramePipe::End() {
  const std::lock_guard lock(mutex_);
  is_reading_ = false;
  if (is_closing_) CloseReaders();
}

void FramePipe::Close() {
  const std::lock_guard lock(mutex_);
  is_closing_ = true;
  if (!is_reading_) CloseReaders();
}

bool FramePipe::IsClosing() {
  const std::lock_guard lock(mutex_);
  return is_closing_;
}

// Waits for notes, which are taken in, or, where they are wanted, for bytes of a frame. False when the pipe is being closed.
bool FramePipe::Wait(bool for_frames, bool& has_frames) {
  // A negative descriptor is passed over.
  pollfd watched[] = {{for_frames ? frames_.reader : -1, POLLIN, 0}, {has_notes_ended_ ? -1 : notes_.reader, POLLIN, 0}};
  int ready = poll(watched, 2, 0);
  if (ready == 0 && (ready = poll(watched, 2, kPollMs)) > 0) {
    std::this_thread::sleep_for(kBurst);
    ready = poll(watched, 2, 0);
  }
  if (IsClosing()) return false;
  has_frames = ready > 0 && watched[0].revents != 0;
  if (ready > 0 && watched[1].revents != 0) ReadNotes();
  return ready >= 0 || errno == EINTR;
}

void FramePipe::ReadNotes() {
  char text[4096];
  const ssize_t count = read(notes_.reader, text, sizeof text);
  if (count > 0) {
    parser_.Push(text, static_cast<std::size_t>(count));
  } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
    has_notes_ended_ = true;
    parser_.End();
  }
}

bool FramePipe::ReadFrame(std::uint8_t* out, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    bool has_frames = false;
    if (!Wait(true, has_frames)) return false;
    if (!has_frames) continue;
    const ssize_t count = read(frames_.reader, out + done, size - done);
    if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN)) return false;
    done += count > 0 ? static_cast<std::size_t>(count) : 0;
  }
  return true;
}

bool FramePipe::Next(std::uint8_t* out, std::size_t size, FrameNote& note) {
  if (!Begin()) return false;
  const bool is_read = ReadFrame(out, size);
  bool has_frames = false;
  // A frame's note is written before it. After the last frame the rest is waited for: it says why there is none.
  while (!has_notes_ended_ && (!is_read || !parser_.has_frame()) && Wait(false, has_frames)) {
  }
  End();
  if (!is_read || !parser_.has_frame()) return false;
  note = parser_.TakeFrame();
  last_s_ = std::isfinite(note.time_s) ? std::max(note.time_s, last_s_) : last_s_;
  note.time_s = last_s_;
  return true;
}

}  // namespace kinetone::vision

#else

namespace kinetone::vision {

std::shared_ptr<FramePipe> FramePipe::Open(std::size_t /*capacity_bytes*/) { return nullptr; }
FramePipe::~FramePipe() = default;
void FramePipe::CloseWriters() {}
bool FramePipe::Next(std::uint8_t* /*out*/, std::size_t /*size*/, FrameNote& /*note*/) { return false; }
void FramePipe::Close() {}

}  // namespace kinetone::vision

#endif
