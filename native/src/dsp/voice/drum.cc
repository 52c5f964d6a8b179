#include "dsp/voice/drum.h"

#include "dsp/math.h"

namespace kinetone::dsp {
namespace {

constexpr float kChokeMs = 4.0f;
constexpr float kBurstGapMs = 11.0f;
constexpr float kBurstDecayMs = 5.0f;
constexpr float kSilence = 3.0e-5f;
// Partials of a struck plate against its lowest, in pairs (carrier, modulator).
constexpr float kMetalRatios[4] = {4.16f, 6.71f, 7.37f, 9.67f};
constexpr float kMetalLevel = 0.42f;
constexpr float kMetalIndex = 0.42f;  // cycles of phase modulation

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
  for (int i = 0; i < kPartials; ++i) {
    metal_phases_[i] = random_.Uniform();
    metal_increments_[i] = Clamp(spec.metal_hz * kMetalRatios[i] / rate_, 0.0f, 0.45f);
  }
}

void DrumVoice::RenderTone(int from, float* out) {
  if (spec_.tone == 0.0f) return;
  float phase[kBlockFrames], envelope[kBlockFrames];
  Decay sweep = sweep_, tone = tone_envelope_;
  for (int i = from; i < kBlockFrames; ++i) phase[i] = sweep.Next();
  for (int i = from; i < kBlockFrames; ++i) envelope[i] = tone.Next();
  sweep_ = sweep;
  tone_envelope_ = tone;
  for (int i = from; i < kBlockFrames; ++i) phase[i] = base_increment_ * Exp2(phase[i]);
  float second[kBlockFrames];
  float at = phase_, second_at = second_phase_;
  for (int i = from; i < kBlockFrames; ++i) {
    const float increment = phase[i];
    phase[i] = at;
    second[i] = second_at;
    at += increment;
    at -= at >= 1.0f ? 1.0f : 0.0f;
    second_at += increment * spec_.second_ratio;
    second_at -= second_at >= 1.0f ? 1.0f : 0.0f;
  }
  phase_ = at;
  second_phase_ = second_at;
  for (int i = from; i < kBlockFrames; ++i) phase[i] = SinCycles(phase[i]);
  if (spec_.second > 0.0f) {
    for (int i = from; i < kBlockFrames; ++i) phase[i] += spec_.second * SinCycles(second[i]);
  }
  for (int i = from; i < kBlockFrames; ++i) phase[i] *= envelope[i];
  if (spec_.drive > 0.0f) {
    SoftClip clip = clip_;
    for (int i = from; i < kBlockFrames; ++i) phase[i] = clip.Process(drive_ * phase[i]);
    clip_ = clip;
  }
  for (int i = from; i < kBlockFrames; ++i) out[i] += phase[i];
}

void DrumVoice::AddMetal(int from, float* out) {
  for (int pair = 0; pair < kPartials; pair += 2) {
    float carrier[kBlockFrames], modulator[kBlockFrames];
    for (int i = from; i < kBlockFrames; ++i) carrier[i] = metal_phases_[pair] + metal_increments_[pair] * static_cast<float>(i - from);
    for (int i = from; i < kBlockFrames; ++i) modulator[i] = metal_phases_[pair + 1] + metal_increments_[pair + 1] * static_cast<float>(i - from);
    for (int i = from; i < kBlockFrames; ++i) out[i] += kMetalLevel * spec_.metal * SinCycles(carrier[i] + kMetalIndex * SinCycles(modulator[i]));
    for (int j = pair; j < pair + 2; ++j) {
      const float end = metal_phases_[j] + metal_increments_[j] * static_cast<float>(kBlockFrames - from);
      metal_phases_[j] = end - static_cast<float>(static_cast<int>(end));
    }
  }
}

// Whether another hand of a clap falls on this frame; the last one rings as long as the spec says.
void DrumVoice::NextBurst() {
  if (bursts_left_ == 0 || --frames_to_burst_ > 0) return;
  --bursts_left_;
  frames_to_burst_ = static_cast<int>(DecaySamples(kBurstGapMs, rate_));
  noise_envelope_.Trigger(noise_level_, DecaySamples(bursts_left_ > 0 ? kBurstDecayMs : spec_.noise_ms, rate_));
}

void DrumVoice::RenderNoise(int from, float* out) {
  if (noise_level_ == 0.0f) return;
  float x[kBlockFrames] = {};
  if (spec_.noise > 0.0f) {
    Random random = random_;
    for (int i = from; i < kBlockFrames; ++i) x[i] = spec_.noise * random.Bipolar();
    random_ = random;
  }
  if (spec_.metal > 0.0f) AddMetal(from, x);
  for (int i = from; i < kBlockFrames; ++i) {
    NextBurst();
    x[i] *= hold_left_ > 0 ? noise_envelope_.value() : noise_envelope_.Next();
    if (hold_left_ > 0) --hold_left_;
  }
  Svf filter = filter_;
  const SvfCoefficients c = filter_coefficients_;
  switch (spec_.filter) {
    case NoiseFilter::kLow:
      for (int i = from; i < kBlockFrames; ++i) out[i] += filter.LowPass(x[i], c);
      break;
    case NoiseFilter::kBand:
      for (int i = from; i < kBlockFrames; ++i) out[i] += filter.BandPass(x[i], c);
      break;
    case NoiseFilter::kHigh:
      for (int i = from; i < kBlockFrames; ++i) out[i] += filter.HighPass(x[i], c);
      break;
  }
  filter_ = filter;
}

void DrumVoice::Render(float* out) {
  float stroke[kBlockFrames] = {};
  RenderTone(offset_, stroke);
  RenderNoise(offset_, stroke);
  float fade = fade_;
  for (int i = offset_; i < kBlockFrames; ++i) {
    fade *= fade_factor_;
    out[i] += gain_ * fade * stroke[i];
  }
  fade_ = fade;
  offset_ = 0;
  const bool tone_over = spec_.tone == 0.0f || tone_envelope_.value() < kSilence;
  const bool noise_over = noise_level_ == 0.0f || (bursts_left_ == 0 && noise_envelope_.value() < kSilence);
  active_ = !(tone_over && noise_over) && fade_ > kSilence;
}

}  // namespace kinetone::dsp
