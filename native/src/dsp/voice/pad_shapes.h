// The six pad shapes as numbers.
#pragma once

#include <array>

#include "control/mapping.h"

namespace kinetone::dsp {

enum class PadSource : int { kSaws, kFm };

struct PadShapeSpec {
  PadSource source = PadSource::kSaws;
  float octave = 0;
  // Saws: centre and two detuned ones, in semitones, and one an octave below.
  float detune = 0.1f, side_level = 0.5f, below_level = 0;
  // Frequency modulation: body (ratio, index in cycles, its decay) and a second, brighter carrier.
  float ratio = 1, index = 0.1f, index_ms = 500;
  float bright_ratio = 4, bright_level = 0, bright_ms = 200;
  float attack_scale = 1;       // of the parameter pad_attack
  float decay_ms = 0;           // of a struck note; 0 = held until released
  float release_ms = 600;
  float cutoff_scale = 1, key_follow = 0.3f, damping = 1.2f;
  float envelope_octaves = 0, envelope_ms = 800;
  float drift_octaves = 0.2f, drift_hz = 0.11f;  // a slow breath on the filter
  float formant = 0;            // how much of the sound goes through the vowel, 0..1
  float chorus = 0.4f;          // depth, 0..1
  float reverb_scale = 1, delay_scale = 1, reverb_seconds = 2.4f;
  float trim_db = 0;
};

inline constexpr std::array<PadShapeSpec, static_cast<std::size_t>(control::PadShape::kCount)> kPadShapes{{
    // warm: three soft saws, slow filter
    {.detune = 0.09f, .side_level = 0.7f, .below_level = 0.25f, .release_ms = 900, .damping = 1.15f, .envelope_octaves = 0.8f,
     .envelope_ms = 1400, .chorus = 0.45f, .reverb_scale = 0.9f, .reverb_seconds = 2.2f},
    // glass: struck bells in an arpeggio
    {.source = PadSource::kFm, .octave = 1, .ratio = 3.51f, .index = 0.16f, .index_ms = 320, .bright_ratio = 7.03f, .bright_level = 0.22f,
     .bright_ms = 130, .attack_scale = 0.012f, .decay_ms = 800, .release_ms = 900, .cutoff_scale = 3.2f, .key_follow = 0.6f, .damping = 1.4f,
     .chorus = 0.2f, .reverb_scale = 1.2f, .delay_scale = 1.4f, .reverb_seconds = 2.4f, .trim_db = 1.5f},
    // choir: saws through moving vowels
    {.detune = 0.16f, .side_level = 0.9f, .attack_scale = 0.8f, .release_ms = 700, .cutoff_scale = 1.8f, .damping = 1.3f, .drift_octaves = 0.1f,
     .formant = 0.85f, .chorus = 0.7f, .reverb_scale = 1.15f, .delay_scale = 0.5f, .reverb_seconds = 2.6f, .trim_db = 3},
    // strings: bright ensemble
    {.octave = 0, .detune = 0.2f, .side_level = 1, .attack_scale = 0.5f, .release_ms = 500, .cutoff_scale = 2.4f, .key_follow = 0.5f, .damping = 1.4f,
     .envelope_octaves = 0.5f, .envelope_ms = 500, .chorus = 1, .reverb_scale = 0.9f, .delay_scale = 0.4f, .reverb_seconds = 2.0f, .trim_db = -1},
    // drone: low, wide, breathing
    {.octave = -1, .detune = 0.07f, .side_level = 0.8f, .below_level = 0.5f, .attack_scale = 1.6f, .release_ms = 1300, .cutoff_scale = 1.4f, .key_follow = 0.2f,
     .damping = 0.8f, .drift_octaves = 0.9f, .drift_hz = 0.07f, .chorus = 0.5f, .reverb_scale = 1.2f, .delay_scale = 0.6f, .reverb_seconds = 2.9f, .trim_db = 1},
    // keys: electric piano stabs
    {.source = PadSource::kFm, .ratio = 1, .index = 0.24f, .index_ms = 420, .bright_ratio = 14, .bright_level = 0.12f, .bright_ms = 45,
     .attack_scale = 0.006f, .decay_ms = 700, .release_ms = 160, .cutoff_scale = 3, .key_follow = 0.5f, .damping = 1.4f, .chorus = 0.35f, .reverb_scale = 0.5f,
     .delay_scale = 1, .reverb_seconds = 1.4f, .trim_db = 4},
}};

}  // namespace kinetone::dsp
