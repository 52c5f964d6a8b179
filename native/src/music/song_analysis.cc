#include "music/song_analysis.h"

#include <algorithm>
#include <cmath>

#include "music/bars.h"
#include "music/metrical_level.h"
#include "music/rhythm_measures.h"
#include "music/tempo_path.h"

namespace kinetone::music {
namespace {

constexpr double kEnergyRangeDb = 30, kInaudibleDb = -70;
// Less periodic than this, a sound has no beat: speech and noise stay below (docs/song.md has the figures).
constexpr double kLeastStrength = 0.125;
constexpr std::size_t kFewestBeats = 4;
constexpr double kJitter = 0.05;
constexpr double kSameTempo = 0.04, kVariableSpread = 0.04;

double Percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return values[at];
}

double Decibels(double mean_square) { return 10 * std::log10(mean_square + 1e-12); }

// First and last second in which something is heard.
struct Audible {
  double from = 0, to = 0;
};

Audible AudibleSpan(const SongFeatures& features) {
  std::vector<double> levels;
  for (const float x : features.loudness) levels.push_back(Decibels(static_cast<double>(x)));
  const double least = std::max(kInaudibleDb, Percentile(levels, 0.95) - 50);
  std::size_t first = 0, end = levels.size();
  while (first < end && levels[first] < least) ++first;
  while (end > first && levels[end - 1] < least) --end;
  return {static_cast<double>(first) / kSlowRate, std::min(features.seconds(), static_cast<double>(end) / kSlowRate)};
}

// Beats in seconds over all that is heard: cut and continued at both ends.
std::vector<double> FitBeats(const std::vector<double>& frames, const Audible& span) {
  std::vector<double> beats;
  for (const double frame : frames) beats.push_back(frame / kFrameRate);
  if (beats.size() < 3) return beats;
  constexpr std::size_t kGaps = 4;
  const std::size_t gaps = std::min(kGaps, beats.size() - 1);
  const double first_gap = (beats[gaps] - beats[0]) / static_cast<double>(gaps), last_gap = (beats.back() - beats[beats.size() - 1 - gaps]) / static_cast<double>(gaps);
  std::vector<double> before;
  for (double t = beats.front() - first_gap; t > span.from - 0.25 * first_gap && t > -kJitter; t -= first_gap) before.push_back(t);
  beats.insert(beats.begin(), before.rbegin(), before.rend());
  for (double t = beats.back() + last_gap; t < span.to - 0.25 * last_gap; t += last_gap) beats.push_back(t);
  std::erase_if(beats, [&](double t) { return t < std::max(-kJitter, span.from - 0.25 * first_gap) || t > span.to; });
  // A beat on the very first sample may be heard a little before it.
  if (!beats.empty()) beats.front() = std::max(0.0, beats.front());
  return beats;
}

TempoRelation RelationOf(double ratio) {
  const auto is_near = [&](double wanted) { return std::fabs(ratio / wanted - 1) < kSameTempo; };
  if (is_near(0.5)) return TempoRelation::kHalf;
  if (is_near(2)) return TempoRelation::kDouble;
  if (is_near(1.0 / 3)) return TempoRelation::kThird;
  return is_near(3) ? TempoRelation::kTriple : TempoRelation::kOther;
}

void TellTempi(const std::vector<BeatHypothesis>& hypotheses, double certainty, SongAnalysis& song) {
  const double chosen = hypotheses.front().tempo;
  // Half and double are always told: they are what a user changes to.
  song.alternatives = {{song.tempo / 2, 0, TempoRelation::kHalf}, {song.tempo * 2, 0, TempoRelation::kDouble}};
  for (const BeatHypothesis& each : hypotheses) {
    const double ratio = each.tempo / chosen, share = certainty * each.probability;
    if (std::fabs(ratio - 1) < kSameTempo) {
      song.tempo_confidence += share;
      continue;
    }
    const auto same = std::find_if(song.alternatives.begin(), song.alternatives.end(), [&](const TempoAlternative& other) { return std::fabs(other.tempo / (song.tempo * ratio) - 1) < kSameTempo; });
    if (same != song.alternatives.end()) same->confidence += share;
    else if (each.probability > 0.005) song.alternatives.push_back({song.tempo * ratio, share, RelationOf(ratio)});
  }
  std::stable_sort(song.alternatives.begin(), song.alternatives.end(), [](const TempoAlternative& a, const TempoAlternative& b) { return a.confidence > b.confidence; });
}

bool IsVariable(const std::vector<double>& beats) {
  // Of four beats each, so that what a settled grid still jitters does not count.
  std::vector<double> lengths;
  for (std::size_t k = 0; k + 4 < beats.size(); k += 2) lengths.push_back(beats[k + 4] - beats[k]);
  if (lengths.size() < 3) return false;
  return Percentile(lengths, 0.95) > (1 + kVariableSpread) * Percentile(lengths, 0.05);
}

double MedianTempo(const std::vector<double>& beats) {
  std::vector<double> gaps;
  for (std::size_t k = 1; k < beats.size(); ++k) gaps.push_back(beats[k] - beats[k - 1]);
  return 60 / Percentile(gaps, 0.5);
}

// Bars where they are known, else stretches of two seconds.
std::vector<double> SectionPlaces(const SongAnalysis& song) {
  if (song.downbeats.size() >= 4) return song.downbeats;
  std::vector<double> places;
  for (double t = 0; t < song.duration; t += 2) places.push_back(t);
  return places;
}

}  // namespace

