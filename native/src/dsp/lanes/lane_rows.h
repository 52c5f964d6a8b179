// Between time and lanes: what has a memory (filters, envelopes) runs with eight voices side by side, what has none (oscillators,
// mixing) with eight frames side by side. Only for *_simd.cc files.
#pragma once

#include "dsp/block.h"
#include "dsp/lanes/float16.h"
#include "dsp/lanes/stereo_gains.h"

namespace kinetone::dsp {
namespace {

// Calls render(V{}, first) for stretches of lanes that together hold `count` voices: wide ones, a narrow one where that is enough.
template <typename Render>
KINETONE_INLINE void ForLanes(int count, const Render& render) {
  for (int first = 0; first < count; first += Wide::kLanes) {
    if (count - first > Float8::kLanes) {
      render(Wide{}, first);
    } else {
      render(Float8{}, first);
    }
  }
}

// As many frames of as many voices' lines as there are lanes: rows[frame] holds the voices side by side.
template <typename V>
KINETONE_INLINE void LoadFrames(const float* const* lines, int frame, V (&rows)[V::kLanes]) {
  for (int v = 0; v < V::kLanes; ++v) rows[v] = V::Load(lines[v] + frame);
  Transpose(rows);
}

// 1, 2, 3 ... and on from `frame`: the numbers of frames in a block.
template <typename V>
KINETONE_INLINE V FrameNumbers(int frame) {
  alignas(64) static constexpr float kNumbers[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  return V::Load(kNumbers) + V::Of(static_cast<float>(frame));
}

// One voice's gain over the frames of `number`.
template <typename V>
KINETONE_INLINE V GainAt(float from, float step, V number) { return V::Of(from) + V::Of(step) * number; }

// Adds voices (rows[voice] holds frames side by side) from number `first` on to left and right, through gains that move in a
// straight line over the block; voice after voice, so that the sum's order is the same everywhere.
template <typename V>
KINETONE_INLINE void MixVoices(const V (&rows)[V::kLanes], const StereoGains& gains, int first, int frame, float* left, float* right) {
  V l = V::Load(left + frame), r = V::Load(right + frame);
  if (gains.is_moving) {
    const V number = FrameNumbers<V>(frame);
    for (int v = 0; v < V::kLanes; ++v) {
      l = l + rows[v] * GainAt(gains.left[first + v], gains.left_step[first + v], number);
      r = r + rows[v] * GainAt(gains.right[first + v], gains.right_step[first + v], number);
    }
  } else {
    for (int v = 0; v < V::kLanes; ++v) {
      l = l + rows[v] * V::Of(gains.left[first + v]);
      r = r + rows[v] * V::Of(gains.right[first + v]);
    }
  }
  l.Store(left + frame);
  r.Store(right + frame);
}

}  // namespace
}  // namespace kinetone::dsp
