// Processor detection by CPUID and XGETBV. Source: Intel SDM volume 1, 14.3 and 15.2; the levels of the x86-64 psABI.
#include "rt/dispatch.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#if KINETONE_SIMD_X86
#if defined(_MSC_VER)
#include <intrin.h>
#else
#include <cpuid.h>
#endif
#endif

namespace kinetone::rt {
namespace {

#if KINETONE_SIMD_X86

struct Registers {
  std::uint32_t eax = 0, ebx = 0, ecx = 0, edx = 0;
};

// All zero when the processor does not know the leaf.
Registers Cpuid(std::uint32_t leaf) {
  Registers r;
#if defined(_MSC_VER)
  int out[4];
  __cpuid(out, static_cast<int>(leaf & 0x80000000U));
  if (static_cast<std::uint32_t>(out[0]) < leaf) return r;
  __cpuidex(out, static_cast<int>(leaf), 0);
  r = {static_cast<std::uint32_t>(out[0]), static_cast<std::uint32_t>(out[1]), static_cast<std::uint32_t>(out[2]),
       static_cast<std::uint32_t>(out[3])};
#else
  __get_cpuid_count(leaf, 0, &r.eax, &r.ebx, &r.ecx, &r.edx);
#endif
  return r;
}

// Which register files the operating system saves. Only to be called where CPUID reports OSXSAVE.
std::uint32_t SavedState() {
#if defined(_MSC_VER)
  return static_cast<std::uint32_t>(_xgetbv(0));
#else
  std::uint32_t low;
  std::uint32_t high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
#endif
}

bool HasAll(std::uint32_t word, std::uint32_t bits) { return (word & bits) == bits; }

SimdLevel Detect() {
  const Registers basic = Cpuid(1);
  const Registers structured = Cpuid(7);
  const Registers extended = Cpuid(0x80000001U);
  constexpr std::uint32_t kFma = 1U << 12, kMovbe = 1U << 22, kPopcnt = 1U << 23, kOsxsave = 1U << 27, kAvx = 1U << 28,
                          kF16c = 1U << 29;
  constexpr std::uint32_t kBmi1 = 1U << 3, kAvx2 = 1U << 5, kBmi2 = 1U << 8;
  constexpr std::uint32_t kLzcnt = 1U << 5;
  constexpr std::uint32_t kAvx512 = 1U << 16 | 1U << 17 | 1U << 28 | 1U << 30 | 1U << 31;  // F, DQ, CD, BW, VL
  constexpr std::uint32_t kYmmState = 0x6, kZmmState = 0xE6;
  if (!HasAll(basic.ecx, kFma | kMovbe | kPopcnt | kOsxsave | kAvx | kF16c)) return SimdLevel::kBaseline;
  if (!HasAll(structured.ebx, kBmi1 | kAvx2 | kBmi2) || !HasAll(extended.ecx, kLzcnt)) return SimdLevel::kBaseline;
  const std::uint32_t saved = SavedState();
  if (!HasAll(saved, kYmmState)) return SimdLevel::kBaseline;
  return HasAll(structured.ebx, kAvx512) && HasAll(saved, kZmmState) ? SimdLevel::kAvx512 : SimdLevel::kAvx2;
}

#else

SimdLevel Detect() { return SimdLevel::kBaseline; }

#endif

SimdLevel FromEnvironment() {
  const char* wanted = std::getenv("KINETONE_SIMD");
  if (wanted == nullptr) return SupportedSimdLevel();
  for (const SimdLevel level : AvailableSimdLevels()) {
    if (std::strcmp(wanted, Name(level)) == 0) return level;
  }
  return SupportedSimdLevel();
}

std::atomic<SimdLevel>& Active() {
  static std::atomic<SimdLevel> level{FromEnvironment()};
  return level;
}

}  // namespace

const char* Name(SimdLevel level) {
  if (level == SimdLevel::kAvx512) return "avx512";
  return level == SimdLevel::kAvx2 ? "avx2" : "baseline";
}

SimdLevel SupportedSimdLevel() {
  static const SimdLevel level = Detect();
  return level;
}

std::vector<SimdLevel> AvailableSimdLevels() {
  std::vector<SimdLevel> levels;
  for (const SimdLevel level : {SimdLevel::kBaseline, SimdLevel::kAvx2, SimdLevel::kAvx512}) {
    if (level <= SupportedSimdLevel()) levels.push_back(level);
  }
  return levels;
}

SimdLevel ActiveSimdLevel() { return Active().load(std::memory_order_relaxed); }

ScopedSimdLevel::ScopedSimdLevel(SimdLevel level)
    : previous_(Active().exchange(std::min(level, SupportedSimdLevel()), std::memory_order_relaxed)) {}

ScopedSimdLevel::~ScopedSimdLevel() { Active().store(previous_, std::memory_order_relaxed); }

}  // namespace kinetone::rt
