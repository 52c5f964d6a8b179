// Frames of 2048 samples every 512; per group of numbers the mean is taken off where a level is meant, and each group has a fixed
// share of the length.
#include "music/clip_sound.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "music/fft.h"

namespace kinetone::music {
namespace {

constexpr std::size_t kFrame = 2048;
constexpr std::size_t kHop = 512;
constexpr std::size_t kBins = kFrame / 2 + 1;
constexpr std::size_t kBands = 32;
constexpr std::size_t kCepstra = 20;
constexpr std::size_t kPitches = 12;
constexpr std::size_t kTempi = 24;
constexpr float kSilence = 3.2e-4F;  // -70 dBFS
constexpr float kFramesPerSecond = static_cast<float>(kClipSoundRate) / kHop;

constexpr float kMost = 16.0F;      // +24 dBFS; no sound is louder

// Files of floating-point samples may hold anything; what is no number counts as silence.
float Sane(float sample) { return sample >= -kMost && sample <= kMost ? sample : sample > kMost ? kMost : sample < -kMost ? -kMost : 0.0F; }

float Mel(float hz) { return 2595.0F * std::log10(1.0F + hz / 700.0F); }
float HzOfBin(std::size_t bin) { return static_cast<float>(bin) * kClipSoundRate / kFrame; }

// Where each bin belongs: two neighbouring mel bands with weights, and a pitch class.
struct Tables {
  std::array<float, kFrame> window;
  std::array<std::size_t, kBins> band;
  std::array<float, kBins> share;  // of `band`; the rest goes to the next
  std::array<int, kBins> pitch;    // -1 outside 65 Hz .. 2 kHz
  std::array<std::array<float, kBands>, kCepstra> cosines;
};

Tables MakeTables() {
  Tables t;
  for (std::size_t i = 0; i < kFrame; ++i) t.window[i] = 0.5F - 0.5F * std::cos(2.0F * std::numbers::pi_v<float> * static_cast<float>(i) / kFrame);
  const float low = Mel(40.0F), high = Mel(10000.0F);
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    const float hz = HzOfBin(bin);
    const float place = std::clamp((Mel(hz) - low) / (high - low), 0.0F, 1.0F) * (kBands - 1);
    t.band[bin] = std::min<std::size_t>(static_cast<std::size_t>(place), kBands - 2);
    t.share[bin] = hz < 40.0F || hz > 10000.0F ? -1.0F : 1.0F - (place - static_cast<float>(t.band[bin]));
    const bool has_pitch = hz >= 65.0F && hz <= 2000.0F;
    t.pitch[bin] = has_pitch ? ((static_cast<int>(std::lround(12.0F * std::log2(hz / 440.0F))) + 9) % 12 + 12) % 12 : -1;
  }
  for (std::size_t k = 0; k < kCepstra; ++k) {
    for (std::size_t band = 0; band < kBands; ++band) {
      t.cosines[k][band] = std::cos(std::numbers::pi_v<float> * static_cast<float>(k + 1) * (static_cast<float>(band) + 0.5F) / kBands);
    }
  }
  return t;
}

struct Moments {
  double sum = 0, squares = 0;
  void Add(float value) {
    sum += value;
    squares += static_cast<double>(value) * value;
  }
  float Mean(std::size_t count) const { return static_cast<float>(sum / static_cast<double>(count)); }
  float Deviation(std::size_t count) const {
    const double mean = sum / static_cast<double>(count);
    return static_cast<float>(std::sqrt(std::max(0.0, squares / static_cast<double>(count) - mean * mean)));
  }
};

// What is gathered over the frames.
struct Gathered {
  std::array<Moments, kCepstra> cepstra, change;
  std::array<double, kPitches> pitches{};
  Moments level, brightness, flatness, zero_crossings;
  std::vector<float> flux, low_flux;
  std::size_t frames = 0;
};

void Listen(const float* samples, std::size_t count, Gathered& g) {
  static const Tables tables = MakeTables();
  Fft fft(kFrame);
  std::vector<float> frame(kFrame), magnitudes(kBins);
  std::array<float, kBands> before{};
  std::array<float, kCepstra> cepstra_before{};
  for (std::size_t at = 0; at + kFrame <= count; at += kHop) {
    double power = 0;
    std::size_t crossings = 0;
    for (std::size_t i = 0; i < kFrame; ++i) {
      const float sample = Sane(samples[at + i]);
      power += static_cast<double>(sample) * sample;
      if (i > 0 && (sample < 0) != (samples[at + i - 1] < 0)) ++crossings;
      frame[i] = sample * tables.window[i];
    }
    fft.Magnitudes(frame.data(), magnitudes.data());
    std::array<float, kBands> bands{};
    std::array<float, kPitches> pitches{};
    double weighted = 0, total = 1e-12, logs = 0;
    for (std::size_t bin = 1; bin < kBins; ++bin) {
      const float energy = magnitudes[bin] * magnitudes[bin];
      if (tables.pitch[bin] >= 0) pitches[static_cast<std::size_t>(tables.pitch[bin])] += magnitudes[bin];
      if (tables.share[bin] < 0) continue;
      bands[tables.band[bin]] += energy * tables.share[bin];
      bands[tables.band[bin] + 1] += energy * (1.0F - tables.share[bin]);
      weighted += static_cast<double>(energy) * Mel(HzOfBin(bin));
      total += energy;
      logs += std::log(energy + 1e-9F);
    }
    float flux = 0, low_flux = 0;
    for (std::size_t band = 0; band < kBands; ++band) {
      bands[band] = std::log(bands[band] + 1e-4F);
      const float rise = g.frames == 0 ? 0.0F : std::max(0.0F, bands[band] - before[band]);
      flux += rise;
      if (band < 6) low_flux += rise;
    }
    g.flux.push_back(flux);
    g.low_flux.push_back(low_flux);
    for (std::size_t k = 0; k < kCepstra; ++k) {
      float value = 0;
      for (std::size_t band = 0; band < kBands; ++band) value += bands[band] * tables.cosines[k][band];
      value /= kBands;
      g.cepstra[k].Add(value);
      g.change[k].Add(g.frames == 0 ? 0.0F : std::abs(value - cepstra_before[k]));
      cepstra_before[k] = value;
    }
    float most = 1e-9F;
    for (const float pitch : pitches) most = std::max(most, pitch);
    for (std::size_t p = 0; p < kPitches; ++p) g.pitches[p] += pitches[p] / most;
    const float rms = static_cast<float>(std::sqrt(power / kFrame));
    g.level.Add(std::log10(rms + 1e-5F) / 5.0F + 1.0F);
    g.brightness.Add(static_cast<float>(weighted / total / Mel(10000.0F)));
    g.flatness.Add(static_cast<float>(std::exp(logs / (kBins - 1)) / (total / (kBins - 1) + 1e-9)));
    g.zero_crossings.Add(static_cast<float>(crossings) / kFrame);
    before = bands;
    ++g.frames;
  }
}

// How strongly an onset curve repeats at tempi from 60 to 200 beats a minute, logarithmically spaced; 0..1.
void Tempogram(std::vector<float> curve, float* out) {
  double mean = 0;
  for (const float value : curve) mean += value;
  mean /= static_cast<double>(curve.size());
  double energy = 1e-9;
  for (float& value : curve) {
    value -= static_cast<float>(mean);
    energy += static_cast<double>(value) * value;
  }
  for (std::size_t i = 0; i < kTempi; ++i) {
    const float bpm = 60.0F * std::pow(200.0F / 60.0F, static_cast<float>(i) / (kTempi - 1));
    const float lag = 60.0F / bpm * kFramesPerSecond;
    const auto whole = static_cast<std::size_t>(lag);
    const float part = lag - static_cast<float>(whole);
    double sum = 0;
    for (std::size_t at = whole + 1; at < curve.size(); ++at) sum += static_cast<double>(curve[at]) * (curve[at - whole] * (1.0F - part) + curve[at - whole - 1] * part);
    out[i] = static_cast<float>(std::max(0.0, sum / energy));
  }
}

// A group of numbers with a fixed length of its own: its share of the whole.
void Put(std::vector<float> group, float share, float*& out) {
  double squares = 1e-12;
  for (const float value : group) squares += static_cast<double>(value) * value;
  const auto scale = static_cast<float>(std::sqrt(share / squares));
  for (const float value : group) *out++ = value * scale;
}

template <std::size_t kCount>
std::vector<float> Means(const std::array<Moments, kCount>& all, std::size_t count) {
  std::vector<float> values;
  for (const Moments& each : all) values.push_back(each.Mean(count));
  return values;
}

template <std::size_t kCount>
std::vector<float> Deviations(const std::array<Moments, kCount>& all, std::size_t count) {
  std::vector<float> values;
  for (const Moments& each : all) values.push_back(each.Deviation(count));
  return values;
}

}  // namespace

