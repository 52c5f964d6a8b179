#include "music/onset_curves.h"

#include <algorithm>
#include <cmath>

namespace kinetone::music {
namespace {

constexpr std::size_t kLevelWindow = static_cast<std::size_t>(10 * kFrameRate);
constexpr double kFloorShare = 0.2;
constexpr double kSmoothing = 1.5;
// How much each band says about beats: hats run through, kicks and snares stand on them.
constexpr std::array<float, kGroups> kGroupWeights = {1.0f, 0.8f, 1.0f, 0.8f};

}  // namespace

void LevelCurve(std::vector<float>& curve, std::size_t window, double floor_share) {
  double total = 0;
  for (const float x : curve) total += static_cast<double>(x) * x;
  if (total == 0) return;
  const double floor = floor_share * floor_share * total / static_cast<double>(curve.size());
  const std::size_t half = window / 2;
  std::vector<float> squares(curve.size());
  for (std::size_t t = 0; t < curve.size(); ++t) squares[t] = curve[t] * curve[t];
  double sum = 0;
  for (std::size_t t = 0; t < std::min(half, curve.size()); ++t) sum += static_cast<double>(squares[t]);
  for (std::size_t t = 0; t < curve.size(); ++t) {
    if (t + half < curve.size()) sum += static_cast<double>(squares[t + half]);
    if (t > half) sum -= static_cast<double>(squares[t - half - 1]);
    const std::size_t low = t > half ? t - half : 0, high = std::min(curve.size(), t + half + 1);
    const double mean = std::max(0.0, sum) / static_cast<double>(high - low);
    curve[t] = static_cast<float>(static_cast<double>(curve[t]) / std::sqrt(std::max(mean, floor)));
  }
}

void StandardizeCurve(std::vector<float>& curve) {
  if (curve.empty()) return;
  double sum = 0, squares = 0;
  for (const float x : curve) {
    sum += static_cast<double>(x);
    squares += static_cast<double>(x) * x;
  }
  const double mean = sum / static_cast<double>(curve.size()), variance = squares / static_cast<double>(curve.size()) - mean * mean;
  const double scale = variance > 1e-12 ? 1 / std::sqrt(variance) : 0;
  for (float& x : curve) x = static_cast<float>((static_cast<double>(x) - mean) * scale);
}

void SmoothCurve(std::vector<float>& curve, double sigma) {
  const auto reach = static_cast<std::ptrdiff_t>(std::ceil(3 * sigma));
  std::vector<float> kernel;
  double total = 0;
  for (std::ptrdiff_t i = -reach; i <= reach; ++i) total += std::exp(-0.5 * static_cast<double>(i * i) / (sigma * sigma));
  for (std::ptrdiff_t i = -reach; i <= reach; ++i) kernel.push_back(static_cast<float>(std::exp(-0.5 * static_cast<double>(i * i) / (sigma * sigma)) / total));
  std::vector<float> padded(static_cast<std::size_t>(reach), 0.0f);
  padded.insert(padded.end(), curve.begin(), curve.end());
  padded.resize(padded.size() + static_cast<std::size_t>(reach), 0.0f);
  for (std::size_t t = 0; t < curve.size(); ++t) {
    float sum = 0;
    for (std::size_t i = 0; i < kernel.size(); ++i) sum += kernel[i] * padded[t + i];
    curve[t] = sum;
  }
}

namespace {

// One minus the cosine of the pitch classes on both sides of each slow frame, spread over the frames.
std::vector<float> ChordChanges(const SongFeatures& features, std::size_t frames) {
  constexpr std::size_t kSide = 4;
  const std::size_t slow = features.chroma.size();
  std::vector<float> changes(slow, 0.0f), curve(frames);
  for (std::size_t j = 1; j < slow; ++j) {
    float product = 0, before = 1e-9f, after = 1e-9f;
    for (std::size_t c = 0; c < kPitchClasses; ++c) {
      float low = 0, high = 0;
      for (std::size_t i = 1; i <= kSide; ++i) {
        if (j >= i) low += features.chroma[j - i][c];
        if (j + i < slow) high += features.chroma[j + i][c];
      }
      product += low * high;
      before += low * low;
      after += high * high;
    }
    changes[j] = 1 - product / std::sqrt(before * after);
  }
  double squares = 1e-9;
  for (const float x : changes) squares += static_cast<double>(x) * x / static_cast<double>(std::max<std::size_t>(1, slow));
  const auto scale = static_cast<float>(1 / std::sqrt(squares));
  for (std::size_t t = 0; t < frames; ++t) {
    const std::size_t j = t / kSlowStep, next = std::min(j + 1, slow - 1);
    const float part = static_cast<float>(t % kSlowStep) / kSlowStep;
    curve[t] = scale * ((1 - part) * changes[j] + part * changes[next]);
  }
  return curve;
}

}  // namespace

OnsetCurves MakeOnsetCurves(SongFeatures& features) {
  OnsetCurves curves;
  const std::size_t frames = features.flux.size();
  for (std::size_t g = 0; g < kGroups; ++g) {
    std::vector<float>& curve = curves.group[g];
    curve.resize(frames);
    for (std::size_t t = 0; t < frames; ++t) curve[t] = features.flux[t][g];
    LevelCurve(curve, kLevelWindow, kFloorShare);
  }
  features.flux = {};
  curves.chord = ChordChanges(features, frames);
  curves.beat.assign(frames, 0.0f);
  for (std::size_t g = 0; g < kGroups; ++g) {
    for (std::size_t t = 0; t < frames; ++t) curves.beat[t] += kGroupWeights[g] * curves.group[g][t];
  }
  SmoothCurve(curves.beat, kSmoothing);
  StandardizeCurve(curves.beat);
  return curves;
}

void UseActivations(const Activations& activations, OnsetCurves& curves) {
  const std::size_t count = activations.values.size() / 2;
  if (count == 0) return;
  curves.model_beat.assign(curves.frames(), 0.0f);
  curves.model_downbeat.assign(curves.frames(), 0.0f);
  for (std::size_t t = 0; t < curves.frames(); ++t) {
    const double place = (static_cast<double>(t) / kFrameRate - activations.start) * activations.rate;
    const double low = std::clamp(std::floor(place), 0.0, static_cast<double>(count - 1));
    const auto i = static_cast<std::size_t>(low), j = std::min(i + 1, count - 1);
    const auto part = static_cast<float>(std::clamp(place - low, 0.0, 1.0));
    const float beat = (1 - part) * activations.values[2 * i] + part * activations.values[2 * j];
    const float downbeat = (1 - part) * activations.values[2 * i + 1] + part * activations.values[2 * j + 1];
    curves.model_beat[t] = beat + downbeat;
    curves.model_downbeat[t] = downbeat;
  }
  LevelCurve(curves.model_beat, kLevelWindow, kFloorShare);
  SmoothCurve(curves.model_beat, kSmoothing);
  StandardizeCurve(curves.model_beat);
  SmoothCurve(curves.model_downbeat, kSmoothing);
}

}  // namespace kinetone::music
