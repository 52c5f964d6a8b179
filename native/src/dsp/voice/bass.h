// The bass: detuned saws and a sub through a resonant low-pass that the wobble moves, with drive. Stereo, monophonic.
// Audio thread; Render only, no allocation after Init.
#pragma once

#include <array>
#include <cstdint>

#include "control/control_block.h"
#include "dsp/env/decay.h"
#include "dsp/env/ramp.h"
#include "dsp/filter/svf.h"
#include "dsp/osc/saw.h"
#include "dsp/synth_parameters.h"
#include "dsp/voice/bass_shapes.h"

namespace kinetone::dsp {

class BassVoice {
 public:
  void Init(float rate, std::uint32_t seed);
  // Adds kBlockFrames frames of interleaved stereo to out.
  void Render(const control::ControlBlock& block, const control::SoundSettings& settings, const SynthParameters& parameters, float* out);

 private:
  // What one sub-block moves towards.
  struct Targets {
    float cutoff_g, damping, drive, level, sub, vowel;
  };

  void FollowShape(control::BassShape wanted);
  void StartNote(const control::ControlBlock& block, const control::SoundSettings& settings);
  void Glide(const control::ControlBlock& block, const SynthParameters& parameters);
  void RenderSaws(const SynthParameters& parameters);
  Targets TargetsAt(const SynthParameters& parameters, float wobble, int sub_block) const;
  void AimAt(const Targets& targets, float pan);
  void FilterSubBlock(float* left, float* right);
  void MixVowel(const float* left_in, const float* right_in, float* left, float* right);
  void RenderSubBlock(int start, float* out);
  bool IsSilent(const SynthParameters& parameters) const;

  float rate_ = 48000.0f;
  std::uint32_t seed_ = 0;
  control::BassShape shape_{};
  const BassShapeSpec* spec_ = &kBassShapes[0];
  float shape_fade_ = 1.0f;  // falls to 0 before the shape changes and rises after it

  std::array<Saw, 3> saws_;
  std::array<Svf, 2> first_, second_;  // the two stages of the low-pass, left and right
  std::array<Svf, 2> formants_;
  std::array<SoftClip, 2> clips_;
  std::array<SvfCoefficients, 2> formant_coefficients_{};
  float sub_phase_ = 0.0f, sub_frequency_ = 0.0f;
  float note_ = 36.0f, line_offset_ = 0.0f;
  bool has_note_ = false;
  Decay pluck_, filter_envelope_;
  float pluck_gain_ = 0.0f;

  SvfRamp soft_, sharp_;
  Ramp drive_, level_, sub_, left_, right_;
  float vowel_ = 0.0f;
  float left_buffer_[kBlockFrames] = {}, right_buffer_[kBlockFrames] = {};
};

}  // namespace kinetone::dsp
