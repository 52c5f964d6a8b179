// One synthesised stroke: a falling sine, a band of noise and an inharmonic metal cluster, each with its own decay.
// Covers every drum of every kit; the numbers are in kits.cc. Audio thread; no allocation.
#pragma once

#include <cstdint>

#include "dsp/block.h"
#include "dsp/env/decay.h"
#include "dsp/filter/svf.h"
#include "dsp/random.h"

namespace kinetone::dsp {

enum class NoiseFilter : int { kLow, kBand, kHigh };

struct DrumSpec {
  // Tone: starts sweep_octaves above hz and falls to it.
  float hz = 0, sweep_octaves = 0, sweep_ms = 10, tone_ms = 100, tone = 0;
  float second_ratio = 0, second = 0;  // another mode of the skin, against the first
  float drive = 0;                     // 0..1 on the tone
  float noise = 0, noise_ms = 50, noise_hz = 1000, noise_q = 0.7f;
  NoiseFilter filter = NoiseFilter::kBand;
  float metal = 0, metal_hz = 540;     // through the same filter and decay as the noise
  int bursts = 1;                      // a clap is several hands
  float hold_ms = 0;                   // before the noise begins to fall
  float pan = 0, gain_db = 0, room = 0.3f;
  float human = 1.0f;                  // how much the velocity varies
};

struct DrumStroke {
  float velocity = 1.0f;
  float semitones = 0.0f;
  float tone = 0.5f;  // rhythm_tone: dark to bright, 0..1
};

class DrumVoice {
 public:
  void Init(float rate);
  // Starts the stroke `offset` frames into the next block.
  void Trigger(const DrumSpec& spec, const DrumStroke& stroke, Random noise, int offset);
  // Lets a sounding stroke fall within a few milliseconds (retrigger, choked hat).
  void Choke() { fade_factor_ = choke_factor_; }
  bool IsActive() const { return active_; }
  // Adds mono to out[0 .. kBlockFrames).
  void Render(float* out);
  float pan() const { return spec_.pan; }
  float room() const { return spec_.room; }

 private:
  static constexpr int kPartials = 4;

  void RenderTone(int from, float* out);
  void RenderNoise(int from, float* out);
  void AddMetal(int from, float* out);
  void NextBurst();

  float rate_ = 48000.0f, choke_factor_ = 0.99f;
  DrumSpec spec_;
  bool active_ = false;
  int offset_ = 0;
  float gain_ = 0.0f, fade_ = 1.0f, fade_factor_ = 1.0f;
  Decay tone_envelope_, sweep_, noise_envelope_;
  float base_increment_ = 0.0f, phase_ = 0.0f, second_phase_ = 0.0f, drive_ = 1.0f;
  SoftClip clip_;
  Random random_;
  Svf filter_;
  SvfCoefficients filter_coefficients_{};
  float metal_phases_[kPartials] = {}, metal_increments_[kPartials] = {};
  int bursts_left_ = 0, frames_to_burst_ = 0, hold_left_ = 0;
  float noise_level_ = 0.0f;
};

}  // namespace kinetone::dsp
