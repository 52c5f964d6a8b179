// What song analysis keeps of the sound: how much each of four bands rises, a hundred times a second; harmony, timbre and loudness
// ten times a second. Streaming: the sound itself is not kept. Sources: Boeck, Widmer, "Maximum filter vibrato suppression for onset
// detection" (SuperFlux), DAFx 2013; ITU-R BS.1770-4 for the loudness weighting; Fujishima 1999 for the pitch class profile.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "music/band_levels.h"
#include "music/fft_lanes.h"

namespace kinetone::music {

inline constexpr std::size_t kSongRate = 22050;
// Frame i is centred on sample i * kSongHop.
inline constexpr std::size_t kSongHop = 220;
inline constexpr double kFrameRate = static_cast<double>(kSongRate) / kSongHop;
// Slow frame j is centred on frame j * kSlowStep.
inline constexpr std::size_t kSlowStep = 10;
inline constexpr double kSlowRate = kFrameRate / kSlowStep;

// Kick and bass; low voices and chords; melody and snare; hats and consonants. Edges: 130, 500, 2500 Hz.
enum Group : std::size_t { kLow, kLowMid, kMid, kHigh, kGroups };
inline constexpr std::size_t kPitchClasses = 12;
inline constexpr std::size_t kTimbreBands = 8;

struct SongFeatures {
  std::size_t samples = 0;
  // Mean rise of the group's bands against the loudest neighbour two frames before, in log10 of amplitude; never negative.
  std::vector<std::array<float, kGroups>> flux;
  // Of spectral peaks, C first, not normalised.
  std::vector<std::array<float, kPitchClasses>> chroma;
  // Mean log amplitude of a whole octave each, from 43 Hz up.
  std::vector<std::array<float, kTimbreBands>> timbre;
  // Mean square after the K weighting, mono.
  std::vector<float> loudness;

  double seconds() const { return static_cast<double>(samples) / kSongRate; }
};

// Mono at kSongRate in pieces of any length. Cost: about 1/4000 of real time. Memory: 100 kB beside the features, which take 2.6 kB
// per second.
class SongListener {
 public:
  SongListener();
  // Samples that are no number count as 0; beyond +-8 they are clamped.
  void Push(const float* samples, std::size_t count);
  // Takes what was heard; the listener is as new.
  SongFeatures Finish();

 private:
  void Reset();
  void HearFrames(std::size_t frames);
  void Decimate();
  void HearHarmony(std::size_t frames);
  void TakeFrame(std::size_t lane);
  void MakeBands();

  FftLanes fft_, harmony_fft_;
  std::vector<BandSpan> bands_;
  std::vector<Group> groups_;  // of each band
  std::vector<float> weights_, power_, levels_, loudness_weights_, harmony_power_, pitches_;  // pitches: of each bin, MIDI
  std::vector<float> pending_, undecimated_, harmony_pending_, taps_;
  std::vector<float> before_[2];  // levels one and two frames ago
  std::array<float, kTimbreBands> timbre_sum_{};
  std::array<float, kFftLanes> frame_loudness_{};
  double loudness_sum_ = 0;
  std::size_t slow_count_ = 0;
  std::array<std::size_t, kGroups> group_sizes_{};
  SongFeatures features_;
};

}  // namespace kinetone::music
