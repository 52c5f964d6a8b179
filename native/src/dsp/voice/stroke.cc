#include "dsp/voice/stroke.h"

#include <cstring>

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

float Advance(float phase, float step, int frames) {
  const float end = phase + step * static_cast<float>(frames);
  return end - static_cast<float>(static_cast<int>(end));
}

// A line that begins `offset` frames into the block.
void Delay(int offset, float* line) {
  if (offset == 0) return;
  std::memmove(line + offset, line, static_cast<std::size_t>(kBlockFrames - offset) * sizeof(float));
  for (int i = 0; i < offset; ++i) line[i] = 0.0f;
}

}  // namespace

void Stroke::Init(float rate) {
  rate_ = rate;
  choke_keep_ = DecayPerStep(DecaySamples(kChokeMs, rate));
  has_tone_ = has_noise_ = false;
}

void Stroke::Trigger(const DrumSpec& spec, const StrokeTouch& touch, Random noise, int offset) {
  spec_ = spec;
  offset_ = offset;
  // Softer strokes are darker as well, as on a skin.
  const float brightness = 1.6f * (touch.tone - 0.5f) + 0.7f * (touch.velocity - 0.8f);
  is_choked_ = false;
  pan_ = PanOf(spec.pan);
  gain_ = touch.velocity * GainOfDb(spec.gain_db);
  has_tone_ = spec.tone != 0.0f;
  has_noise_ = spec.noise + spec.metal > 0.0f;
  skin_ = {};
  skin_.increment = spec.hz * Exp2(touch.semitones / 12.0f) / rate_;
  skin_.sweep = spec.sweep_octaves * (0.7f + 0.3f * touch.velocity);
  skin_.sweep_keep = DecayPerStep(DecaySamples(spec.sweep_ms, rate_));
  skin_.level = spec.tone;
  skin_.level_keep = DecayPerStep(DecaySamples(spec.tone_ms, rate_));
  skin_.second_ratio = spec.second_ratio;
  skin_.second = spec.second;
  skin_.drive = spec.drive > 0.0f ? 1.0f + 5.0f * spec.drive : 0.0f;
  noise_start_ = Exp2(0.5f * brightness);
  noise_counter_ = noise.Bits();
  bursts_left_ = has_noise_ ? spec.bursts : 0;
  hold_left_ = static_cast<int>(DecaySamples(spec.hold_ms, rate_));
  StartBurst();
  metal_.level = kMetalLevel * spec.metal;
  metal_.index = kMetalIndex;
  const auto step = [&](int partial) { return Clamp(spec.metal_hz * kMetalRatios[partial] / rate_, 0.0f, 0.45f); };
  for (int pair = 0; pair < 2; ++pair) {
    metal_.carrier[pair] = noise.Uniform();
    metal_.modulator[pair] = noise.Uniform();
    metal_.carrier_step[pair] = step(2 * pair);
    metal_.modulator_step[pair] = step(2 * pair + 1);
  }
  s1 = s2 = 0.0f;
  coefficients_ = SvfCoefficients::Of(WarpedCutoff(spec.noise_hz * Exp2(brightness), rate_), 1.0f / spec.noise_q);
  ListenTo(spec.filter);
}

// Low: the low state's mean; band: the other's, at unit gain; high: what both leave over. See filter/svf.h.
void Stroke::ListenTo(NoiseFilter filter) {
  const bool is_high = filter == NoiseFilter::kHigh;
  direct_ = is_high ? 1.0f : 0.0f;
  band_ = filter == NoiseFilter::kLow ? 0.0f : 0.5f * (is_high ? -coefficients_.k : coefficients_.k);
  low_ = filter == NoiseFilter::kBand ? 0.0f : (is_high ? -0.5f : 0.5f);
}

void Stroke::Choke() {
  if (is_choked_) return;
  is_choked_ = true;
  skin_.level_keep *= choke_keep_;
  noise_keep_ *= choke_keep_;
  bursts_left_ = hold_left_ = 0;
}

// A clap's next hand; the last one rings as long as the spec says.
void Stroke::StartBurst() {
  if (bursts_left_ > 0) --bursts_left_;
  frames_to_burst_ = static_cast<int>(DecaySamples(kBurstGapMs, rate_));
  noise_level_ = noise_start_;
  noise_keep_ = DecayPerStep(DecaySamples(bursts_left_ > 0 ? kBurstDecayMs : spec_.noise_ms, rate_));
}

void Stroke::FillNoiseLevel(int frames, float* level) {
  const bool is_even = (bursts_left_ == 0 || frames_to_burst_ > frames) && (hold_left_ == 0 || hold_left_ >= frames);
  if (is_even) {
    const float keep = hold_left_ > 0 ? 1.0f : noise_keep_;
    StrokeKernels().decay(noise_level_, keep, level);
    noise_level_ = level[frames - 1] * keep;
    frames_to_burst_ -= frames;
    hold_left_ = hold_left_ > frames ? hold_left_ - frames : 0;
    return;
  }
  for (int i = 0; i < kBlockFrames; ++i) level[i] = 0.0f;
  for (int i = 0; i < frames; ++i) {
    if (bursts_left_ > 0 && --frames_to_burst_ <= 0) StartBurst();
    level[i] = noise_level_;
    if (hold_left_ > 0) {
      --hold_left_;
    } else {
      noise_level_ *= noise_keep_;
    }
  }
}

void Stroke::RenderNoise(int frames, float* line) {
  alignas(64) float level[kBlockFrames];
  FillNoiseLevel(frames, level);
  StrokeKernels().excite(noise_counter_, spec_.noise, spec_.metal > 0.0f ? &metal_ : nullptr, level, line);
  noise_counter_ += static_cast<std::uint32_t>(frames);
  for (int pair = 0; pair < 2; ++pair) {
    metal_.carrier[pair] = Advance(metal_.carrier[pair], metal_.carrier_step[pair], frames);
    metal_.modulator[pair] = Advance(metal_.modulator[pair], metal_.modulator_step[pair], frames);
  }
  has_noise_ = bursts_left_ > 0 || noise_level_ >= kSilence;
}

void Stroke::Render(float* excitation, float* tone) {
  const int frames = kBlockFrames - offset_;
  if (has_tone_) {
    StrokeKernels().tone(skin_, frames, tone);
    Delay(offset_, tone);
    has_tone_ = skin_.level >= kSilence;
  }
  if (has_noise_) {
    RenderNoise(frames, excitation);
    Delay(offset_, excitation);
  } else {
    for (int i = 0; i < kBlockFrames; ++i) excitation[i] = 0.0f;
  }
  offset_ = 0;
}

}  // namespace kinetone::dsp
