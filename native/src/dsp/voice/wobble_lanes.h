// Eight wobble voices side by side: each voice's saw through a two-stage resonant low-pass that its own slow cosine opens, into stereo.
// The bass plays its detuned saws in them. Audio thread; no allocation.
#pragma once

#include "dsp/block.h"
#include "dsp/lanes/stereo_gains.h"
#include "rt/dispatch.h"

namespace kinetone::dsp {

// What the low-passes remember: state and coefficients (filter/svf.h) of the soft first stage and of the resonant second one.
struct WobbleLanes {
  struct Stage {
    alignas(32) float s1[8] = {}, s2[8] = {}, p[8] = {}, q[8] = {}, r[8] = {};
  };
  Stage soft, sharp;
};

// Where one block takes them. The wobble is 1 at phase 0 and 0 half a cycle later; phases in cycles, steps in cycles per block.
struct WobbleAims {
  float rate = 48000.0f, soft_damping = 1.3f;
  alignas(32) float phase[8] = {}, step[8] = {};
  // While one rate crosses over to another: the former one, and how far the new one is in at the block's start and end.
  alignas(32) float old_phase[8] = {}, old_step[8] = {}, blend_from[8] = {}, blend_to[8] = {};
  // At the end of each sub-block: the closed cutoff in Hz, the octaves an open wobble adds, the second stage's damping.
  alignas(32) float cutoff_hz[kSubBlocks][8] = {}, depth[kSubBlocks][8] = {}, damping[kSubBlocks][8] = {};
  StereoGains8 gains;  // a quarter of what should be heard: each stage gives twice its sound
};

struct WobbleKernel {
  // lines: the eight voices' saws, kBlockFrames each. Adds to left and right; wobble: its value at the end of each sub-block.
  void (*render)(WobbleLanes& lanes, const WobbleAims& aims, const float* const* lines, float* left, float* right, float (*wobble)[8]);
};
KINETONE_DISPATCH(WobbleKernel, WobbleKernels)

}  // namespace kinetone::dsp
