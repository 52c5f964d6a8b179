// The pad's kernels: sixteen slots side by side through low-pass and envelopes into stereo, and the two-operator tone of one slot.
// Audio thread; no allocation.
#pragma once

#include "dsp/block.h"
#include "dsp/lanes/stereo_gains.h"
#include "rt/dispatch.h"

namespace kinetone::dsp {

// A pad's filter moves slowly: its coefficients are aimed twice a block.
inline constexpr int kPadStretches = 2;
inline constexpr int kPadStretchFrames = kBlockFrames / kPadStretches;

// What the slots remember.
struct PadLanes {
  // Low-pass: state and coefficients (filter/svf.h).
  alignas(64) float s1[kVoiceLanes] = {}, s2[kVoiceLanes] = {}, p[kVoiceLanes] = {}, q[kVoiceLanes] = {}, r[kVoiceLanes] = {};
  // Gate: value = value * keep + add, towards 1 while open and 0 when closed. Strike: a decay on top, or a constant 1.
  alignas(64) float gate[kVoiceLanes] = {}, gate_keep[kVoiceLanes] = {}, gate_add[kVoiceLanes] = {}, strike[kVoiceLanes] = {}, strike_keep[kVoiceLanes] = {};
};

// Where one block takes them.
struct PadAims {
  float rate = 48000.0f, damping = 1.4f;
  float cutoff_hz[kPadStretches] = {};
  alignas(64) float octaves[kPadStretches][kVoiceLanes] = {};  // over the cutoff
  alignas(64) float breath[kVoiceLanes] = {};                  // cycles of a slow sine that moves the cutoff by breath_octaves
  float breath_octaves = 0.0f;
  StereoGains gains;  // half of what should be heard: the filter gives twice its sound
};

// One slot's frequency modulation: cycles at the block's start and cycles per frame; a decay's value and factor per frame.
struct FmTone {
  float carrier = 0.0f, carrier_step = 0.0f, modulator = 0.0f, modulator_step = 0.0f, bright = 0.0f, bright_step = 0.0f;
  float index = 0.0f, index_keep = 0.0f, level = 0.0f, level_keep = 0.0f;
};

struct PadKernel {
  // lines: kVoiceLanes slots' oscillators, kBlockFrames each. sounding: one bit per slot; the others' lines are silent, and what their
  // lanes remember has no meaning afterwards. Adds to left and right, kBlockFrames each.
  void (*render)(PadLanes& lanes, const PadAims& aims, unsigned sounding, const float* const* lines, float* left, float* right);
  // Writes kBlockFrames to line; index and level come out as they stand after the block.
  void (*modulate)(FmTone& tone, float* line);
};
KINETONE_DISPATCH_AVX512(PadKernel, PadKernels)

}  // namespace kinetone::dsp
