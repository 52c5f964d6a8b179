#include "audio/monitor_meter.h"

#include <algorithm>
#include <cmath>

namespace kinetone::audio {
namespace {

constexpr double kLowHz = 30.0, kHighHz = 18000.0;
constexpr float kFloorDb = -100.0f;
constexpr std::size_t kScopeStride = 4;  // 1024 samples: 21 ms at 48 kHz

}  // namespace

MonitorMeter::MonitorMeter(double rate)
    : rate_(rate), fft_(kWindow), window_(kWindow), recent_(2 * kWindow, 0.0f), block_(kWindow), magnitudes_(kWindow / 2 + 1) {
  loudness_.Init(rate, 2);
  for (std::size_t i = 0; i < kWindow; ++i) {
    window_[i] = static_cast<float>(0.5 - 0.5 * std::cos(6.283185307179586 * static_cast<double>(i) / static_cast<double>(kWindow)));
  }
}

void MonitorMeter::Push(const float* stereo, std::size_t frames) {
  loudness_.Push(stereo, frames);
  for (std::size_t i = 0; i < frames; ++i) {
    for (std::size_t c = 0; c < 2; ++c) {
      const float x = stereo[2 * i + c];
      peaks_[c] = std::max(peaks_[c], std::fabs(x));
      squares_[c] += static_cast<double>(x) * static_cast<double>(x);
    }
    recent_[head_] = 0.5f * (stereo[2 * i] + stereo[2 * i + 1]);
    head_ = (head_ + 1) % recent_.size();
  }
  frames_ += frames;
}

std::array<float, 4> MonitorMeter::TakeLevels() {
  std::array<float, 4> levels{peaks_[0], peaks_[1], 0.0f, 0.0f};
  for (std::size_t c = 0; c < 2 && frames_ > 0; ++c) levels[2 + c] = static_cast<float>(std::sqrt(squares_[c] / static_cast<double>(frames_)));
  peaks_ = {};
  squares_ = {};
  frames_ = 0;
  return levels;
}

void MonitorMeter::Scope(float* points) const {
  const std::size_t length = recent_.size(), shown = kScopePoints * kScopeStride;
  const auto at = [&](std::size_t i) { return recent_[(head_ + i) % length]; };
  std::size_t start = length - shown;
  for (std::size_t i = length - shown; i > 1; --i) {
    if (at(i - 1) <= 0.0f && at(i) > 0.0f) {
      start = i;
      break;
    }
  }
  for (std::size_t p = 0; p < kScopePoints; ++p) points[p] = at(start + p * kScopeStride);
}

void MonitorMeter::Spectrum(float* bands) {
  for (std::size_t i = 0; i < kWindow; ++i) block_[i] = window_[i] * recent_[(head_ + recent_.size() - kWindow + i) % recent_.size()];
  fft_.Magnitudes(block_.data(), magnitudes_.data());
  const double ratio = std::pow(kHighHz / kLowHz, 1.0 / static_cast<double>(kBands));
  const double bin_hz = rate_ / static_cast<double>(kWindow);
  for (std::size_t band = 0; band < kBands; ++band) {
    const double low = kLowHz * std::pow(ratio, static_cast<double>(band)), high = low * ratio;
    const auto last_bin = magnitudes_.size() - 1;
    const std::size_t first = std::min(last_bin, static_cast<std::size_t>(low / bin_hz + 0.5));
    const std::size_t last = std::min(last_bin, std::max(first, static_cast<std::size_t>(high / bin_hz)));
    const float most = *std::max_element(magnitudes_.begin() + static_cast<std::ptrdiff_t>(first), magnitudes_.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    // The window's mean is a half: a full-scale sine reads 1 here.
    const float level = most * 4.0f / static_cast<float>(kWindow);
    bands[band] = std::max(kFloorDb, 20.0f * std::log10(level + 1.0e-9f));
  }
}

}  // namespace kinetone::audio
