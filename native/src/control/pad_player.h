// Plays the harmony on the pad's slots: held chords, rhythmic stabs or an arpeggio, by shape. Only voices whose note
// changes are struck anew, so common tones ring on. Audio thread; no allocation.
#pragma once

#include <array>
#include <cstdint>

#include "control/control_block.h"
#include "control/harmony.h"

namespace kinetone::control {

// Two slots per voice: the old note fades in one while the new one rises in the other.
inline constexpr int kPadSlots = 2 * kMaxPadVoices;

enum class PadStyle : int { kHeld, kStabs, kArpeggio };
constexpr PadStyle StyleOf(PadShape shape) {
  return shape == PadShape::kKeys ? PadStyle::kStabs : shape == PadShape::kGlass ? PadStyle::kArpeggio : PadStyle::kHeld;
}

class PadPlayer {
 public:
  void Init();
  // The chord to play from now on is in `harmony`.
  void OnChord(const Harmony& harmony, PadStyle style, int offset, ControlBlock& block);
  // On each sixteenth; step counts from the bar's start. `variation` picks among arpeggio figures.
  void OnStep(const Harmony& harmony, PadStyle style, int step_in_bar, std::uint32_t variation, int offset, ControlBlock& block);

 private:
  void Strike(int voice, int note, float velocity, int offset, ControlBlock& block);
  void Release(int voice, int offset, ControlBlock& block);
  void Emit(NoteKind kind, int slot, float pitch, float velocity, int offset, ControlBlock& block) const;

  std::array<int, kMaxPadVoices> sounding_{};  // note, or 0 for none
  std::array<int, kMaxPadVoices> slot_{};
};

}  // namespace kinetone::control
