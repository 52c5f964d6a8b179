#include "dsp/fx/reverb.h"

#include <algorithm>

#include "dsp/math.h"

namespace kinetone::dsp {
namespace {

// Milliseconds, no two with a common rhythm.
constexpr std::array<float, 8> kLengthsMs{29.7f, 37.1f, 41.1f, 43.7f, 53.3f, 59.9f, 67.3f, 73.1f};
constexpr std::array<float, 4> kDiffusersMs{4.77f, 3.60f, 5.19f, 3.31f};
constexpr float kDiffusion = 0.62f;
constexpr float kDampHz = 5200.0f;
constexpr float kInaudible = 1.0e-9f;
constexpr float kLowCutHz = 120.0f;  // a reverberant bass is mud

// Whole blocks are read before they are written: no line may be shorter.
std::size_t LengthOf(float ms, float rate, float size) {
  const auto length = static_cast<std::size_t>(ms * 0.001f * rate * size);
  return length < kBlockFrames ? kBlockFrames : length;
}

bool IsWithin(const float* samples, int count, float limit) {
  bool is_within = true;
  for (int i = 0; i < count; ++i) is_within &= samples[i] <= limit && samples[i] >= -limit;
  return is_within;
}

}  // namespace

void Reverb::Init(float rate, float size) {
  rate_ = rate;
  for (std::size_t i = 0; i < kLines; ++i) {
    lengths_[i] = LengthOf(kLengthsMs[i], rate, size);
    lines_[i].Init(lengths_[i]);
    network_.damp[i] = 0.0f;
  }
  for (std::size_t i = 0; i < 4; ++i) {
    diffuser_lengths_[i] = LengthOf(kDiffusersMs[i], rate, 1.0f);
    diffusers_[i / 2][i % 2].Init(diffuser_lengths_[i]);
  }
  network_.damping = Exp2(-9.06472028f * kDampHz / rate);
  low_cut_ = 1.0f - Exp2(-9.06472028f * kLowCutHz / rate);
  low_[0] = low_[1] = 0.0f;
  decay_seconds_ = 0.0f;
  longest_ = *std::max_element(lengths_.begin(), lengths_.end());
  quiet_frames_ = longest_;
  SetDecay(1.0f);
}

void Reverb::SetDecay(float seconds) {
  if (seconds == decay_seconds_) return;
  decay_seconds_ = seconds;
  for (std::size_t i = 0; i < kLines; ++i) {
    network_.feedback[i] = Exp2(-9.96578428f * static_cast<float>(lengths_[i]) / (seconds * rate_));
  }
}

void Reverb::Diffuse(std::size_t channel, float* x) {
  for (std::size_t stage = 0; stage < 2; ++stage) {
    DelayLine& line = diffusers_[channel][stage];
    float delayed[kBlockFrames], fed[kBlockFrames];
    line.ReadBlock(diffuser_lengths_[2 * channel + stage], delayed, kBlockFrames);
    for (int i = 0; i < kBlockFrames; ++i) fed[i] = x[i] - kDiffusion * delayed[i];
    for (int i = 0; i < kBlockFrames; ++i) x[i] = delayed[i] + kDiffusion * fed[i];
    line.WriteBlock(fed, kBlockFrames);
  }
}

void Reverb::TakeInput(const float* in, float (&input)[2][kBlockFrames]) {
  for (std::size_t channel = 0; channel < 2; ++channel) {
    float low = low_[channel];
    for (int i = 0; i < kBlockFrames; ++i) {
      const float x = in[2 * i + static_cast<int>(channel)];
      low += low_cut_ * (x - low);
      input[channel][i] = x - low;
    }
    low_[channel] = low > kInaudible || low < -kInaudible ? low : 0.0f;
    Diffuse(channel, input[channel]);
  }
}

// What is inaudible and comes from nothing becomes nothing; when all lines hold nothing, the tail is over.
void Reverb::EndTail(const float (&input)[2][kBlockFrames], float (&lines)[kLines][kBlockFrames]) {
  const bool is_quiet = IsWithin(input[0], 2 * kBlockFrames, 0.0f) && IsWithin(lines[0], kLines * kBlockFrames, kInaudible);
  quiet_frames_ = is_quiet ? quiet_frames_ + kBlockFrames : 0;
  if (!is_quiet) return;
  for (auto& line : lines) std::fill_n(line, kBlockFrames, 0.0f);
  std::fill_n(network_.damp, kLines, 0.0f);
}

void Reverb::ProcessAdd(const float* in, float* out) {
  const bool is_fed = !IsWithin(in, 2 * kBlockFrames, 0.0f);
  if (!is_fed && quiet_frames_ >= longest_) return;
  alignas(32) float input[2][kBlockFrames], lines[kLines][kBlockFrames], wet[2][kBlockFrames];
  TakeInput(in, input);
  for (std::size_t line = 0; line < kLines; ++line) lines_[line].ReadBlock(lengths_[line], lines[line], kBlockFrames);
  FeedbackKernels().turn(network_, input, lines, wet);
  if (is_fed) {
    quiet_frames_ = 0;
  } else {
    EndTail(input, lines);
  }
  for (std::size_t line = 0; line < kLines; ++line) lines_[line].WriteBlock(lines[line], kBlockFrames);
  for (int i = 0; i < kBlockFrames; ++i) {
    out[2 * i] += wet[0][i];
    out[2 * i + 1] += wet[1][i];
  }
}

}  // namespace kinetone::dsp