void ClipSound(const float* samples, std::size_t count, float* out) {
  std::fill_n(out, kClipSoundLength, 0.0F);
  double power = 0;
  for (std::size_t i = 0; i < count; ++i) power += static_cast<double>(Sane(samples[i])) * Sane(samples[i]);
  if (count < kClipSoundRate / 4 || !(std::sqrt(power / static_cast<double>(count)) > kSilence)) return;
  Gathered g;
  Listen(samples, count, g);
  if (g.frames == 0) return;
  float* at = out;
  // 20 + 20 + 20: timbre, how much it varies, how fast it changes.
  Put(Means(g.cepstra, g.frames), 0.25F, at);
  Put(Deviations(g.cepstra, g.frames), 0.1F, at);
  Put(Means(g.change, g.frames), 0.1F, at);
  // 12: pitch classes from C, what all have in common taken off.
  std::vector<float> pitches;
  double mean = 0;
  for (const double value : g.pitches) mean += value / kPitches;
  for (const double value : g.pitches) pitches.push_back(static_cast<float>((value - mean) / static_cast<double>(g.frames)));
  Put(pitches, 0.15F, at);
  // 8: level, brightness, noisiness, crossings, each with how much it varies.
  Put({g.level.Mean(g.frames), g.level.Deviation(g.frames), g.brightness.Mean(g.frames), g.brightness.Deviation(g.frames), g.flatness.Mean(g.frames), g.flatness.Deviation(g.frames),
       g.zero_crossings.Mean(g.frames), g.zero_crossings.Deviation(g.frames)},
      0.1F, at);
  // 24 + 24: the pulse of all bands, and of the bass.
  std::array<float, kTempi> pulse{}, bass{};
  Tempogram(g.flux, pulse.data());
  Tempogram(g.low_flux, bass.data());
  Put({pulse.begin(), pulse.end()}, 0.2F, at);
  Put({bass.begin(), bass.end()}, 0.1F, at);
  double squares = 1e-12;
  for (std::size_t i = 0; i < kClipSoundLength; ++i) squares += static_cast<double>(out[i]) * out[i];
  for (std::size_t i = 0; i < kClipSoundLength; ++i) out[i] = static_cast<float>(out[i] / std::sqrt(squares));
}

}  // namespace kinetone::music
