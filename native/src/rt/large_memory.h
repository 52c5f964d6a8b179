// Memory that is read from end to end: 64-byte aligned, and on Linux in pages of 2 MiB where there is enough of it, so that a scan
// does not wait for the page table (docs/library.md has what that gave).
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace kinetone::rt {

inline constexpr std::size_t kCacheLine = 64;
inline constexpr std::size_t kLargePage = std::size_t{2} << 20;

struct FreeLarge {
  std::align_val_t alignment{kCacheLine};
  void operator()(void* memory) const { ::operator delete[](memory, alignment); }
};
template <typename Number>
using LargeArray = std::unique_ptr<Number[], FreeLarge>;

// Not initialised. Throws std::bad_alloc. Any thread.
template <typename Number>
LargeArray<Number> MakeLarge(std::size_t count) {
  static_assert(std::is_arithmetic_v<Number>);
  const std::size_t bytes = (count == 0 ? 1 : count) * sizeof(Number);
  const std::align_val_t alignment{bytes >= kLargePage ? kLargePage : kCacheLine};
  LargeArray<Number> memory(static_cast<Number*>(::operator new[](bytes, alignment)), FreeLarge{alignment});
#if defined(__linux__)
  // Advice only: without it the memory is there all the same.
  if (bytes >= kLargePage) madvise(memory.get(), bytes / kLargePage * kLargePage, MADV_HUGEPAGE);
#endif
  return memory;
}

}  // namespace kinetone::rt
