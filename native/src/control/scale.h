// The seven modes as pitch-class sets, and the chord that stands on each place of the circle of fifths.
#pragma once

#include <array>

#include "control/mapping.h"

namespace kinetone::control {

inline constexpr int kPitchClasses = 12;
inline constexpr int kChordTones = 4;

// Bit n set: n semitones above the tonic belong to the mode.
inline constexpr std::array<unsigned, static_cast<std::size_t>(Mode::kCount)> kModeNotes{
    0b101010110101,  // major
    0b010110101101,  // minor (natural)
    0b011010101101,  // dorian
    0b010110101011,  // phrygian
    0b101011010101,  // lydian
    0b011010110101,  // mixolydian
    0b001010010101,  // pentatonic (major)
};

constexpr bool IsInMode(Mode mode, int semitones) {
  return (kModeNotes[static_cast<std::size_t>(mode)] >> ((semitones % 12 + 12) % 12) & 1u) != 0;
}

// The nearest degree of the mode to a distance in semitones; the lower one of two equally near.
constexpr int SnapToMode(Mode mode, int semitones) {
  for (int distance = 0; distance < 12; ++distance) {
    if (IsInMode(mode, semitones - distance)) return semitones - distance;
    if (IsInMode(mode, semitones + distance)) return semitones + distance;
  }
  return semitones;
}

// Root, third, fifth, seventh in semitones above the root.
using ChordQuality = std::array<int, kChordTones>;
// No half-diminished chord: held for the length of a shot it would sound like a warning, not like a colour.
inline constexpr std::array<ChordQuality, 3> kChordQualities{{
    {0, 4, 7, 11},  // major seventh
    {0, 3, 7, 10},  // minor seventh
    {0, 4, 7, 10},  // dominant seventh
}};

struct Chord {
  int root = 0;  // pitch class, 0 = C
  ChordQuality tones = kChordQualities[0];
};

// The chord `fifths` places (0..11) up the circle from the tonic: of the qualities the one whose notes lie best in
// the mode, third and fifth counting most; the earlier one of equals. Places outside the key thus become borrowed chords.
constexpr Chord ChordOnCircle(int tonic, Mode mode, int fifths) {
  const int degree = fifths * 7 % 12;
  // A pentatonic key is harmonised from its major scale.
  const Mode source = mode == Mode::kPentatonic ? Mode::kMajor : mode;
  constexpr std::array<int, kChordTones> kWeights{0, 4, 5, 3};
  int best_score = -1;
  Chord chord{(tonic + degree) % 12, kChordQualities[0]};
  for (const ChordQuality& quality : kChordQualities) {
    int score = 0;
    for (std::size_t tone = 0; tone < kChordTones; ++tone) {
      if (IsInMode(source, degree + quality[tone])) score += kWeights[tone];
    }
    if (score > best_score) {
      best_score = score;
      chord.tones = quality;
    }
  }
  return chord;
}

}  // namespace kinetone::control
