#include "music/song_features.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include "music/fast_log.h"

namespace kinetone::music {
namespace {

constexpr std::size_t kWindow = 1024;
// Harmony is heard in every fourth sample: nothing above 2.1 kHz counts.
constexpr std::size_t kDecimation = 4;
constexpr std::size_t kHarmonyWindow = 2048;  // 372 ms
constexpr std::size_t kHarmonyHop = kSongHop * kSlowStep / kDecimation;
constexpr double kHarmonyRate = static_cast<double>(kSongRate) / kDecimation;
constexpr std::size_t kTaps = 48;
constexpr float kFaintest = 1e-5f;  // of a frame's strongest partial, in power
constexpr double kLowestBandHz = 43.07;
constexpr double kBandsPerOctave = 4;
constexpr std::size_t kBands = 32;
// From 60 Hz to 2.1 kHz.
constexpr std::size_t kLowestPitchBin = 22, kHighestPitchBin = 780;
// Amplitudes of 1/1000 (-60 dB of full scale) and less hardly count.
constexpr float kCompression = 1000;
constexpr float kClamp = 8, kLargest = std::numeric_limits<float>::max();

double BinHz(std::size_t bin) { return static_cast<double>(bin) * kSongRate / static_cast<double>(kWindow); }

Group GroupOf(double hz) {
  if (hz < 130) return kLow;
  if (hz < 500) return kLowMid;
  return hz < 2500 ? kMid : kHigh;
}

// |H|^2 of the two filters of BS.1770 (a shelf of +4 dB from 1.5 kHz, a high pass at 38 Hz), as analogue second-order sections.
double LoudnessWeight(double hz) {
  const double w = hz / 1681.97, v = hz / 38.135;
  const double gain = std::pow(10.0, 3.99984 / 20), middle = std::pow(gain, 0.4996667741545416), q = 0.7071752369554196;
  const double shelf_top = std::pow(1 - gain * w * w, 2) + std::pow(middle * w / q, 2), shelf_bottom = std::pow(1 - w * w, 2) + std::pow(w / q, 2);
  const double pass = std::pow(v, 4) / (std::pow(1 - v * v, 2) + std::pow(v / 0.5003270373238773, 2));
  return shelf_top / shelf_bottom * pass;
}

// Room in front for seven more frames at `hop`, so that eight are complete.
constexpr std::size_t Needed(std::size_t window, std::size_t hop) { return window + (kFftLanes - 1) * hop; }

void Drop(std::vector<float>& samples, std::size_t count) {
  samples.erase(samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(std::min(count, samples.size())));
}

}  // namespace

SongListener::SongListener() : fft_(kWindow), harmony_fft_(kHarmonyWindow) {
  power_.resize(fft_.bins() * kFftLanes);
  harmony_power_.resize(harmony_fft_.bins() * kFftLanes);
  MakeBands();
  levels_.resize(bands_.size() * kFftLanes);
  // A windowed sinc (Hamming), half power at 2.4 kHz, of gain 1.
  double gain = 0;
  for (std::size_t k = 0; k < kTaps; ++k) {
    const double x = static_cast<double>(k) - (kTaps - 1) / 2.0, turn = 3.141592653589793 * x * 2 * 2400 / kSongRate;
    const double tap = std::sin(turn) / turn * (0.54 - 0.46 * std::cos(6.283185307179586 * (static_cast<double>(k) + 0.5) / kTaps));
    taps_.push_back(static_cast<float>(tap));
    gain += tap;
  }
  for (float& tap : taps_) tap = static_cast<float>(static_cast<double>(tap) / gain);
  for (std::size_t bin = 0; bin < kHighestPitchBin; ++bin) pitches_.push_back(static_cast<float>(69 + 12 * std::log2(std::max(1.0, static_cast<double>(bin) * kHarmonyRate / kHarmonyWindow) / 440)));
  Reset();
}

void SongListener::MakeBands() {
  std::vector<double> centres;
  for (std::size_t i = 0; i < kBands + 2; ++i) {
    // Near the bottom a band is one bin: there are no finer ones.
    const double bin = kLowestBandHz * std::pow(2.0, static_cast<double>(i) / kBandsPerOctave) * kWindow / kSongRate;
    centres.push_back(centres.empty() ? bin : std::max(bin, centres.back() + 1));
  }
  for (std::size_t i = 0; i < kBands; ++i) {
    const double low = i == 0 ? centres[0] - 1 : centres[i - 1], middle = centres[i], high = centres[i + 1];
    BandSpan band{static_cast<std::uint32_t>(std::ceil(low)), 0, static_cast<std::uint32_t>(weights_.size())};
    groups_.push_back(GroupOf(middle * kSongRate / kWindow));
    double sum = 0;
    for (std::size_t bin = band.first_bin; static_cast<double>(bin) < high && bin < fft_.bins(); ++bin) {
      ++band.bins;
      const auto at = static_cast<double>(bin);
      const double weight = std::max(0.0, at < middle ? (at - low) / (middle - low) : (high - at) / (high - middle));
      weights_.push_back(static_cast<float>(weight));
      sum += weight;
    }
    for (std::size_t w = band.first_weight; w < weights_.size(); ++w) weights_[w] = static_cast<float>(weights_[w] / sum);
    ++group_sizes_[groups_.back()];
    bands_.push_back(band);
  }
  // A sine of amplitude 1 has power 1 in its bin and half of that together in its neighbours: a mean square of 0.5 is a third.
  for (std::size_t bin = 0; bin < fft_.bins(); ++bin) loudness_weights_.push_back(static_cast<float>(LoudnessWeight(BinHz(bin)) / 3));
}

void SongListener::Reset() {
  features_ = {};
  pending_.assign(kWindow / 2, 0.0f);
  harmony_pending_.assign(kHarmonyWindow / 2, 0.0f);
  undecimated_.assign(kTaps / 2, 0.0f);
  for (std::vector<float>& levels : before_) levels.assign(bands_.size(), 0.0f);
  timbre_sum_.fill(0);
  loudness_sum_ = 0;
  slow_count_ = 0;
}

void SongListener::Push(const float* samples, std::size_t count) {
  constexpr std::size_t kStep = 16384;
  for (std::size_t done = 0; done < count; done += kStep) {
    const std::size_t step = std::min(kStep, count - done);
    const std::size_t at = pending_.size();
    pending_.resize(at + step);
    for (std::size_t i = 0; i < step; ++i) {
      const float x = samples[done + i];
      // False for what is no number, too.
      pending_[at + i] = x > -kClamp && x < kClamp ? x : x >= kClamp && x <= kLargest ? kClamp : x <= -kClamp && x >= -kLargest ? -kClamp : 0.0f;
    }
    undecimated_.insert(undecimated_.end(), pending_.end() - static_cast<std::ptrdiff_t>(step), pending_.end());
    Decimate();
    features_.samples += step;
    HearFrames(SIZE_MAX);
    HearHarmony(SIZE_MAX);
  }
}

SongFeatures SongListener::Finish() {
  const std::size_t frames = (features_.samples + kSongHop - 1) / kSongHop, slow = (frames + kSlowStep - 1) / kSlowStep;
  pending_.resize(pending_.size() + Needed(kWindow, kSongHop), 0.0f);
  undecimated_.resize(undecimated_.size() + kTaps, 0.0f);
  Decimate();
  harmony_pending_.resize(harmony_pending_.size() + Needed(kHarmonyWindow, kHarmonyHop), 0.0f);
  HearFrames(frames);
  HearHarmony(slow);
  // The last slow frame may stand for fewer frames than ten.
  if (slow_count_ > 0) {
    features_.loudness.push_back(static_cast<float>(loudness_sum_ / static_cast<double>(slow_count_)));
    for (float& sum : timbre_sum_) sum /= static_cast<float>(slow_count_);
    features_.timbre.push_back(timbre_sum_);
  }
  features_.chroma.resize(features_.timbre.size());
  SongFeatures heard = std::move(features_);
  Reset();
  return heard;
}

void SongListener::HearFrames(std::size_t frames) {
  std::size_t at = 0;
  for (; pending_.size() - at >= Needed(kWindow, kSongHop) && features_.flux.size() < frames; at += kFftLanes * kSongHop) {
    fft_.Power(pending_.data() + at, kSongHop, power_.data());
    BandLevelsKernels().levels(power_.data(), fft_.bins(), bands_.data(), bands_.size(), weights_.data(), kCompression, loudness_weights_.data(), levels_.data(),
                               frame_loudness_.data());
    for (std::size_t lane = 0; lane < kFftLanes && features_.flux.size() < frames; ++lane) TakeFrame(lane);
  }
  Drop(pending_, at);
}

void SongListener::TakeFrame(std::size_t lane) {
  std::array<float, kGroups> rise{};
  std::vector<float>& two_ago = before_[features_.flux.size() % 2];
  for (std::size_t b = 0; b < bands_.size(); ++b) {
    const float level = levels_[b * kFftLanes + lane];
    const float most = std::max({two_ago[b], b > 0 ? two_ago[b - 1] : 0.0f, b + 1 < bands_.size() ? two_ago[b + 1] : 0.0f});
    rise[groups_[b]] += std::max(0.0f, level - most);
    timbre_sum_[b * kTimbreBands / bands_.size()] += level * kTimbreBands / static_cast<float>(bands_.size());
  }
  for (std::size_t b = 0; b < bands_.size(); ++b) two_ago[b] = levels_[b * kFftLanes + lane];
  for (std::size_t g = 0; g < kGroups; ++g) rise[g] /= static_cast<float>(std::max<std::size_t>(1, group_sizes_[g]));
  features_.flux.push_back(rise);

  loudness_sum_ += static_cast<double>(frame_loudness_[lane]);
  if (++slow_count_ < kSlowStep) return;
  features_.loudness.push_back(static_cast<float>(loudness_sum_ / kSlowStep));
  for (float& sum : timbre_sum_) sum /= kSlowStep;
  features_.timbre.push_back(timbre_sum_);
  timbre_sum_.fill(0);
  loudness_sum_ = 0;
  slow_count_ = 0;
}

void SongListener::Decimate() {
  std::size_t at = 0;
  for (; at + kTaps <= undecimated_.size(); at += kDecimation) {
    std::array<float, 8> sums{};
    for (std::size_t k = 0; k < kTaps; k += 8) {
      for (std::size_t i = 0; i < 8; ++i) sums[i] += taps_[k + i] * undecimated_[at + k + i];
    }
    harmony_pending_.push_back(((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7])));
  }
  Drop(undecimated_, at);
}

