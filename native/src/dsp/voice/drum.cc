#include "dsp/voice/drum.h"

#include "dsp/math.h"

namespace kinetone::dsp {
namespace {

constexpr float kChokeMs = 4.0f;
constexpr float kBurstGapMs = 11.0f;
constexpr float kBurstDecayMs = 5.0f;
constexpr float kSilence = 3.0e-5f;
// Partials of a struck plate against its lowest, in pairs (carrier, modulator).
constexpr float kMetalRatios[6] = {4.16f, 6.71f, 5.43f, 8.21f, 7.37f, 9.67f};
constexpr float kMetalIndex = 0.35f;  // cycles of phase modulation

float DecaySamples(float ms, float rate) { return ms * 0.001f * rate; }

}  // namespace

void DrumVoice::Init(float rate) {
  rate_ = rate;
  choke_factor_ = DecayPerStep(DecaySamples(kChokeMs, rate));
  active_ = false;
}

void DrumVoice::Trigger(const DrumSpec& spec, const DrumStroke& stroke, Random noise, int offset) {
  spec_ = spec;
  active_ = true;
  offset_ = offset;
  fade_ = fade_factor_ = 1.0f;
  // Softer strokes are darker as well, as on a skin.
  const float brightness = 1.6f * (stroke.tone - 0.5f) + 0.7f * (stroke.velocity - 0.8f);
  gain_ = stroke.velocity * GainOfDb(spec.gain_db);
  tone_envelope_.Trigger(spec.tone, DecaySamples(spec.tone_ms, rate_));
  sweep_.Trigger(spec.sweep_octaves * (0.7f + 0.3f * stroke.velocity), DecaySamples(spec.sweep_ms, rate_));
  base_increment_ = spec.hz * Exp2(stroke.semitones / 12.0f) / rate_;
  phase_ = second_phase_ = 0.0f;
  drive_ = 1.0f + 5.0f * spec.drive;
  clip_ = {};
  random_ = noise;
  filter_.Init();
  filter_coefficients_ = SvfCoefficients::Of(WarpedCutoff(spec.noise_hz * Exp2(brightness), rate_), 1.0f / spec.noise_q);
  noise_level_ = spec.noise + spec.metal > 0.0f ? Exp2(0.5f * brightness) : 0.0f;
  bursts_left_ = spec.bursts - 1;
  frames_to_burst_ = static_cast<int>(DecaySamples(kBurstGapMs, rate_));
  hold_left_ = static_cast<int>(DecaySamples(spec.hold_ms, rate_));
  noise_envelope_.Trigger(noise_level_, DecaySamples(bursts_left_ > 0 ? kBurstDecayMs : spec.noise_ms, rate_));
  for (int i = 0; i < 6; ++i) {
    metal_phases_[i] = random_.Uniform();
    metal_increments_[i] = Clamp(spec.metal_hz * kMetalRatios[i] / rate_, 0.0f, 0.45f);
  }
}

float DrumVoice::Tone() {
  const float envelope = tone_envelope_.Next();
  if (spec_.tone == 0.0f) return 0.0f;
  const float increment = base_increment_ * Exp2(sweep_.Next());
  float y = SinCycles(phase_);
  phase_ += increment;
  phase_ -= phase_ >= 1.0f ? 1.0f : 0.0f;
  if (spec_.second > 0.0f) {
    y += spec_.second * SinCycles(second_phase_);
    second_phase_ += increment * spec_.second_ratio;
    second_phase_ -= second_phase_ >= 1.0f ? 1.0f : 0.0f;
  }
  y *= envelope;
  return spec_.drive > 0.0f ? clip_.Process(drive_ * y) : y;
}

float DrumVoice::Metal() {
  float sum = 0.0f;
  for (int i = 0; i < 6; i += 2) {
    sum += SinCycles(metal_phases_[i] + kMetalIndex * SinCycles(metal_phases_[i + 1]));
    for (int j = i; j < i + 2; ++j) {
      metal_phases_[j] += metal_increments_[j];
      metal_phases_[j] -= metal_phases_[j] >= 1.0f ? 1.0f : 0.0f;
    }
  }
  return sum * (1.0f / 3.0f);
}

float DrumVoice::Noise() {
  if (noise_level_ == 0.0f) return 0.0f;
  if (bursts_left_ > 0 && --frames_to_burst_ <= 0) {
    --bursts_left_;
    frames_to_burst_ = static_cast<int>(DecaySamples(kBurstGapMs, rate_));
    noise_envelope_.Trigger(noise_level_, DecaySamples(bursts_left_ > 0 ? kBurstDecayMs : spec_.noise_ms, rate_));
  }
  float x = 0.0f;
  if (spec_.noise > 0.0f) x += spec_.noise * random_.Bipolar();
  if (spec_.metal > 0.0f) x += spec_.metal * Metal();
  const float envelope = hold_left_ > 0 ? noise_envelope_.value() : noise_envelope_.Next();
  if (hold_left_ > 0) --hold_left_;
  x *= envelope;
  switch (spec_.filter) {
    case NoiseFilter::kLow: return filter_.LowPass(x, filter_coefficients_);
    case NoiseFilter::kBand: return filter_.BandPass(x, filter_coefficients_);
    case NoiseFilter::kHigh: break;
  }
  return filter_.HighPass(x, filter_coefficients_);
}

void DrumVoice::Render(float* out) {
  for (int i = offset_; i < kBlockFrames; ++i) {
    fade_ *= fade_factor_;
    out[i] += gain_ * fade_ * (Tone() + Noise());
  }
  offset_ = 0;
  const bool tone_over = tone_envelope_.value() < kSilence;
  const bool noise_over = noise_level_ == 0.0f || (bursts_left_ == 0 && noise_envelope_.value() < kSilence);
  active_ = !(tone_over && noise_over) && fade_ > kSilence;
}

}  // namespace kinetone::dsp
