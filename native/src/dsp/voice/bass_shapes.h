// The six bass shapes as numbers: what distinguishes them, and nothing of how they are rendered.
#pragma once

#include <array>

#include "control/mapping.h"

namespace kinetone::dsp {

struct BassShapeSpec {
  float octave;            // of the saws against the root
  float saw_levels[3];     // centre, up, down
  float detune_scale;
  float spread;            // how far the detuned saws stand apart, 0..1
  float cutoff_scale;
  float depth_scale;       // of the wobble on the cutoff
  float amplitude_wobble;  // 0..1
  float resonance_scale;
  float drive_offset;      // added to the parameter
  float envelope_octaves;  // of the per-cycle filter envelope
  float envelope_ms;
  float pluck_ms;          // decay of the per-cycle level envelope, 0 = held
  float sub_scale;
  float formant;           // how much vowel stands in for the low-pass, 0..1
  float glide_ms;
  bool line;               // plays a bass line on the mode instead of the root
  float trim_db;
};

inline constexpr std::array<BassShapeSpec, static_cast<std::size_t>(control::BassShape::kCount)> kBassShapes{{
    // wobble
    {.octave = 1, .saw_levels = {0.5f, 0.42f, 0.42f}, .detune_scale = 1, .spread = 0.5f, .cutoff_scale = 1, .depth_scale = 1,
     .amplitude_wobble = 0.45f, .resonance_scale = 1, .drive_offset = 0.1f, .envelope_octaves = 0, .envelope_ms = 100,
     .pluck_ms = 0, .sub_scale = 1, .formant = 0, .glide_ms = 40, .line = false, .trim_db = 0},
    // growl
    {.octave = 1, .saw_levels = {0.7f, 0.35f, 0.35f}, .detune_scale = 1.5f, .spread = 0.35f, .cutoff_scale = 1.1f,
     .depth_scale = 0.8f, .amplitude_wobble = 0.35f, .resonance_scale = 0.6f, .drive_offset = 0.4f, .envelope_octaves = 0,
     .envelope_ms = 100, .pluck_ms = 0, .sub_scale = 0.9f, .formant = 0.8f, .glide_ms = 60, .line = false, .trim_db = 1},
    // sub
    {.octave = 1, .saw_levels = {0.34f, 0, 0}, .detune_scale = 0, .spread = 0, .cutoff_scale = 0.7f, .depth_scale = 0.7f,
     .amplitude_wobble = 0.6f, .resonance_scale = 0.3f, .drive_offset = 0.25f, .envelope_octaves = 0, .envelope_ms = 100,
     .pluck_ms = 0, .sub_scale = 1.5f, .formant = 0, .glide_ms = 90, .line = false, .trim_db = -2},
    // pluck
    {.octave = 1, .saw_levels = {0.6f, 0.35f, 0.35f}, .detune_scale = 0.7f, .spread = 0.6f, .cutoff_scale = 0.9f,
     .depth_scale = 0, .amplitude_wobble = 0, .resonance_scale = 0.8f, .drive_offset = 0.05f, .envelope_octaves = 2.6f,
     .envelope_ms = 90, .pluck_ms = 260, .sub_scale = 0.9f, .formant = 0, .glide_ms = 0, .line = true, .trim_db = 2},
    // reese
    {.octave = 1, .saw_levels = {0.3f, 0.55f, 0.55f}, .detune_scale = 1.6f, .spread = 1, .cutoff_scale = 1.3f,
     .depth_scale = 0.9f, .amplitude_wobble = 0.4f, .resonance_scale = 0.5f, .drive_offset = 0.2f, .envelope_octaves = 0,
     .envelope_ms = 100, .pluck_ms = 0, .sub_scale = 0.8f, .formant = 0, .glide_ms = 120, .line = false, .trim_db = -3},
    // acid
    {.octave = 1, .saw_levels = {0.9f, 0, 0}, .detune_scale = 0, .spread = 0, .cutoff_scale = 0.8f, .depth_scale = 0.25f,
     .amplitude_wobble = 0, .resonance_scale = 1.5f, .drive_offset = 0.3f, .envelope_octaves = 2.8f, .envelope_ms = 130,
     .pluck_ms = 220, .sub_scale = 0.35f, .formant = 0, .glide_ms = 25, .line = true, .trim_db = 3},
}};

}  // namespace kinetone::dsp
