// A pipe a decoder writes frames to, and from which a thread reads them straight into place: no stream, no pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>

namespace kinetone::vision {

class FramePipe {
 public:
  // capacity_bytes: what the pipe should hold; the system may give less. Null where a program cannot be given a pipe by its
  // descriptor (Windows), and where none can be opened.
  static std::shared_ptr<FramePipe> Open(std::size_t capacity_bytes);
  ~FramePipe();
  FramePipe(const FramePipe&) = delete;
  FramePipe& operator=(const FramePipe&) = delete;

  // The end to write to, for the program that is started; no other program inherits it. -1 once it is closed.
  int writer() const { return writer_; }
  // After the program was started: the pipe ends with it. Main thread.
  void CloseWriter();

  // Waits for exactly `size` bytes. False when the pipe ended before, or was closed meanwhile; bytes of a part are lost.
  // Any thread, one at a time.
  bool Read(std::uint8_t* out, std::size_t size);

  // A Read under way answers false within kPollMs. Any thread, any number of times.
  void Close();

 private:
  static constexpr int kPollMs = 50;

  FramePipe(int reader, int writer) : reader_(reader), writer_(writer) {}
  bool Begin();
  void End();
  bool ReadSome(std::uint8_t*& at, std::uint8_t* end);
  bool IsClosing();

  int reader_;
  int writer_;
  std::mutex mutex_;  // of what follows
  bool is_reading_ = false;
  bool is_closing_ = false;
};

}  // namespace kinetone::vision
