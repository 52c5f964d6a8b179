#include "control/pad_player.h"

#include "control/clock.h"

namespace kinetone::control {
namespace {

// Sixteenths of the bar on which stabs are struck, and on which they are let go.
constexpr std::array<bool, kStepsPerBar> kStabOn{true, false, false, true, false, false, true, false, false, false, true, false, false, false, false, false};
constexpr std::array<bool, kStepsPerBar> kStabOff{false, false, true, false, false, true, false, false, true, false, false, false, false, true, false, false};

// Orders in which an arpeggio walks the voices, in eighths.
constexpr std::array<std::array<int, 8>, 4> kFigures{{
    {0, 2, 1, 3, 2, 4, 1, 3},
    {0, 1, 2, 3, 4, 3, 2, 1},
    {4, 2, 3, 1, 2, 0, 1, 3},
    {0, 3, 1, 4, 2, 3, 1, 2},
}};

}  // namespace

void PadPlayer::Init() {
  sounding_.fill(0);
  for (int voice = 0; voice < kMaxPadVoices; ++voice) slot_[static_cast<std::size_t>(voice)] = voice;
}

void PadPlayer::Emit(NoteKind kind, int slot, float pitch, float velocity, int offset, ControlBlock& block) const {
  if (block.event_count >= kMaxEventsPerBlock) return;
  block.events[static_cast<std::size_t>(block.event_count++)] = {kind, offset, slot, pitch, velocity, true};
}

void PadPlayer::Strike(int voice, int note, float velocity, int offset, ControlBlock& block) {
  const auto v = static_cast<std::size_t>(voice);
  slot_[v] = (slot_[v] + kMaxPadVoices) % kPadSlots;
  sounding_[v] = note;
  Emit(NoteKind::kPadOn, slot_[v], static_cast<float>(note), velocity, offset, block);
}

void PadPlayer::Release(int voice, int offset, ControlBlock& block) {
  const auto v = static_cast<std::size_t>(voice);
  if (sounding_[v] == 0) return;
  sounding_[v] = 0;
  Emit(NoteKind::kPadOff, slot_[v], 0.0f, 0.0f, offset, block);
}

void PadPlayer::OnChord(const Harmony& harmony, PadStyle style, int offset, ControlBlock& block) {
  for (int voice = 0; voice < kMaxPadVoices; ++voice) {
    const int note = voice < harmony.count() ? harmony.note(voice) : 0;
    if (note == sounding_[static_cast<std::size_t>(voice)]) continue;
    Release(voice, offset, block);
    if (style == PadStyle::kHeld && note > 0) Strike(voice, note, 1.0f, offset, block);
  }
}

void PadPlayer::OnStep(const Harmony& harmony, PadStyle style, int step_in_bar, std::uint32_t variation, int offset, ControlBlock& block) {
  const auto step = static_cast<std::size_t>(step_in_bar);
  if (style == PadStyle::kStabs) {
    for (int voice = 0; voice < harmony.count(); ++voice) {
      if (kStabOff[step]) Release(voice, offset, block);
      if (kStabOn[step]) {
        Release(voice, offset, block);
        Strike(voice, harmony.note(voice), step == 0 ? 1.0f : 0.8f, offset, block);
      }
    }
  } else if (style == PadStyle::kArpeggio) {
    for (int voice = 0; voice < kMaxPadVoices; ++voice) Release(voice, offset, block);
    if (step_in_bar % 2 != 0) return;
    const int voice = kFigures[variation % kFigures.size()][step / 2] % harmony.count();
    Strike(voice, harmony.note(voice), step % 8 == 0 ? 1.0f : 0.8f, offset, block);
  }
}

}  // namespace kinetone::control
