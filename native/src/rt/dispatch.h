// Which instruction set the vector kernels run on, decided at run time from one binary. A kernel file named *_simd.cc is compiled
// once per level, each time in its own namespace (see KINETONE_DISPATCH and native/simd.cmake).
#pragma once

#include <vector>

#if defined(__x86_64__) || defined(_M_X64)
#define KINETONE_SIMD_X86 1
#else
#define KINETONE_SIMD_X86 0
#endif

namespace kinetone::rt {

// Ordered: each level's processor also runs all lower ones.
enum class SimdLevel {
  kBaseline,  // SSE2 on x86-64, NEON on ARM
  kAvx2,      // x86-64-v3: AVX2, FMA, BMI, F16C
  kAvx512,    // x86-64-v4: AVX-512 F, BW, CD, DQ, VL
};

// "baseline", "avx2", "avx512".
const char* Name(SimdLevel level);

// The highest level this processor and operating system run. Any thread; never changes.
SimdLevel SupportedSimdLevel();

// All levels up to the supported one, lowest first: what a test that compares kernels walks through.
std::vector<SimdLevel> AvailableSimdLevels();

// The level kernels use: the supported one, lowered by the environment's KINETONE_SIMD (a name above; others are ignored) or
// by a ScopedSimdLevel. Any thread; one relaxed atomic load.
SimdLevel ActiveSimdLevel();

// While it lives every thread's kernels run on this level (at most the supported one). For tests and benches; nests.
class ScopedSimdLevel {
 public:
  explicit ScopedSimdLevel(SimdLevel level);
  ~ScopedSimdLevel();
  ScopedSimdLevel(const ScopedSimdLevel&) = delete;
  ScopedSimdLevel& operator=(const ScopedSimdLevel&) = delete;

 private:
  SimdLevel previous_;
};

}  // namespace kinetone::rt

// KINETONE_DISPATCH(Table, Name) declares `const Table& Name()`: the table (a struct of function pointers, say) that the active
// level's build of the *_simd.cc file defines as `namespace KINETONE_SIMD { extern const Table kName = {...}; }`. Use it in the
// header, inside the part's namespace. KINETONE_DISPATCH_AVX512 is for files named *_simd512.cc, built for AVX-512 as well.
#if KINETONE_SIMD_X86
#define KINETONE_DISPATCH(Table, Name)                                                                         \
  namespace baseline {                                                                                         \
  extern const Table k##Name;                                                                                  \
  }                                                                                                            \
  namespace avx2 {                                                                                             \
  extern const Table k##Name;                                                                                  \
  }                                                                                                            \
  inline const Table& Name() {                                                                                 \
    return ::kinetone::rt::ActiveSimdLevel() >= ::kinetone::rt::SimdLevel::kAvx2 ? avx2::k##Name               \
                                                                                 : baseline::k##Name;          \
  }
#define KINETONE_DISPATCH_AVX512(Table, Name)                                                                  \
  namespace baseline {                                                                                         \
  extern const Table k##Name;                                                                                  \
  }                                                                                                            \
  namespace avx2 {                                                                                             \
  extern const Table k##Name;                                                                                  \
  }                                                                                                            \
  namespace avx512 {                                                                                           \
  extern const Table k##Name;                                                                                  \
  }                                                                                                            \
  inline const Table& Name() {                                                                                 \
    const auto level = ::kinetone::rt::ActiveSimdLevel();                                                      \
    if (level >= ::kinetone::rt::SimdLevel::kAvx512) return avx512::k##Name;                                   \
    return level >= ::kinetone::rt::SimdLevel::kAvx2 ? avx2::k##Name : baseline::k##Name;                      \
  }
#else
#define KINETONE_DISPATCH(Table, Name)              \
  namespace baseline {                              \
  extern const Table k##Name;                       \
  }                                                 \
  inline const Table& Name() { return baseline::k##Name; }
#define KINETONE_DISPATCH_AVX512(Table, Name) KINETONE_DISPATCH(Table, Name)
#endif
