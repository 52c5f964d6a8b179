// Both transforms against the sum written out in double precision.
#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <vector>

#include "music/fft.h"
#include "music/fft_lanes.h"

#include <doctest/doctest.h>

using namespace kinetone;

namespace {

constexpr double kTau = 6.283185307179586;

std::vector<float> Noise(std::size_t count) {
  std::uint32_t seed = 7;
  std::vector<float> samples(count);
  for (float& x : samples) {
    seed = seed * 1664525u + 1013904223u;
    x = static_cast<float>(static_cast<double>(seed >> 8) / (1 << 23) - 1.0);
  }
  return samples;
}

double Magnitude(const float* samples, std::size_t size, std::size_t k, bool has_window) {
  std::complex<double> sum = 0;
  for (std::size_t n = 0; n < size; ++n) {
    const double window = has_window ? 4.0 / static_cast<double>(size) * (0.5 - 0.5 * std::cos(kTau * static_cast<double>(n) / static_cast<double>(size))) : 1;
    sum += window * samples[n] * std::polar(1.0, -kTau * static_cast<double>((n * k) % size) / static_cast<double>(size));
  }
  return std::abs(sum);
}

}  // namespace

TEST_CASE("music fft: magnitudes equal the written-out sum at every size") {
  for (std::size_t size : {4u, 8u, 64u, 512u}) {
    const std::vector<float> samples = Noise(size);
    std::vector<float> magnitudes(size / 2 + 1);
    music::Fft fft(size);
    fft.Magnitudes(samples.data(), magnitudes.data());
    for (std::size_t k = 0; k <= size / 2; ++k) CHECK(magnitudes[k] == doctest::Approx(Magnitude(samples.data(), size, k, false)).epsilon(1e-4));
  }
}

TEST_CASE("music fft: eight frames at once equal the written-out sum, on every instruction set") {
  for (const rt::SimdLevel level : rt::AvailableSimdLevels()) {
    const rt::ScopedSimdLevel scope(level);
    for (std::size_t size : {16u, 32u, 128u, 256u}) {
      const std::size_t hop = size / 4 + 1;
      const std::vector<float> samples = Noise(size + 7 * hop);
      music::FftLanes fft(size);
      std::vector<float> power(fft.bins() * music::kFftLanes);
      fft.Power(samples.data(), hop, power.data());
      double worst = 0;
      for (std::size_t k = 0; k < fft.bins(); ++k) {
        for (std::size_t lane = 0; lane < music::kFftLanes; ++lane) {
          const double expected = Magnitude(samples.data() + lane * hop, size, k, true);
          worst = std::max(worst, std::fabs(std::sqrt(static_cast<double>(power[k * music::kFftLanes + lane])) - expected));
        }
      }
      CHECK(worst < 1e-6);
    }
  }
}

TEST_CASE("music fft: a sine of amplitude 1 on a bin has power 1") {
  constexpr std::size_t kSize = 1024, kHop = 220;
  std::vector<float> samples(kSize + 7 * kHop);
  for (std::size_t n = 0; n < samples.size(); ++n) samples[n] = static_cast<float>(std::sin(kTau * 100 * static_cast<double>(n) / kSize));
  music::FftLanes fft(kSize);
  std::vector<float> power(fft.bins() * music::kFftLanes);
  fft.Power(samples.data(), kHop, power.data());
  for (std::size_t lane = 0; lane < music::kFftLanes; ++lane) CHECK(power[100 * music::kFftLanes + lane] == doctest::Approx(1.0).epsilon(1e-4));
}
