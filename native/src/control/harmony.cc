#include "control/harmony.h"

#include "dsp/math.h"

namespace kinetone::control {
namespace {

constexpr float kPlaces = 12.0f;
constexpr float kHysteresis = 5.0f / 30.0f;  // of a place, beyond its border

// Which tone of the chord voice n takes: triad first, then seventh and ninth, then doublings.
constexpr std::array<int, kMaxPadVoices> kToneOrder{0, 1, 2, 3, 4, 0, 2, 1};

// What the fourth voice sings in the four bars of a phrase, above the root; 0 stands for the chord's own seventh. Ninth and
// sixth are major ones: they suit all three qualities.
constexpr std::array<int, 4> kColourTones{0, 0, 14, 9};

int PitchClassOf(const Chord& chord, int tone, std::int64_t bar) {
  const int colour = kColourTones[static_cast<std::size_t>(bar % 4)];
  int above = tone < kChordTones ? chord.tones[static_cast<std::size_t>(tone)] : 14;
  if (tone == 3 && colour != 0) above = colour;
  // The fifth voice gives way when the fourth takes the ninth.
  if (tone == 4 && colour == 14) above = chord.tones[3];
  return (chord.root + above) % kPitchClasses;
}

// The note of a pitch class nearest to another note.
int NearestNote(int pitch_class, int note) {
  const int up = ((pitch_class - note) % kPitchClasses + kPitchClasses) % kPitchClasses;
  return up <= kPitchClasses / 2 ? note + up : note + up - kPitchClasses;
}

int Distance(int a, int b) { return a > b ? a - b : b - a; }

}  // namespace

bool Harmony::Choose(float hue) {
  const float position = hue * kPlaces;
  float offset = position - static_cast<float>(place_);
  offset -= kPlaces * static_cast<float>(dsp::RoundToInt(offset / kPlaces));
  if (offset <= 0.5f + kHysteresis && offset >= -0.5f - kHysteresis) return false;
  place_ = dsp::RoundToInt(position) % static_cast<int>(kPlaces);
  return true;
}

void Harmony::Voice(const Chord& chord, int count, int centre, std::int64_t bar) {
  const auto before = notes_;
  const int before_count = count_;
  std::array<bool, kMaxPadVoices> taken{};
  std::array<bool, kMaxPadVoices> placed{};
  // Greedy assignment: the closest (tone, former voice) pair first; new voices open around the centre.
  for (int round = 0; round < count; ++round) {
    int best_distance = 1000, best_voice = -1, best_tone = -1, best_note = 0;
    for (int voice = 0; voice < count; ++voice) {
      if (taken[static_cast<std::size_t>(voice)]) continue;
      const bool has_past = voice < before_count;
      const int past = has_past ? before[static_cast<std::size_t>(voice)] : centre + 4 * voice - 2 * count;
      // A voice that drifted off is called back towards its register.
      const int anchor = dsp::Clamp(past, centre - 12, centre + 14);
      for (int tone = 0; tone < count; ++tone) {
        if (placed[static_cast<std::size_t>(tone)]) continue;
        const int note = NearestNote(PitchClassOf(chord, kToneOrder[static_cast<std::size_t>(tone)], bar), anchor);
        const int distance = Distance(note, past) + (has_past ? 0 : 100);
        if (distance < best_distance) {
          best_distance = distance;
          best_voice = voice;
          best_tone = tone;
          best_note = note;
        }
      }
    }
    taken[static_cast<std::size_t>(best_voice)] = true;
    placed[static_cast<std::size_t>(best_tone)] = true;
    // Doublings in unison waste a voice: lift them by an octave.
    for (int voice = 0; voice < count; ++voice) {
      if (voice != best_voice && taken[static_cast<std::size_t>(voice)] && notes_[static_cast<std::size_t>(voice)] == best_note) {
        best_note += best_note > centre ? -kPitchClasses : kPitchClasses;
      }
    }
    notes_[static_cast<std::size_t>(best_voice)] = best_note;
  }
  count_ = count;
}

}  // namespace kinetone::control
