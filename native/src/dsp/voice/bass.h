// The bass: detuned saws, each a wobble voice (wobble_lanes.h), then drive and a sub (bass_drive.h). Stereo, monophonic.
// Audio thread; Render only, no allocation after Init.
#pragma once

#include <array>
#include <cstdint>

#include "control/control_block.h"
#include "dsp/env/decay.h"
#include "dsp/filter/svf.h"
#include "dsp/osc/saw_stack.h"
#include "dsp/synth_parameters.h"
#include "dsp/voice/bass_drive.h"
#include "dsp/voice/bass_shapes.h"
#include "dsp/voice/wobble_lanes.h"

namespace kinetone::dsp {

class BassVoice {
 public:
  void Init(float rate, std::uint32_t seed);
  // Adds kBlockFrames frames of interleaved stereo to out.
  void Render(const control::ControlBlock& block, const control::SoundSettings& settings, const SynthParameters& parameters, float* out);

 private:
  static constexpr std::size_t kSaws = 3;

  void FollowShape(control::BassShape wanted);
  void StartNote(const control::ControlBlock& block, const control::SoundSettings& settings);
  void Glide(const control::ControlBlock& block, const SynthParameters& parameters);
  void PlayNotes(const control::ControlBlock& block, const control::SoundSettings& settings, int sub_block);
  void AimFilters(const control::ControlBlock& block, const control::SoundSettings& settings, const SynthParameters& parameters);
  void AimSaws(const SynthParameters& parameters);
  void AimDrive(const SynthParameters& parameters, int sub_block);
  void MixVowel(float* left, float* right);
  bool IsSilent(const SynthParameters& parameters) const;

  float rate_ = 48000.0f;
  std::uint32_t seed_ = 0;
  control::BassShape shape_{};
  const BassShapeSpec* spec_ = &kBassShapes[0];
  float trim_ = 1.0f;
  float shape_fade_ = 1.0f;  // falls to 0 before the shape changes and rises after it

  std::array<SawStack, kSaws> saws_;  // each a lane of its own
  WobbleLanes lanes_;
  WobbleAims aims_;
  alignas(64) float wobble_[kSubBlocks][kVoiceLanes] = {};
  BassDrive drive_;
  std::array<Svf, 2> formants_;
  float note_ = 36.0f, line_offset_ = 0.0f, damping_ = 1.0f;
  bool has_note_ = false;
  Decay pluck_, filter_envelope_;
  float pluck_gain_ = 0.0f, pluck_gains_[kSubBlocks] = {};
};

}  // namespace kinetone::dsp
