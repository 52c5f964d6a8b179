// A queue between exactly one writing and one reading thread, without locks. Memory is taken in the constructor; a full
// queue refuses. Source: Lamport, "Proving the correctness of multiprocess programs", 1977; indices as C++11 atomics.
#pragma once

#include <atomic>
#include <cstddef>
#include <utility>
#include <vector>

namespace kinetone::rt {

template <typename T>
class SpscRing {
 public:
  // Room for at least `capacity` items.
  explicit SpscRing(std::size_t capacity) {
    std::size_t size = 1;
    while (size < capacity) size *= 2;
    items_.resize(size);
    mask_ = size - 1;
  }

  // Writing thread. False when full; the item is then untouched.
  bool Push(T&& item) {
    const std::size_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - head_.load(std::memory_order_acquire) > mask_) return false;
    items_[tail & mask_] = std::move(item);
    tail_.store(tail + 1, std::memory_order_release);
    return true;
  }
  bool Push(const T& item) {
    T copy = item;
    return Push(std::move(copy));
  }

  // Reading thread. False when empty.
  bool Pop(T& item) {
    const std::size_t head = head_.load(std::memory_order_relaxed);
    if (head == tail_.load(std::memory_order_acquire)) return false;
    item = std::move(items_[head & mask_]);
    head_.store(head + 1, std::memory_order_release);
    return true;
  }

  // Writing thread: all of them or none.
  bool PushAll(const T* items, std::size_t count) {
    const std::size_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - head_.load(std::memory_order_acquire) + count > mask_ + 1) return false;
    for (std::size_t i = 0; i < count; ++i) items_[(tail + i) & mask_] = items[i];
    tail_.store(tail + count, std::memory_order_release);
    return true;
  }

  // Reading thread: up to `most` items; returns how many.
  std::size_t PopSome(T* items, std::size_t most) {
    const std::size_t head = head_.load(std::memory_order_relaxed);
    const std::size_t there = tail_.load(std::memory_order_acquire) - head;
    const std::size_t count = there < most ? there : most;
    for (std::size_t i = 0; i < count; ++i) items[i] = items_[(head + i) & mask_];
    head_.store(head + count, std::memory_order_release);
    return count;
  }

  std::size_t size() const { return tail_.load(std::memory_order_acquire) - head_.load(std::memory_order_acquire); }

 private:
  std::vector<T> items_;
  std::size_t mask_ = 0;
  // Apart, so that the two threads do not fight over one cache line.
  alignas(64) std::atomic<std::size_t> head_{0};
  alignas(64) std::atomic<std::size_t> tail_{0};
};

}  // namespace kinetone::rt
