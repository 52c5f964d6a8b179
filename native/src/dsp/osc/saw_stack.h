// Up to four rising saws of one voice, summed; each -1..1, band-limited by step residuals; kBlepHalfTaps samples late. Phases are
// 32-bit fixed point: no drift. Several frames at a time; the residuals are added where the jumps are. Audio thread; no allocation.
#pragma once

#include <cstdint>

#include "dsp/block.h"
#include "dsp/osc/blep_table.h"
#include "rt/dispatch.h"

namespace kinetone::dsp {

struct SawStack {
  static constexpr int kSaws = 4;

  // The block's sound in its first kBlockFrames, then what the block's jumps leave for the next.
  alignas(64) float line[kBlockFrames + kBlepTaps] = {};
  std::uint32_t phase[kSaws] = {};
  std::uint32_t increment[kSaws] = {};  // 0 until the first block: a saw begins at its first pitch

  // place: cycles, 0..1.
  void SetPhase(int saw, float place) { phase[saw] = static_cast<std::uint32_t>(static_cast<double>(place) * 4294967296.0); }
};

// One saw's pitch and level: cycles per sample below 0.5, reached at the block's end; gain 0 leaves the saw out, its phase standing.
struct SawTone {
  float frequency = 0.0f, gain = 0.0f;
};

struct SawKernel {
  // Makes one block of count <= SawStack::kSaws saws in stack.line.
  void (*render)(SawStack& stack, const SawTone* tones, int count, const BlepTable& table);
};
KINETONE_DISPATCH_AVX512(SawKernel, SawKernels)

}  // namespace kinetone::dsp
