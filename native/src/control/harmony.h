// Hue to chord to voices: twelve places on the circle of fifths (30 degrees of hue each), a hysteresis of 5 degrees, and
// voice leading that keeps common tones and moves the others least. Audio thread; no allocation.
#pragma once

#include <array>
#include <cstdint>

#include "control/scale.h"

namespace kinetone::control {

inline constexpr int kMaxPadVoices = 8;

class Harmony {
 public:
  void Init() {
    place_ = 0;
    count_ = 0;
  }

  // hue: 0..1 round the circle, 0 = tonic. Returns true when the place changed.
  bool Choose(float hue);
  int place() const { return place_; }
  Chord ChordIn(int tonic, Mode mode) const { return ChordOnCircle(tonic, mode, place_); }

  // Voices `count` (1..8) notes of the chord about `centre` (a MIDI note), moving each former voice as little as
  // possible. notes() then holds MIDI notes, one per voice; a voice whose note is unchanged stays in its slot.
  // bar: which of the phrase's colour tones (seventh, ninth, sixth) the fourth voice takes, so that a held chord lives.
  void Voice(const Chord& chord, int count, int centre, std::int64_t bar);
  int count() const { return count_; }
  int note(int voice) const { return notes_[static_cast<std::size_t>(voice)]; }

 private:
  int place_ = 0;
  int count_ = 0;
  std::array<int, kMaxPadVoices> notes_{};
};

}  // namespace kinetone::control
