// The pad's sixteen notes: saws or frequency modulation through a low-pass each, panned. All of them side by side (pad_lanes.h).
// Audio thread; no allocation after Init.
#pragma once

#include <array>
#include <cstdint>

#include "control/control_block.h"
#include "control/pad_player.h"
#include "dsp/env/decay.h"
#include "dsp/filter/svf.h"
#include "dsp/osc/saw_stack.h"
#include "dsp/synth_parameters.h"
#include "dsp/voice/pad_lanes.h"
#include "dsp/voice/pad_shapes.h"

namespace kinetone::dsp {

class PadVoices {
 public:
  void Init(float rate, std::uint32_t seed);
  // Adds interleaved stereo of all sounding notes to out.
  void Render(const control::ControlBlock& block, const PadShapeSpec& shape, const SynthParameters& parameters, float* out);

 private:
  static constexpr std::size_t kSlots = control::kPadSlots;
  static_assert(kSlots == kVoiceLanes);

  // What one slot has beside its lane.
  struct Slot {
    SawStack saws;
    float note = 60.0f, frequency = 0.005f, velocity = 0.0f, gate_release = 0.0f;
    bool is_sounding = false, is_open = false;
    Decay filter_envelope;
    FmTone tone;
  };
  void HandleEvent(const control::NoteEvent& event, const PadShapeSpec& shape, const SynthParameters& parameters);
  void OpenFilter(std::size_t lane, const PadShapeSpec& shape, const SynthParameters& parameters);
  void RenderSaws(Slot& slot, const PadShapeSpec& shape);
  void RenderFm(Slot& slot, const PadShapeSpec& shape);
  unsigned RenderOscillators(const PadShapeSpec& shape, const float* (&lines)[kSlots]);
  void AimAt(const PadShapeSpec& shape, const SynthParameters& parameters, PadAims& aims);
  void PlaceSlots(float from_width, float to_width, StereoGains& gains) const;
  void EndSilentSlots();

  float rate_ = 48000.0f;
  float breath_phase_ = 0.0f;
  PadLanes lanes_;
  std::array<Slot, kSlots> slots_;
  const PadShapeSpec* shape_ = nullptr;  // whose detuning is in saw_ratios_
  std::array<float, 3> saw_ratios_{};    // of the two detuned saws and the one below
};

}  // namespace kinetone::dsp
