// The pad's sixteen notes: saws or frequency modulation through a low-pass each, panned. State stands in arrays by slot, so
// that slots can become vector lanes without a change outside this class. Audio thread; no allocation after Init.
#pragma once

#include <array>
#include <cstdint>

#include "control/control_block.h"
#include "control/pad_player.h"
#include "dsp/env/attack_release.h"
#include "dsp/env/decay.h"
#include "dsp/filter/svf.h"
#include "dsp/osc/saw.h"
#include "dsp/synth_parameters.h"
#include "dsp/voice/pad_shapes.h"

namespace kinetone::dsp {

class PadVoices {
 public:
  void Init(float rate, std::uint32_t seed);
  // Adds interleaved stereo of all sounding notes to out. Returns false when nothing sounds.
  bool Render(const control::ControlBlock& block, const PadShapeSpec& shape, const SynthParameters& parameters, float* out);

 private:
  static constexpr int kSlots = control::kPadSlots;

  void HandleEvent(const control::NoteEvent& event, const PadShapeSpec& shape, const SynthParameters& parameters);
  void RenderSaws(std::size_t slot, const PadShapeSpec& shape, float* mono);
  void RenderFm(std::size_t slot, const PadShapeSpec& shape, float* mono);
  void Filter(std::size_t slot, const PadShapeSpec& shape, const SynthParameters& parameters, float* mono);
  float Breath(const PadShapeSpec& shape, std::size_t slot) const;

  float rate_ = 48000.0f;
  float breath_phase_ = 0.0f;
  std::array<float, kSlots> note_{}, velocity_{};
  std::array<bool, kSlots> sounding_{};
  std::array<AttackRelease, kSlots> gate_;
  std::array<Decay, kSlots> strike_, index_, bright_, filter_envelope_;
  std::array<std::array<Saw, 4>, kSlots> saws_;
  std::array<float, kSlots> carrier_{}, modulator_{}, bright_phase_{};
  std::array<Svf, kSlots> filter_;
  std::array<SvfRamp, kSlots> ramps_{};
};

}  // namespace kinetone::dsp
