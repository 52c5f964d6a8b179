// The drums' kernels: what excites a stroke, and the strokes' filters side by side into stereo and the room.
// Audio thread; no allocation.
#pragma once

#include <cstdint>

#include "dsp/block.h"
#include "dsp/lanes/stereo_gains.h"
#include "rt/dispatch.h"

namespace kinetone::dsp {

// Two struck plates as pairs of a carrier and the modulator of its phase: cycles at frame 0, cycles per frame.
struct MetalPartials {
  float carrier[2] = {}, carrier_step[2] = {}, modulator[2] = {}, modulator_step[2] = {};
  float level = 0.0f, index = 0.0f;  // index: cycles
};

// A skin at frame 0: its pitch falls by sweep octaves, sweep and level decaying by a factor per frame.
struct SkinTone {
  float increment = 0.0f, phase = 0.0f, second_phase = 0.0f;  // cycles per frame at rest, cycles
  float sweep = 0.0f, sweep_keep = 0.0f, level = 0.0f, level_keep = 0.0f;
  float second_ratio = 0.0f, second = 0.0f;  // another mode: of the pitch, of the level; 0 for none
  float drive = 0.0f;                        // gain into a soft clip, 0 for none
  float clip_x = 0.0f, clip_root = 1.0f;     // the clip's last sample and sqrt(1 + x^2)
};

// The strokes' filters: state, coefficients (filter/svf.h) and what of input, band and low state is heard.
struct StrokeLanes {
  alignas(64) float s1[kVoiceLanes] = {}, s2[kVoiceLanes] = {}, p[kVoiceLanes] = {}, q[kVoiceLanes] = {}, r[kVoiceLanes] = {};
  alignas(64) float direct[kVoiceLanes] = {}, band[kVoiceLanes] = {}, low[kVoiceLanes] = {};
  // Of each stroke's stereo sound, what goes to the room.
  alignas(64) float room[kVoiceLanes] = {};
};

struct StereoLines {
  float *left, *right;
};

struct StrokeKernel {
  // line[i] = level[i] * (noise * noise number `counter + i`, a hash of its number in -1..1, + the metal where there is some, else null).
  void (*excite)(std::uint32_t counter, float noise, const MetalPartials* metal, const float* level, float* line);
  // line[i] = value * keep^i
  void (*decay)(float value, float keep, float* line);
  // Writes the tone to line; moves its phases, sweep, level and clip on by `frames` (1..kBlockFrames), of which line[frames - 1] is the last.
  void (*tone)(SkinTone& tone, int frames, float* line);
  // excitations: into the filters; tones: past them, null where there are none; kVoiceLanes pointers each, of which those from `count`
  // on are silent. Adds to out and room.
  void (*render)(StrokeLanes& lanes, int count, const float* const* excitations, const float* const* tones, const StereoGains& gains, const StereoLines& out,
                 const StereoLines& room);
};
KINETONE_DISPATCH_AVX512(StrokeKernel, StrokeKernels)

}  // namespace kinetone::dsp
