// poll and read; the descriptors close on exec.
#include "vision/frame_pipe.h"

#ifndef _WIN32

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace kinetone::vision {

std::shared_ptr<FramePipe> FramePipe::Open([[maybe_unused]] std::size_t capacity_bytes) {
  int ends[2];
#ifdef __linux__
  if (pipe2(ends, O_CLOEXEC) != 0) return nullptr;
  // Best effort: a smaller one only wakes both sides more often.
  fcntl(ends[1], F_SETPIPE_SZ, static_cast<int>(capacity_bytes));
#else
  if (pipe(ends) != 0) return nullptr;
  for (const int end : ends) fcntl(end, F_SETFD, FD_CLOEXEC);
#endif
  return std::shared_ptr<FramePipe>(new FramePipe(ends[0], ends[1]));
}

FramePipe::~FramePipe() {
  CloseWriter();
  Close();
}

void FramePipe::CloseWriter() {
  if (writer_ >= 0) close(writer_);
  writer_ = -1;
}

bool FramePipe::Begin() {
  const std::lock_guard lock(mutex_);
  if (is_closing_) return false;
  is_reading_ = true;
  return true;
}

// Who comes last, the reader or Close, closes the descriptor.
void FramePipe::End() {
  const std::lock_guard lock(mutex_);
  is_reading_ = false;
  if (is_closing_ && reader_ >= 0) {
    close(reader_);
    reader_ = -1;
  }
}

void FramePipe::Close() {
  const std::lock_guard lock(mutex_);
  is_closing_ = true;
  if (is_reading_ || reader_ < 0) return;
  close(reader_);
  reader_ = -1;
}

bool FramePipe::IsClosing() {
  const std::lock_guard lock(mutex_);
  return is_closing_;
}

// False at the end of the pipe, and when it is being closed.
bool FramePipe::ReadSome(std::uint8_t*& at, std::uint8_t* end) {
  pollfd watched{reader_, POLLIN, 0};
  const int ready = poll(&watched, 1, kPollMs);
  if (IsClosing()) return false;
  if (ready == 0) return true;
  if (ready < 0) return errno == EINTR;
  const ssize_t count = read(reader_, at, static_cast<std::size_t>(end - at));
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  at += count;
  return count > 0;
}

bool FramePipe::Read(std::uint8_t* out, std::size_t size) {
  if (!Begin()) return false;
  std::uint8_t* at = out;
  while (at != out + size && ReadSome(at, out + size)) {
  }
  End();
  return at == out + size;
}

}  // namespace kinetone::vision

#else

namespace kinetone::vision {

std::shared_ptr<FramePipe> FramePipe::Open(std::size_t /*capacity_bytes*/) { return nullptr; }
FramePipe::~FramePipe() = default;
void FramePipe::CloseWriter() {}
bool FramePipe::Read(std::uint8_t* /*out*/, std::size_t /*size*/) { return false; }
void FramePipe::Close() {}

}  // namespace kinetone::vision

#endif
