// Song analysis on sound made here: clicks, chords, level steps.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <vector>

#include "music/song_analysis.h"
#include "music/tempo_path.h"

#include <doctest/doctest.h>

using namespace kinetone;

namespace {

constexpr double kTau = 6.283185307179586;

std::vector<float> Silence(double seconds) { return std::vector<float>(static_cast<std::size_t>(seconds * music::kSongRate), 0.0f); }

void AddClick(std::vector<float>& sound, double at, double hz, double level) {
  const auto first = static_cast<std::size_t>(at * music::kSongRate + 0.5);
  for (std::size_t i = 0; i < 800 && first + i < sound.size(); ++i) {
    const double t = static_cast<double>(i) / music::kSongRate;
    sound[first + i] += static_cast<float>(level * std::sin(kTau * hz * t) * std::exp(-t / 0.01));
  }
}

music::SongAnalysis Analyze(const std::vector<float>& sound, std::size_t piece = 50000, const music::Activations& activations = {}) {
  music::SongListener listener;
  for (std::size_t at = 0; at < sound.size(); at += piece) listener.Push(sound.data() + at, std::min(piece, sound.size() - at));
  const std::atomic<bool> is_cancelled{false};
  return music::AnalyzeSong(listener.Finish(), activations, is_cancelled);
}

double WorstMiss(const std::vector<double>& found, const std::vector<double>& truth) {
  double worst = 0;
  for (const double t : truth) {
    double nearest = 1e9;
    for (const double beat : found) nearest = std::min(nearest, std::fabs(beat - t));
    worst = std::max(worst, nearest);
  }
  return worst;
}

}  // namespace

TEST_CASE("music song: clicks at 100 are found at 100, each to 8 ms") {
  std::vector<float> sound = Silence(30);
  std::vector<double> truth;
  for (double t = 0.3; t < 29.9; t += 0.6) {
    AddClick(sound, t, 1000, 0.7);
    truth.push_back(t);
  }
  const music::SongAnalysis song = Analyze(sound);
  CHECK(song.tempo == doctest::Approx(100).epsilon(0.002));
  CHECK(song.beats.size() == truth.size());
  CHECK(WorstMiss(song.beats, truth) < 0.008);
  CHECK_FALSE(song.is_tempo_variable);
}

TEST_CASE("music song: the pieces in which the sound comes make no difference") {
  std::vector<float> sound = Silence(12);
  for (double t = 0.1; t < 11.9; t += 0.5) AddClick(sound, t, 700, 0.5);
  const music::SongAnalysis whole = Analyze(sound, sound.size());
  for (const std::size_t piece : {777u, 16384u}) {
    const music::SongAnalysis pieces = Analyze(sound, piece);
    CHECK(pieces.beats == whole.beats);
    CHECK(pieces.energy == whole.energy);
  }
}

TEST_CASE("music song: a tempo that rises from 100 to 140 is followed and called variable") {
  std::vector<float> sound = Silence(40);
  std::vector<double> truth;
  for (double t = 0.2; t < 39.5; t += 60 / (100 + t)) {
    AddClick(sound, t, 1000, 0.7);
    truth.push_back(t);
  }
  const music::SongAnalysis song = Analyze(sound);
  CHECK(song.is_tempo_variable);
  std::size_t hits = 0;
  for (const double t : truth) hits += WorstMiss(song.beats, {t}) < 0.03 ? 1 : 0;
  CHECK(hits >= truth.size() - 1);
}

TEST_CASE("music song: energy is 1 where it is loudest and falls by a third for 10 dB") {
  std::vector<float> sound = Silence(20);
  for (std::size_t i = 0; i < sound.size(); ++i) {
    const double level = i < sound.size() / 2 ? 0.5 : 0.5 / std::sqrt(10.0);
    sound[i] = static_cast<float>(level * std::sin(kTau * 500 * static_cast<double>(i) / music::kSongRate));
  }
  const music::SongAnalysis song = Analyze(sound);
  REQUIRE(song.energy.size() == 20);
  CHECK(song.energy[5] == doctest::Approx(1.0).epsilon(0.01));
  CHECK(song.energy[15] == doctest::Approx(2.0 / 3).epsilon(0.02));
}

TEST_CASE("music song: chords of C, F and G are in C major, of A minor, D minor and E in A minor") {
  const auto chords = [](const std::vector<std::vector<int>>& progression) {
    std::vector<float> sound = Silence(24);
    for (std::size_t i = 0; i < sound.size(); ++i) {
      const double t = static_cast<double>(i) / music::kSongRate;
      for (const int pitch : progression[static_cast<std::size_t>(t / 2) % progression.size()]) {
        for (int h = 1; h <= 3; ++h) sound[i] += static_cast<float>(0.08 / h * std::sin(kTau * h * 440 * std::pow(2.0, (pitch - 69) / 12.0) * t));
      }
    }
    return Analyze(sound).key;
  };
  const music::SongKey major = chords({{60, 64, 67}, {65, 69, 72}, {67, 71, 74}, {60, 64, 67}}), minor = chords({{57, 60, 64}, {62, 65, 69}, {64, 68, 71}, {57, 60, 64}});
  CHECK(major.tonic == 0);
  CHECK_FALSE(major.is_minor);
  CHECK(minor.tonic == 9);
  CHECK(minor.is_minor);
}

