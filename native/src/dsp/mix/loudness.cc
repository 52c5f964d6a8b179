#include "dsp/mix/loudness.h"

#include "dsp/precise_math.h"

namespace kinetone::dsp {
namespace {

constexpr double kAbsoluteGateLufs = -70.0;
constexpr double kRelativeGateLu = -10.0;
constexpr std::size_t kBlockTenths = 4;
constexpr std::array<double, kMaxLoudnessChannels> kChannelWeights{1.0, 1.0, 1.0, 0.0, 1.41, 1.41};

double LufsOf(double mean_square) {
  return mean_square > 1.0e-12 ? -0.691 + 10.0 * precise::Log(mean_square) / 2.302585092994046 : kSilenceLufs;
}

double MeanSquareOf(double lufs) { return precise::Exp((lufs + 0.691) * 0.2302585092994046); }

}  // namespace

void LoudnessMeter::Init(double rate, int channels) {
  channels_ = channels;
  frames_per_tenth_ = static_cast<std::size_t>(rate / 10.0 + 0.5);
  frames_in_tenth_ = 0;
  energy_ = 0.0;
  tenths_.clear();
  shelf_states_.fill({});
  high_pass_states_.fill({});
  for (TruePeak& peak : peaks_) peak.Init();
  peak_ = 0.0f;
  // The standard gives coefficients at 48 kHz; these are the analogue filters they come from, so any rate works.
  {
    const double k = precise::Tan(precise::kPi * 1681.974450955533 / rate), q = 0.7071752369554196;
    const double vh = precise::GainOfDb(3.999843853973347), vb = precise::Exp(0.4996667741545416 * precise::Log(vh));
    const double a0 = 1.0 + k / q + k * k;
    shelf_ = {(vh + vb * k / q + k * k) / a0, 2.0 * (k * k - vh) / a0, (vh - vb * k / q + k * k) / a0, 2.0 * (k * k - 1.0) / a0,
              (1.0 - k / q + k * k) / a0};
  }
  {
    const double k = precise::Tan(precise::kPi * 38.13547087602444 / rate), q = 0.5003270373238773;
    const double a0 = 1.0 + k / q + k * k;
    high_pass_ = {1.0, -2.0, 1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0};
  }
}

double LoudnessMeter::Filter(double x, const Biquad& f, State& s) {
  const double y = f.b0 * x + s.s1;
  s.s1 = f.b1 * x - f.a1 * y + s.s2;
  s.s2 = f.b2 * x - f.a2 * y;
  return y;
}

void LoudnessMeter::FinishTenth() {
  tenths_.push_back(energy_ / static_cast<double>(frames_per_tenth_));
  energy_ = 0.0;
  frames_in_tenth_ = 0;
}

void LoudnessMeter::PushPeaks(const float* interleaved, std::size_t frames) {
  const auto stride = static_cast<std::size_t>(channels_);
  float peak = peak_;
  for (std::size_t channel = 0; channel < stride; ++channel) {
    for (std::size_t done = 0; done < frames; done += kTruePeakBlock) {
      const auto count = static_cast<int>(frames - done < kTruePeakBlock ? frames - done : kTruePeakBlock);
      const float* block = interleaved + done * stride + channel;
      float between[kTruePeakBlock];
      peaks_[channel].Process(block, stride, count, peak, between);
      for (int i = 0; i < count; ++i) {
        // The samples themselves as well: the newest are not under the filter's middle yet.
        const float x = block[static_cast<std::size_t>(i) * stride];
        const float magnitude = x < 0.0f ? -x : x;
        const float larger = between[i] > magnitude ? between[i] : magnitude;
        peak = larger > peak ? larger : peak;
      }
    }
  }
  peak_ = peak;
}

void LoudnessMeter::Push(const float* interleaved, std::size_t frames) {
  PushPeaks(interleaved, frames);
  const auto stride = static_cast<std::size_t>(channels_);
  for (std::size_t done = 0; done < frames;) {
    const std::size_t left = frames_per_tenth_ - frames_in_tenth_, count = frames - done < left ? frames - done : left;
    const float* block = interleaved + done * stride;
    switch (channels_) {
      case 1: AddEnergy<1>(block, count); break;
      case 2: AddEnergy<2>(block, count); break;
      default: AddEnergy<0>(block, count); break;
    }
    done += count;
    frames_in_tenth_ += count;
    if (frames_in_tenth_ == frames_per_tenth_) FinishTenth();
  }
}

template <int kChannels>
void LoudnessMeter::AddEnergy(const float* interleaved, std::size_t frames) {
  const auto channels = static_cast<std::size_t>(kChannels > 0 ? kChannels : channels_);
  constexpr std::size_t kStates = kChannels > 0 ? kChannels : kMaxLoudnessChannels;
  // Copies: through the members every step would wait for its own store.
  std::array<State, kStates> shelf_states, high_pass_states;
  for (std::size_t c = 0; c < kStates; ++c) shelf_states[c] = shelf_states_[c], high_pass_states[c] = high_pass_states_[c];
  const Biquad shelf = shelf_, high_pass = high_pass_;
  double energy = energy_;
  for (std::size_t i = 0; i < frames; ++i) {
    for (std::size_t c = 0; c < channels; ++c) {
      const double y = Filter(Filter(static_cast<double>(interleaved[i * channels + c]), shelf, shelf_states[c]), high_pass, high_pass_states[c]);
      energy += kChannelWeights[c] * y * y;
    }
  }
  energy_ = energy;
  for (std::size_t c = 0; c < kStates; ++c) shelf_states_[c] = shelf_states[c], high_pass_states_[c] = high_pass_states[c];
}

double LoudnessMeter::LoudnessOfLast(std::size_t tenths) const {
  if (tenths_.empty()) return kSilenceLufs;
  const std::size_t count = tenths < tenths_.size() ? tenths : tenths_.size();
  double sum = 0.0;
  for (std::size_t i = tenths_.size() - count; i < tenths_.size(); ++i) sum += tenths_[i];
  return LufsOf(sum / static_cast<double>(tenths));
}

double LoudnessMeter::IntegratedLufs() const {
  if (tenths_.size() < kBlockTenths) return kSilenceLufs;
  const auto gated_mean = [this](double gate) {
    double sum = 0.0;
    std::size_t count = 0;
    for (std::size_t i = 0; i + kBlockTenths <= tenths_.size(); ++i) {
      const double block = (tenths_[i] + tenths_[i + 1] + tenths_[i + 2] + tenths_[i + 3]) / kBlockTenths;
      if (block <= gate) continue;
      sum += block;
      ++count;
    }
    return count > 0 ? sum / static_cast<double>(count) : 0.0;
  };
  const double absolute = MeanSquareOf(kAbsoluteGateLufs);
  const double above_absolute = gated_mean(absolute);
  if (above_absolute <= 0.0) return kSilenceLufs;
  const double relative = MeanSquareOf(LufsOf(above_absolute) + kRelativeGateLu);
  return LufsOf(gated_mean(relative > absolute ? relative : absolute));
}

double LoudnessMeter::TruePeakDb() const {
  return peak_ > 0.0f ? 20.0 * precise::Log(static_cast<double>(peak_)) / 2.302585092994046 : kSilenceLufs;
}

}  // namespace kinetone::dsp
