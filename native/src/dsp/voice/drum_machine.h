// Ten drums of one kit, two voices each so that a stroke may ring while the next begins; hats choke one another.
// Audio thread; no allocation.
#pragma once

#include <array>
#include <cstdint>

#include "control/control_block.h"
#include "dsp/synth_parameters.h"
#include "dsp/voice/kits.h"

namespace kinetone::dsp {

class DrumMachine {
 public:
  void Init(float rate, std::uint32_t seed);
  // Adds stereo to out (interleaved) and the share for the room to room (interleaved).
  void Render(const control::ControlBlock& block, control::Kit kit, const SynthParameters& parameters, float* out, float* room);

 private:
  static constexpr int kVoicesPerDrum = 2;

  void Trigger(const control::NoteEvent& event, std::int64_t position, const KitSpec& kit, float tone);
  DrumVoice& VoiceOf(int drum, int index) { return voices_[static_cast<std::size_t>(drum * kVoicesPerDrum + index)]; }

  std::uint32_t seed_ = 0;
  std::array<DrumVoice, control::kDrumCount * kVoicesPerDrum> voices_;
  std::array<int, control::kDrumCount> next_{};
};

}  // namespace kinetone::dsp
