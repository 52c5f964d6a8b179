// The pad's sixteen notes: saws or frequency modulation through a low-pass each, panned. Everything that every note has is
// held in arrays by slot and worked on four slots at a time, in loops a compiler turns into vector code; sums over slots have
// a fixed order, so the number of lanes changes no bit. Audio thread; no allocation after Init.
#pragma once

#include <array>
#include <cstdint>

#include "control/control_block.h"
#include "control/pad_player.h"
#include "dsp/env/decay.h"
#include "dsp/filter/svf.h"
#include "dsp/osc/saw.h"
#include "dsp/synth_parameters.h"
#include "dsp/voice/pad_shapes.h"

namespace kinetone::dsp {

class PadVoices {
 public:
  void Init(float rate, std::uint32_t seed);
  // Adds interleaved stereo of all sounding notes to out.
  void Render(const control::ControlBlock& block, const PadShapeSpec& shape, const SynthParameters& parameters, float* out);

 private:
  static constexpr int kSlots = control::kPadSlots;
  static constexpr int kLanes = 4;
  // One group's samples, frame by frame, its lanes side by side.
  using Group = float[kBlockFrames][kLanes];

  void HandleEvent(const control::NoteEvent& event, const PadShapeSpec& shape, const SynthParameters& parameters);
  void RenderSaws(std::size_t slot, const PadShapeSpec& shape, float* mono);
  void RenderFm(std::size_t slot, const PadShapeSpec& shape, float* mono);
  bool RenderOscillators(std::size_t first, const PadShapeSpec& shape, Group& group);
  void Filter(std::size_t first, const PadShapeSpec& shape, const SynthParameters& parameters, Group& group);
  void Envelope(std::size_t first, Group& group);
  void MixAdd(std::size_t first, const SynthParameters& parameters, const Group& group, float* out) const;
  SvfCoefficients TargetFilter(std::size_t slot, const PadShapeSpec& shape, float cutoff_hz);

  float rate_ = 48000.0f;
  float breath_phase_ = 0.0f;
  std::array<float, kSlots> note_{}, velocity_{};
  std::array<bool, kSlots> sounding_{}, open_{};
  // Gate: value = value * keep + add, towards 1 while open and 0 when closed. Strike: a decay on top, or a constant 1.
  std::array<float, kSlots> gate_{}, gate_keep_{}, gate_add_{}, gate_release_{}, strike_{}, strike_keep_{};
  std::array<Decay, kSlots> index_, bright_, filter_envelope_;
  std::array<std::array<Saw, 4>, kSlots> saws_;
  std::array<float, kSlots> carrier_{}, modulator_{}, bright_phase_{};
  std::array<float, kSlots> s1_{}, s2_{}, p_{}, q_{}, r_{};  // the low-pass: state and coefficients
};

}  // namespace kinetone::dsp
