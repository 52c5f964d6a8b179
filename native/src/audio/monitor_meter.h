// What the studio shows of the sound that left: levels, loudness, a scope and a spectrum. Not on the audio thread: it is
// fed from the monitor queue. Sources: ITU-R BS.1770-4 and EBU Tech 3341 (loudness), Hann window over 2048 samples.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "dsp/mix/loudness.h"
#include "music/fft.h"

namespace kinetone::audio {

class MonitorMeter {
 public:
  static constexpr std::size_t kScopePoints = 256, kBands = 64, kWindow = 2048;

  explicit MonitorMeter(double rate);

  // Interleaved stereo, in order.
  void Push(const float* stereo, std::size_t frames);
  // Linear peak and root mean square per channel since the last call.
  std::array<float, 4> TakeLevels();
  double MomentaryLufs() const { return loudness_.MomentaryLufs(); }
  double ShortTermLufs() const { return loudness_.ShortTermLufs(); }
  double IntegratedLufs() const { return loudness_.IntegratedLufs(); }
  // Begins the integrated loudness anew.
  void ResetLoudness() { loudness_.Init(rate_, 2); }
  // The newest samples of the mono sum from a rising zero crossing on, so that a tone stands still; kScopePoints values.
  void Scope(float* points) const;
  // dBFS per band (a full-scale sine reads 0), bands in equal ratios from 30 Hz to 18 kHz; kBands values, from -100.
  void Spectrum(float* bands);

 private:
  double rate_;
  dsp::LoudnessMeter loudness_;
  music::Fft fft_;
  std::vector<float> window_, recent_, block_, magnitudes_;  // recent_: ring of mono samples
  std::size_t head_ = 0;
  std::array<float, 2> peaks_{};
  std::array<double, 2> squares_{};
  std::size_t frames_ = 0;
};

}  // namespace kinetone::audio
