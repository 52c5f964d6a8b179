// BeatNet's features against the formula written out, bin by bin, in double precision.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "music/beatnet_features.h"

#include <doctest/doctest.h>

using namespace kinetone;

namespace {

constexpr double kTau = 6.283185307179586;

std::vector<float> Noise(std::size_t count, std::uint32_t seed) {
  std::vector<float> samples(count);
  for (float& x : samples) {
    seed = seed * 1664525u + 1013904223u;
    x = static_cast<float>(static_cast<double>(seed >> 8) / (1 << 23) - 1.0);
  }
  return samples;
}

// Overlapping triangles, some of one bin, as the model's own.
std::vector<float> Filterbank() {
  std::vector<float> bank(music::kBeatNetBands * music::kBeatNetBins, 0.0f);
  for (std::size_t b = 0; b < music::kBeatNetBands; ++b) {
    const double centre = 2 + 690 * std::pow(static_cast<double>(b) / music::kBeatNetBands, 2), width = 1 + 0.1 * centre;
    for (std::size_t k = 0; k < music::kBeatNetBins; ++k) {
      bank[b * music::kBeatNetBins + k] = static_cast<float>(std::max(0.0, 1 - std::fabs(static_cast<double>(k) - centre) / width));
    }
  }
  return bank;
}

std::vector<double> BandsOfFrame(const std::vector<float>& samples, std::size_t frame, const std::vector<float>& bank) {
  const auto window = static_cast<std::ptrdiff_t>(music::kBeatNetWindow);
  std::vector<double> magnitudes(music::kBeatNetBins), levels(music::kBeatNetBands);
  for (std::size_t k = 0; k < music::kBeatNetBins; ++k) {
    double re = 0, im = 0;
    for (std::ptrdiff_t n = 0; n < window; ++n) {
      const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(frame * music::kBeatNetHop) - window / 2 + n;
      if (at < 0 || at >= static_cast<std::ptrdiff_t>(samples.size())) continue;
      const double hann = 0.5 - 0.5 * std::cos(kTau * static_cast<double>(n) / static_cast<double>(window - 1));
      const double angle = kTau * static_cast<double>((static_cast<std::ptrdiff_t>(k) * n) % window) / static_cast<double>(window);
      re += samples[static_cast<std::size_t>(at)] * hann * std::cos(angle);
      im -= samples[static_cast<std::size_t>(at)] * hann * std::sin(angle);
    }
    magnitudes[k] = std::hypot(re, im);
  }
  for (std::size_t b = 0; b < music::kBeatNetBands; ++b) {
    double sum = 0;
    for (std::size_t k = 0; k < music::kBeatNetBins; ++k) sum += magnitudes[k] * bank[b * music::kBeatNetBins + k];
    levels[b] = std::log10(1 + sum);
  }
  return levels;
}

std::vector<float> FeaturesOf(const std::vector<float>& samples, std::size_t piece) {
  const std::vector<float> bank = Filterbank();
  music::BeatNetFeatures features(bank.data());
  std::vector<float> out;
  for (std::size_t at = 0; at < samples.size(); at += piece) features.Push(samples.data() + at, std::min(piece, samples.size() - at), out);
  features.Finish(out);
  return out;
}

}  // namespace

TEST_CASE("music beatnet: features equal the written-out transform within 1e-4, on every instruction set") {
  const std::vector<float> samples = Noise(441 * 4 + 37, 5), bank = Filterbank();
  for (const rt::SimdLevel level : rt::AvailableSimdLevels()) {
    const rt::ScopedSimdLevel scope(level);
    const std::vector<float> out = FeaturesOf(samples, 1000);
    REQUIRE(out.size() == 5 * music::kBeatNetFeatures);
    double worst = 0;
    std::vector<double> before;
    for (std::size_t frame = 0; frame < 5; ++frame) {
      const std::vector<double> levels = BandsOfFrame(samples, frame, bank);
      for (std::size_t b = 0; b < music::kBeatNetBands; ++b) {
        const float* row = out.data() + frame * music::kBeatNetFeatures;
        const double rise = frame == 0 ? 0 : std::max(0.0, levels[b] - before[b]);
        worst = std::max({worst, std::fabs(row[b] - levels[b]), std::fabs(row[music::kBeatNetBands + b] - rise)});
      }
      before = levels;
    }
    CHECK(worst < 1e-4);
  }
}

TEST_CASE("music beatnet: the pieces in which the sound comes make no difference") {
  const std::vector<float> samples = Noise(40000, 9);
  const std::vector<float> whole = FeaturesOf(samples, samples.size());
  CHECK(whole.size() == 91 * music::kBeatNetFeatures);
  CHECK(FeaturesOf(samples, 1) == whole);
  CHECK(FeaturesOf(samples, 441) == whole);
}

TEST_CASE("music beatnet: nothing, one sample and values that are no numbers") {
  CHECK(FeaturesOf({}, 1).empty());
  CHECK(FeaturesOf({0.5f}, 1).size() == music::kBeatNetFeatures);
  const std::vector<float> broken(2000, std::nanf(""));
  for (const float value : FeaturesOf(broken, 2000)) CHECK(value == 0.0f);
}
