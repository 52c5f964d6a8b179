#include "dsp/fx/reverb.h"

#include "dsp/math.h"

namespace kinetone::dsp {
namespace {

// Milliseconds, no two with a common rhythm.
constexpr std::array<float, 8> kLengthsMs{29.7f, 37.1f, 41.1f, 43.7f, 53.3f, 59.9f, 67.3f, 73.1f};
constexpr std::array<float, 4> kDiffusersMs{4.77f, 3.60f, 5.19f, 3.31f};
constexpr float kDiffusion = 0.62f;
constexpr float kInput = 0.5f;
constexpr float kOutput = 0.6f;
constexpr float kDampHz = 5200.0f;
constexpr float kLowCutHz = 120.0f;  // a reverberant bass is mud

}  // namespace

void Reverb::Init(float rate, float size) {
  rate_ = rate;
  for (std::size_t i = 0; i < kLines; ++i) {
    lengths_[i] = static_cast<std::size_t>(kLengthsMs[i] * 0.001f * rate * size);
    lines_[i].Init(lengths_[i]);
    damp_[i] = 0.0f;
  }
  for (std::size_t i = 0; i < 4; ++i) {
    diffuser_lengths_[i] = static_cast<std::size_t>(kDiffusersMs[i] * 0.001f * rate);
    diffusers_[i / 2][i % 2].Init(diffuser_lengths_[i]);
  }
  damping_ = Exp2(-9.06472028f * kDampHz / rate);
  high_pass_keep_ = Exp2(-9.06472028f * kLowCutHz / rate);
  high_pass_[0] = high_pass_[1] = 0.0f;
  decay_seconds_ = 0.0f;
  SetDecay(1.0f);
}

void Reverb::SetDecay(float seconds) {
  if (seconds == decay_seconds_) return;
  decay_seconds_ = seconds;
  for (std::size_t i = 0; i < kLines; ++i) {
    feedback_[i] = Exp2(-9.96578428f * static_cast<float>(lengths_[i]) / (seconds * rate_));
  }
}

float Reverb::Diffuse(float x, int channel) {
  for (int stage = 0; stage < 2; ++stage) {
    DelayLine& line = diffusers_[static_cast<std::size_t>(channel)][static_cast<std::size_t>(stage)];
    const float delayed = line.Read(diffuser_lengths_[static_cast<std::size_t>(2 * channel + stage)] - 1);
    const float fed = x - kDiffusion * delayed;
    line.Write(fed);
    x = delayed + kDiffusion * fed;
  }
  return x;
}

void Reverb::ProcessAdd(const float* in, float* out) {
  for (int i = 0; i < kBlockFrames; ++i) {
    float input[2];
    for (int channel = 0; channel < 2; ++channel) {
      const float x = in[2 * i + channel];
      high_pass_[channel] += (1.0f - high_pass_keep_) * (x - high_pass_[channel]);
      input[channel] = kInput * Diffuse(x - high_pass_[channel], channel);
    }
    float v[kLines];
    for (std::size_t line = 0; line < kLines; ++line) {
      const float delayed = feedback_[line] * lines_[line].Read(lengths_[line] - 1);
      damp_[line] = delayed + damping_ * (damp_[line] - delayed);
      v[line] = damp_[line];
    }
    out[2 * i] += kOutput * (v[0] - v[2] + v[4] - v[6]);
    out[2 * i + 1] += kOutput * (v[1] - v[3] + v[5] - v[7]);
    for (int half = 1; half < kLines; half *= 2) {
      for (int j = 0; j < kLines; j += 2 * half) {
        for (int k = j; k < j + half; ++k) {
          const float a = v[k], b = v[k + half];
          v[k] = a + b;
          v[k + half] = a - b;
        }
      }
    }
    for (std::size_t line = 0; line < kLines; ++line) lines_[line].Write(0.353553391f * v[line] + input[line % 2]);
  }
}

}  // namespace kinetone::dsp
