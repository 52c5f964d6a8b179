// While it lives, subnormal numbers count as zero on this thread (FTZ and DAZ on x86, FZ on ARM); the former state returns
// with it. A decaying tail costs up to ninety times more without it.
#pragma once

#include <cstdint>

#if defined(__SSE__) || defined(_M_X64)
#include <xmmintrin.h>
#endif

namespace kinetone::rt {

class ScopedFlushDenormals {
 public:
  ScopedFlushDenormals() : saved_(Read()) { Write(saved_ | kFlushBits); }
  ~ScopedFlushDenormals() { Write(saved_); }
  ScopedFlushDenormals(const ScopedFlushDenormals&) = delete;
  ScopedFlushDenormals& operator=(const ScopedFlushDenormals&) = delete;

  // The control word now; for tests.
  static std::uint64_t Read() {
#if defined(__SSE__) || defined(_M_X64)
    return _mm_getcsr();
#elif defined(__aarch64__)
    std::uint64_t word;
    asm volatile("mrs %0, fpcr" : "=r"(word));
    return word;
#else
    return 0;
#endif
  }

#if defined(__SSE__) || defined(_M_X64)
  static constexpr std::uint64_t kFlushBits = 0x8040;  // flush results to zero, denormals are zeros
#else
  static constexpr std::uint64_t kFlushBits = 1ull << 24;
#endif

 private:
  static void Write(std::uint64_t word) {
#if defined(__SSE__) || defined(_M_X64)
    _mm_setcsr(static_cast<unsigned>(word));
#elif defined(__aarch64__)
    asm volatile("msr fpcr, %0" ::"r"(word));
#else
    (void)word;
#endif
  }

  std::uint64_t saved_;
};

}  // namespace kinetone::rt
