// The dispatch can be forced down to every level and never above what the processor runs.
#include "rt/dispatch.h"

#include <doctest/doctest.h>

namespace kinetone::rt {
namespace {

TEST_CASE("a scoped level is active while it lives, and the former one after it") {
  const SimdLevel before = ActiveSimdLevel();
  for (const SimdLevel level : AvailableSimdLevels()) {
    const ScopedSimdLevel outer(level);
    CHECK(ActiveSimdLevel() == level);
    {
      const ScopedSimdLevel inner(SimdLevel::kBaseline);
      CHECK(ActiveSimdLevel() == SimdLevel::kBaseline);
    }
    CHECK(ActiveSimdLevel() == level);
  }
  CHECK(ActiveSimdLevel() == before);
}

TEST_CASE("a level the processor lacks is never active") {
  const ScopedSimdLevel highest(SimdLevel::kAvx512);
  CHECK(ActiveSimdLevel() == SupportedSimdLevel());
}

#if defined(__GNUC__) && KINETONE_SIMD_X86
TEST_CASE("the detected level is what the compiler's own detection finds") {
  const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
  CHECK((SupportedSimdLevel() >= SimdLevel::kAvx2) == has_avx2);
  const bool has_avx512 = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
  CHECK((SupportedSimdLevel() == SimdLevel::kAvx512) == has_avx512);
}
#endif

}  // namespace
}  // namespace kinetone::rt
