// The newest value of something, from one writing to one reading thread, without locks and without tearing: the writer
// never waits, the reader always gets a whole value. T is copied; it must own no memory.
#pragma once

#include <array>
#include <atomic>
#include <type_traits>

namespace kinetone::rt {

template <typename T>
class TripleBuffer {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  // Writing thread.
  void Write(const T& value) {
    slots_[writing_] = value;
    writing_ = middle_.exchange(writing_ | kFresh, std::memory_order_acq_rel) & kSlot;
  }

  // Reading thread: the newest value; what was there before when nothing new was written.
  const T& Read() {
    if ((middle_.load(std::memory_order_relaxed) & kFresh) != 0) {
      reading_ = middle_.exchange(reading_, std::memory_order_acq_rel) & kSlot;
    }
    return slots_[reading_];
  }

 private:
  static constexpr unsigned kFresh = 4, kSlot = 3;

  std::array<T, 3> slots_{};
  unsigned writing_ = 0, reading_ = 1;  // each owned by its thread
  std::atomic<unsigned> middle_{2};
};

}  // namespace kinetone::rt
