// One synthesised stroke: a falling sine, a band of noise and an inharmonic metal cluster, each with its own decay. Covers every
// drum of every kit; the numbers are in kits.cc. It makes lines of sound; the bank filters and mixes them. Audio thread; no allocation.
#pragma once

#include <cstdint>

#include "dsp/block.h"
#include "dsp/filter/svf.h"
#include "dsp/mix/pan.h"
#include "dsp/random.h"
#include "dsp/voice/stroke_lanes.h"

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

struct StrokeTouch {
  float velocity = 1.0f;
  float semitones = 0.0f;
  float tone = 0.5f;  // rhythm_tone: dark to bright, 0..1
};

class Stroke {
 public:
  void Init(float rate);
  // Starts the stroke `offset` frames into the next block.
  void Trigger(const DrumSpec& spec, const StrokeTouch& touch, Random noise, int offset);
  // Lets it fall within a few milliseconds (retrigger, choked hat).
  void Choke();
  bool is_active() const { return has_tone_ || has_noise_; }
  bool has_tone() const { return has_tone_; }
  // The next block: what goes into the stroke's filter, and what passes it by; tone is written only if has_tone() was true.
  // kBlockFrames each.
  void Render(float* excitation, float* tone);

  // Of the filter: coefficients, and what of input, band state and low state is heard.
  const SvfCoefficients& coefficients() const { return coefficients_; }
  float direct() const { return direct_; }
  float band() const { return band_; }
  float low() const { return low_; }
  float gain() const { return gain_; }
  const PanGains& pan() const { return pan_; }
  float room() const { return spec_.room; }
  // The filter's state, kept here between blocks.
  float s1 = 0.0f, s2 = 0.0f;

 private:
  void ListenTo(NoiseFilter filter);
  void RenderNoise(int frames, float* line);
  void FillNoiseLevel(int frames, float* level);
  void StartBurst();

  float rate_ = 48000.0f, choke_keep_ = 0.99f;
  DrumSpec spec_;
  bool has_tone_ = false, has_noise_ = false, is_choked_ = false;
  int offset_ = 0;
  float gain_ = 0.0f;
  PanGains pan_;
  SkinTone skin_;
  MetalPartials metal_;
  std::uint32_t noise_counter_ = 0;
  float noise_level_ = 0.0f, noise_start_ = 0.0f, noise_keep_ = 0.0f;
  SvfCoefficients coefficients_{};
  float direct_ = 0.0f, band_ = 0.0f, low_ = 0.0f;
  int bursts_left_ = 0, frames_to_burst_ = 0, hold_left_ = 0;
};

}  // namespace kinetone::dsp
