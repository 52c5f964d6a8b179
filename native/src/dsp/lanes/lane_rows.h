// Between time and lanes: what has a memory (filters, envelopes) runs with eight voices side by side, what has none (oscillators,
// mixing) with eight frames side by side. Only for *_simd.cc files.
#pragma once

#include "dsp/block.h"
#include "dsp/lanes/float8.h"
#include "dsp/lanes/stereo_gains.h"

namespace kinetone::dsp {
namespace {

// Eight frames of eight voices' lines: rows[frame] holds the voices side by side.
KINETONE_INLINE void LoadFrames(const float* const* lines, int frame, Float8 (&rows)[8]) {
  for (int v = 0; v < 8; ++v) rows[v] = Float8::Load(lines[v] + frame);
  Transpose(rows);
}

// One voice's gain over eight frames; number: 1 for the block's first frame.
KINETONE_INLINE Float8 GainAt(float from, float step, Float8 number) { return Float8::Of(from) + Float8::Of(step) * number; }

KINETONE_INLINE Float8 FrameNumbers(int frame) {
  alignas(32) static constexpr float kNumbers[8] = {1, 2, 3, 4, 5, 6, 7, 8};
  return Float8::Load(kNumbers) + Float8::Of(static_cast<float>(frame));
}

// Adds eight voices (rows[voice] holds eight frames) to left and right, each through gains that move in a straight line over
// the block; voice after voice, so that the sum's order is the same everywhere.
KINETONE_INLINE void MixVoices(const Float8 (&rows)[8], const StereoGains8& gains, int frame, float* left, float* right) {
  Float8 l = Float8::Load(left + frame), r = Float8::Load(right + frame);
  if (gains.is_moving) {
    const Float8 number = FrameNumbers(frame);
    for (int v = 0; v < 8; ++v) {
      l = l + rows[v] * GainAt(gains.left[v], gains.left_step[v], number);
      r = r + rows[v] * GainAt(gains.right[v], gains.right_step[v], number);
    }
  } else {
    for (int v = 0; v < 8; ++v) {
      l = l + rows[v] * Float8::Of(gains.left[v]);
      r = r + rows[v] * Float8::Of(gains.right[v]);
    }
  }
  l.Store(left + frame);
  r.Store(right + frame);
}

}  // namespace
}  // namespace kinetone::dsp
