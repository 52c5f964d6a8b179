#include "dsp/osc/saw_stack.h"

#include "dsp/lanes/float16.h"

#if defined(_MSC_VER) && !defined(__clang__)
#include <intrin.h>
#endif

namespace kinetone::dsp::KINETONE_SIMD {
namespace {

constexpr std::uint32_t kHalfCycle = 0x80000000u;

int LowestBit(std::uint64_t bits) {
#if defined(_MSC_VER) && !defined(__clang__)
  unsigned long at;
  _BitScanForward64(&at, bits);
  return static_cast<int>(at);
#else
  return __builtin_ctzll(bits);
#endif
}

// A saw within one block: its phase at frame i is start + (i + 1) increment + (i + 1)(i + 2) / 2 slope, modulo one cycle.
struct Course {
  std::uint32_t start, increment, slope;

  std::uint32_t IncrementAt(std::uint32_t frame) const { return increment + slope * (frame + 1); }
  std::uint32_t PhaseAt(std::uint32_t frame) const { return start + increment * (frame + 1) + slope * ((frame + 1) * (frame + 2) / 2); }
};

// The first phases side by side, the way to the next ones, and how that way grows.
struct Phases {
  Wide::Int now, step, growth;
};

alignas(64) constexpr std::uint32_t kNumbers[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
alignas(64) constexpr std::uint32_t kTriangles[16] = {1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 66, 78, 91, 105, 120, 136};
constexpr auto kLanes = static_cast<std::uint32_t>(Wide::kLanes);

KINETONE_INLINE Phases PhasesOf(const Course& course, std::uint32_t offset) {
  const Wide::Int increment = Wide::Int::Of(course.increment), slope = Wide::Int::Of(course.slope), numbers = Wide::Int::Load(kNumbers);
  const std::uint32_t way = kLanes * course.increment + course.slope * (kLanes * (kLanes + 1) / 2);
  return {Wide::Int::Of(course.start + offset) + increment * numbers + slope * Wide::Int::Load(kTriangles),
          Wide::Int::Of(way) + Wide::Int::Of(kLanes * course.slope) * numbers, Wide::Int::Of(kLanes * kLanes * course.slope)};
}

// Adds kCount saws at once: the line is read and written once.
template <int kCount>
void AddRamps(const Course* courses, const float* gains, float* line) {
  Phases phases[kCount];
  Wide scales[kCount];
  for (int saw = 0; saw < kCount; ++saw) {
    // Half a cycle on, the phase read as a signed number is the saw.
    phases[saw] = PhasesOf(courses[saw], kHalfCycle);
    scales[saw] = Wide::Of(gains[saw] * (1.0f / 2147483648.0f));
  }
  for (int i = 0; i < kBlockFrames; i += Wide::kLanes) {
    Wide sum = Wide::Load(line + i);
    for (int saw = 0; saw < kCount; ++saw) {
      sum = sum + ToFloat(phases[saw].now) * scales[saw];
      phases[saw].now = phases[saw].now + phases[saw].step;
      phases[saw].step = phases[saw].step + phases[saw].growth;
    }
    sum.Store(line + i);
  }
}

void AddRamps(int count, const Course* courses, const float* gains, float* line) {
  switch (count) {
    case 1: return AddRamps<1>(courses, gains, line);
    case 2: return AddRamps<2>(courses, gains, line);
    case 3: return AddRamps<3>(courses, gains, line);
    case 4: return AddRamps<4>(courses, gains, line);
    default: return;
  }
}

// One bit per frame on which the phase has passed a whole cycle.
std::uint64_t JumpsOf(const Course& course) {
  const std::uint64_t way = static_cast<std::uint64_t>(course.increment) * kBlockFrames +
                            static_cast<std::uint64_t>(static_cast<std::int64_t>(static_cast<std::int32_t>(course.slope)) * (kBlockFrames * (kBlockFrames + 1) / 2));
  if (course.start + way < (1ull << 32)) return 0;
  Phases phases = PhasesOf(course, kHalfCycle);
  Wide::Int increment = Wide::Int::Of(course.increment + kHalfCycle) + Wide::Int::Of(course.slope) * Wide::Int::Load(kNumbers);
  const Wide::Int growth = Wide::Int::Of(kLanes * course.slope);
  std::uint64_t jumps = 0;
  for (int i = 0; i < kBlockFrames; i += Wide::kLanes) {
    jumps |= static_cast<std::uint64_t>(MaskLess(phases.now, increment)) << i;
    phases.now = phases.now + phases.step;
    phases.step = phases.step + phases.growth;
    increment = increment + growth;
  }
  return jumps;
}

// `fraction` samples after the jump; out[0 .. kBlepTaps) is touched.
void AddResidual(const BlepTable& table, float fraction, float height, float* out) {
  const float position = fraction * kBlepPhases;
  // Rounding can make a fraction of all but one whole.
  const int phase = position < kBlepPhases ? static_cast<int>(position) : kBlepPhases - 1;
  const Float8 blend = Float8::Of(position - static_cast<float>(phase)), size = Float8::Of(height);
  const float* before = table.rows[phase];
  const float* after = table.rows[phase + 1];
  for (int tap = 0; tap < kBlepTaps; tap += 8) {
    const Float8 a = Float8::Load(before + tap);
    (Float8::Load(out + tap) + size * (a + (Float8::Load(after + tap) - a) * blend)).Store(out + tap);
  }
}

void RenderSaws(SawStack& stack, const SawTone* tones, int count, const BlepTable& table) {
  float* line = stack.line;
  for (int i = 0; i < kBlepTaps; i += 8) Float8::Load(line + kBlockFrames + i).Store(line + i);
  for (int i = kBlepTaps; i < kBlockFrames + kBlepTaps; i += 8) Float8::Of(0.0f).Store(line + i);
  Course courses[SawStack::kSaws];
  float gains[SawStack::kSaws];
  int heard = 0;
  for (int saw = 0; saw < count; ++saw) {
    if (tones[saw].gain == 0.0f) continue;
    const auto target = static_cast<std::uint32_t>(tones[saw].frequency * 4294967296.0f);
    if (stack.increment[saw] == 0) stack.increment[saw] = target;
    const Course course{stack.phase[saw], stack.increment[saw],
                        static_cast<std::uint32_t>(static_cast<std::int32_t>(target - stack.increment[saw]) / kBlockFrames)};
    stack.phase[saw] = course.PhaseAt(kBlockFrames - 1);
    stack.increment[saw] = target;
    courses[heard] = course;
    gains[heard++] = tones[saw].gain;
  }
  AddRamps(heard, courses, gains, line + kBlepHalfTaps);
  for (int saw = 0; saw < heard; ++saw) {
    for (std::uint64_t jumps = JumpsOf(courses[saw]); jumps != 0; jumps &= jumps - 1) {
      const int frame = LowestBit(jumps);
      const auto at = static_cast<std::uint32_t>(frame);
      AddResidual(table, static_cast<float>(courses[saw].PhaseAt(at)) / static_cast<float>(courses[saw].IncrementAt(at)), -2.0f * gains[saw], line + frame);
    }
  }
}

}  // namespace

extern const SawKernel kSawKernels = {RenderSaws};

}  // namespace kinetone::dsp::KINETONE_SIMD