TEST_CASE("music song: silence, nothing and values that are no numbers are answered") {
  for (const std::vector<float>& sound : {Silence(0), Silence(0.01), Silence(1), std::vector<float>(30000, std::nanf("")), std::vector<float>(30000, 1e30f)}) {
    const music::SongAnalysis song = Analyze(sound);
    CHECK(song.tempo == 0);
    CHECK(song.beats.empty());
    CHECK(song.duration == doctest::Approx(static_cast<double>(sound.size()) / music::kSongRate));
    for (const float value : song.energy) CHECK((value >= 0 && value <= 1));
  }
}

TEST_CASE("music song: activations decide where the beats are") {
  // Clicks every quarter second, all alike; the model hears a beat in every second of them.
  std::vector<float> sound = Silence(30);
  for (double t = 0; t < 29.9; t += 0.25) AddClick(sound, t, 1000, 0.5);
  music::Activations activations;
  activations.rate = 50;
  for (int i = 0; i < 1500; ++i) {
    const double t = i / 50.0, phase = std::fmod(t + 0.25, 0.5);
    const float belief = phase < 0.015 || phase > 0.485 ? 0.9f : 0.02f;
    const bool is_down = std::fmod(t + 0.25 + 0.02, 2.0) < 0.06;
    activations.values.push_back(is_down ? 0.05f : belief);
    activations.values.push_back(is_down ? belief : 0.02f);
  }
  const music::SongAnalysis song = Analyze(sound, 50000, activations);
  CHECK(song.tempo == doctest::Approx(120).epsilon(0.01));
  CHECK(WorstMiss(song.beats, {5.25, 10.75, 20.25}) < 0.06);
}

TEST_CASE("music song: sections change where the harmony and the level do, and what comes again has one name") {
  std::vector<float> sound = Silence(96);
  for (double t = 0; t < 95.9; t += 0.5) AddClick(sound, t, 90, 0.5);
  for (std::size_t i = 0; i < sound.size(); ++i) {
    const double t = static_cast<double>(i) / music::kSongRate;
    const bool is_loud = static_cast<int>(t / 24) % 2 == 1;
    for (const int pitch : is_loud ? std::vector<int>{62, 66, 69, 81} : std::vector<int>{60, 63, 67}) {
      sound[i] += static_cast<float>((is_loud ? 0.15 : 0.06) * std::sin(kTau * 440 * std::pow(2.0, (pitch - 69) / 12.0) * t));
    }
  }
  const music::SongAnalysis song = Analyze(sound);
  REQUIRE(song.sections.size() == 4);
  for (std::size_t i = 1; i < 4; ++i) CHECK(std::fabs(song.sections[i].start - 24 * static_cast<double>(i)) < 2.1);
  CHECK(song.sections[1].label == music::SectionLabel::kChorus);
  CHECK(song.sections[1].label == song.sections[3].label);
  CHECK(song.sections[2].energy < song.sections[1].energy);
}

TEST_CASE("music song: the seven moments are in order, and the climax, the bridge and the peak lie where the energy has them") {
  std::vector<float> energy;
  for (int s = 0; s < 200; ++s) energy.push_back(s < 20 ? 0.3f : s < 60 ? 0.5f : s < 84 ? 0.4f : s < 120 ? 0.9f : s < 150 ? 0.35f : s < 186 ? 1.0f : 0.4f);
  std::vector<double> bars;
  for (double t = 0; t < 200; t += 2) bars.push_back(t);
  const std::vector<music::KeyMoment> moments = music::FindKeyMoments(bars, energy);
  REQUIRE(moments.size() == music::kMomentKinds);
  for (std::size_t k = 0; k < moments.size(); ++k) CHECK(moments[k].kind == static_cast<music::MomentKind>(k));
  for (std::size_t k = 1; k < moments.size(); ++k) CHECK(moments[k].time > moments[k - 1].time);
  CHECK(std::fabs(moments[3].time - 84) <= 2);
  CHECK(std::fabs(moments[4].time - 120) <= 2);
  CHECK(std::fabs(moments[5].time - 150) <= 2);
  CHECK(std::fabs(moments[6].time - 186) <= 2);
  CHECK(music::FindKeyMoments({}, energy).empty());
  CHECK(music::FindKeyMoments({3, 5}, energy).size() == 2);
  CHECK(music::FindKeyMoments(bars, std::vector<float>(200, 0.0f)).empty());
}

TEST_CASE("music song: a beat on the first sample is one of the beats") {
  std::vector<float> sound = Silence(20);
  for (double t = 0; t < 19.9; t += 0.5) AddClick(sound, t, 1000, 0.7);
  const music::SongAnalysis song = Analyze(sound);
  REQUIRE(song.beats.size() == 40);
  CHECK(song.beats.front() < 0.01);
}

TEST_CASE("music song: the louder and higher click of four is the downbeat") {
  std::vector<float> sound = Silence(30);
  std::vector<double> accents;
  for (int k = 0; k < 59; ++k) {
    AddClick(sound, 0.2 + 0.5 * k, k % 4 == 0 ? 1500 : 1000, k % 4 == 0 ? 0.8 : 0.4);
    if (k % 4 == 0) accents.push_back(0.2 + 0.5 * k);
  }
  const music::SongAnalysis song = Analyze(sound);
  CHECK(song.meter == 4);
  CHECK(WorstMiss(song.downbeats, accents) < 0.03);
}