void SongListener::HearHarmony(std::size_t frames) {
  std::size_t at = 0;
  for (; harmony_pending_.size() - at >= Needed(kHarmonyWindow, kHarmonyHop) && features_.chroma.size() < frames; at += kFftLanes * kHarmonyHop) {
    harmony_fft_.Power(harmony_pending_.data() + at, kHarmonyHop, harmony_power_.data());
    for (std::size_t lane = 0; lane < kFftLanes && features_.chroma.size() < frames; ++lane) {
      std::array<float, kPitchClasses> chroma{};
      float strongest = 1e-10f;
      for (std::size_t bin = kLowestPitchBin; bin < kHighestPitchBin; ++bin) strongest = std::max(strongest, harmony_power_[bin * kFftLanes + lane]);
      for (std::size_t bin = kLowestPitchBin; bin < kHighestPitchBin; ++bin) {
        const float here = harmony_power_[bin * kFftLanes + lane];
        const float below = harmony_power_[(bin - 1) * kFftLanes + lane], above = harmony_power_[(bin + 1) * kFftLanes + lane];
        if (here <= below || here < above || here < kFaintest * strongest) continue;
        // The top of the parabola through the three log powers is the sine's frequency to a few cents.
        const float l = FastLog2(below + 1e-20f), c = FastLog2(here), r = FastLog2(above + 1e-20f);
        const float shift = std::clamp(0.5f * (l - r) / (l - 2 * c + r - 1e-6f), -0.5f, 0.5f);
        // A step of one bin is 12 / (ln 2 * bin) semitones there.
        const float pitch = pitches_[bin] + shift * 17.3123405f / static_cast<float>(bin), nearest = std::floor(pitch + 0.5f), away = pitch - nearest;
        chroma[static_cast<std::size_t>(nearest) % kPitchClasses] += (1 - 4 * away * away) * std::sqrt(std::sqrt(here));
      }
      features_.chroma.push_back(chroma);
    }
  }
  Drop(harmony_pending_, at);
}

}  // namespace kinetone::music
