// Wobble voices side by side: each voice's saw through a two-stage resonant low-pass that its own slow cosine opens, into stereo.
// The bass plays its detuned saws in them. Audio thread; no allocation.
#pragma once

#include "dsp/block.h"
#include "dsp/lanes/stereo_gains.h"
#include "rt/dispatch.h"

namespace kinetone::dsp {

// What the low-passes remember: state and coefficients (filter/svf.h) of the soft first stage and of the resonant second one.
struct WobbleLanes {
  struct Stage {
    alignas(64) float s1[kVoiceLanes] = {}, s2[kVoiceLanes] = {}, p[kVoiceLanes] = {}, q[kVoiceLanes] = {}, r[kVoiceLanes] = {};
  };
  Stage soft, sharp;
};

// Where one block takes them. The wobble is 1 at phase 0 and 0 half a cycle later; phases in cycles, steps in cycles per block.
struct WobbleAims {
  float rate = 48000.0f, soft_damping = 1.3f;
  alignas(64) float phase[kVoiceLanes] = {}, step[kVoiceLanes] = {};
  // While one rate crosses over to another: the former one, and how far the new one is in at the block's start and end.
  alignas(64) float old_phase[kVoiceLanes] = {}, old_step[kVoiceLanes] = {}, blend_from[kVoiceLanes] = {}, blend_to[kVoiceLanes] = {};
  // At the end of each sub-block: the closed cutoff in Hz, the octaves an open wobble adds, the second stage's damping.
  alignas(64) float cutoff_hz[kSubBlocks][kVoiceLanes] = {}, depth[kSubBlocks][kVoiceLanes] = {}, damping[kSubBlocks][kVoiceLanes] = {};
  StereoGains gains;  // a quarter of what should be heard: each stage gives twice its sound
};

struct WobbleKernel {
  // lines: kVoiceLanes voices' saws, kBlockFrames each; those from `count` on are not heard and may stand still. Adds to left and
  // right; wobble: its value at the end of each sub-block.
  void (*render)(WobbleLanes& lanes, const WobbleAims& aims, int count, const float* const* lines, float* left, float* right, float (*wobble)[kVoiceLanes]);
};
KINETONE_DISPATCH_AVX512(WobbleKernel, WobbleKernels)

}  // namespace kinetone::dsp
