// What control hands to the sound engine for one block of 64 frames: parameter values and the events inside the block.
#pragma once

#include <array>
#include <cstdint>

#include "control/mapping.h"
#include "control/parameters.h"

namespace kinetone::control {

enum class NoteKind : int { kDrum, kPadOn, kPadOff, kBassNote };

struct NoteEvent {
  NoteKind kind{};
  int offset = 0;        // frames into the block
  int index = 0;         // Drum, or the pad's slot
  float pitch = 0.0f;    // MIDI note; for drums semitones about the sound's own pitch
  float velocity = 1.0f; // 0..1
  bool retrigger = true; // bass: start the note's envelope again rather than glide
};

inline constexpr int kMaxEventsPerBlock = 48;

// Two phases are given while the wobble crosses over from one division to the next; blend 1 is all new.
struct WobblePhase {
  float phase = 0.0f, increment = 0.0f;          // cycles at the block's start, cycles per block
  float old_phase = 0.0f, old_increment = 0.0f;
  float blend_from = 1.0f, blend_to = 1.0f;
};

struct ControlBlock {
  std::int64_t position = 0;
  ParameterValues parameters{};
  WobblePhase wobble;
  float wobble_hz = 0.0f;
  int bpm = 120;
  double beat_in_bar = 0.0;
  std::int64_t bar = 0;
  int chord_root = 0;   // pitch class, 0 = C
  int chord_place = 0;  // on the circle of fifths, 0 = tonic
  int chord_quality = 0;
  int rhythm_level = 0;
  std::array<NoteEvent, kMaxEventsPerBlock> events{};
  int event_count = 0;
};

}  // namespace kinetone::control