std::vector<float> EnergyCurve(const SongFeatures& features) {
  const auto seconds = static_cast<std::size_t>(std::ceil(features.seconds()));
  std::vector<double> levels;
  for (std::size_t s = 0; s < seconds; ++s) {
    const auto first = static_cast<std::size_t>(static_cast<double>(s) * kSlowRate), end = std::min(features.loudness.size(), static_cast<std::size_t>(static_cast<double>(s + 1) * kSlowRate));
    double sum = 0;
    for (std::size_t j = first; j < end; ++j) sum += static_cast<double>(features.loudness[j]);
    levels.push_back(Decibels(end > first ? sum / static_cast<double>(end - first) : 0));
  }
  const double loud = Percentile(levels, 0.95);
  std::vector<float> energy;
  for (const double level : levels) {
    const double share = 1 + (level - loud) / kEnergyRangeDb;
    energy.push_back(level < kInaudibleDb ? 0.0f : static_cast<float>(std::clamp(share, 0.0, 1.0)));
  }
  return energy;
}

SongAnalysis AnalyzeSong(SongFeatures features, const Activations& activations, const std::atomic<bool>& is_cancelled) {
  SongAnalysis song;
  song.duration = features.seconds();
  song.energy = EnergyCurve(features);
  song.key = FindKey(features);
  OnsetCurves curves = MakeOnsetCurves(features);
  UseActivations(activations, curves);
  const TempoPath path = FollowTempo(curves);
  if (is_cancelled) return song;
  if (path.mean_strength >= kLeastStrength) {
    const std::vector<BeatHypothesis> hypotheses = WeighLevels(curves, path);
    if (!hypotheses.empty()) song.beats = FitBeats(hypotheses.front().beats, AudibleSpan(features));
    if (song.beats.size() < kFewestBeats) {
      song.beats.clear();
    } else {
      song.tempo = MedianTempo(song.beats);
      song.is_tempo_variable = IsVariable(song.beats);
      song.rhythm_strength = std::clamp(path.mean_strength, 0.0, 1.0);
      TellTempi(hypotheses, std::clamp(path.mean_strength / 0.5, 0.0, 1.0), song);
    }
  }
  if (is_cancelled) return song;
  if (!song.beats.empty()) {
    std::vector<double> frames;
    for (const double t : song.beats) frames.push_back(t * kFrameRate);
    const Bars bars = FindBars(frames, curves, features);
    song.meter = bars.meter;
    for (const std::size_t k : bars.downbeats) song.downbeats.push_back(song.beats[k]);
    song.syncopation = Syncopation(frames, bars, curves);
  }
  if (is_cancelled) return song;
  song.sections = FindSections(SectionPlaces(song), features, song.energy);
  song.moments = FindKeyMoments(song.downbeats.empty() ? song.beats : song.downbeats, song.energy);
  return song;
}

}  // namespace kinetone::music
