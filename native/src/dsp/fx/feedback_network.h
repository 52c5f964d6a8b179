// The reverb's inner loop: eight delayed lines damped, heard, mixed by a Hadamard matrix and fed again, one block at a time.
// Audio thread; no allocation.
#pragma once

#include "dsp/block.h"
#include "rt/dispatch.h"

namespace kinetone::dsp {

struct FeedbackNetwork {
  static constexpr int kLines = 8;

  alignas(32) float feedback[kLines] = {};  // what a line keeps per turn
  alignas(32) float damp[kLines] = {};      // the one-pole low-pass of each line: its state
  float damping = 0.4f;                     // and its pole
};

struct FeedbackKernel {
  // lines: what comes out of each delay line, kBlockFrames each; overwritten with what goes in. Even lines take input[0] and are
  // heard left, odd ones input[1], right; wet is overwritten.
  void (*turn)(FeedbackNetwork& network, const float (*input)[kBlockFrames], float (*lines)[kBlockFrames], float (*wet)[kBlockFrames]);
};
KINETONE_DISPATCH(FeedbackKernel, FeedbackKernels)

}  // namespace kinetone::dsp
