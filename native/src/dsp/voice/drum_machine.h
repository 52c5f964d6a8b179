// Ten drums of one kit, two strokes each so that a stroke may ring while the next begins; hats choke one another.
// Audio thread; no allocation after Init.
#pragma once

#include <array>
#include <cstdint>

#include "control/control_block.h"
#include "dsp/synth_parameters.h"
#include "dsp/voice/kits.h"
#include "dsp/voice/stroke_bank.h"

namespace kinetone::dsp {

class DrumMachine {
 public:
  void Init(float rate, std::uint32_t seed);
  // Adds stereo to out (interleaved) and the share for the room to room (interleaved).
  void Render(const control::ControlBlock& block, control::Kit kit, const SynthParameters& parameters, float* out, float* room);

 private:
  static constexpr int kStrokesPerDrum = 2;

  void Trigger(const control::NoteEvent& event, std::int64_t position, const KitSpec& kit, float tone);
  Stroke& StrokeOf(int drum, int index) { return strokes_[static_cast<std::size_t>(drum * kStrokesPerDrum + index)]; }

  std::uint32_t seed_ = 0;
  StrokeBank strokes_;
  std::array<int, control::kDrumCount> next_{};
};

}  // namespace kinetone::dsp
