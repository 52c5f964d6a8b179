#include "music/metrical_level.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "music/level_weights.h"

namespace kinetone::music {
namespace {

constexpr std::array<double, 11> kLevels = {0.25, 1.0 / 3, 0.5, 2.0 / 3, 0.75, 1, 4.0 / 3, 1.5, 2, 3, 4};
constexpr double kSlowest = 50, kFastest = 222;  // beats per minute
constexpr float kCap = 4;
// Of a model's belief in a hypothesis, beside what the bands say.
constexpr double kModelWeight = 0.6;

using Row = std::vector<float>;

struct Crested {
  std::array<Row, kGroups> group;
  Row beat;
  Row model;  // empty without one
  Row chord;  // how much the harmony changes, at every frame
};

double MedianOf(std::vector<double> values) {
  if (values.empty()) return 0;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

double TempoOf(const std::vector<double>& beats) {
  std::vector<double> gaps;
  for (std::size_t k = 1; k < beats.size(); ++k) gaps.push_back(beats[k] - beats[k - 1]);
  const double gap = MedianOf(std::move(gaps));
  return gap > 0 ? 60 * kFrameRate / gap : 0;
}

// The curve's value a part of a beat after each beat but the last.
Row At(const Row& crests, const std::vector<double>& beats, double part) {
  Row values;
  for (std::size_t k = 0; k + 1 < beats.size(); ++k) {
    const double place = beats[k] + part * (beats[k + 1] - beats[k]);
    const auto t = static_cast<std::ptrdiff_t>(std::lround(place));
    values.push_back(t < 0 || t >= static_cast<std::ptrdiff_t>(crests.size()) ? 0.0f : std::min(kCap, crests[static_cast<std::size_t>(t)]));
  }
  return values;
}

double Mean(const Row& values) {
  double sum = 0;
  for (const float x : values) sum += static_cast<double>(x);
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

// How alike the row is to itself `lag` places later, -1..1.
double SelfCorrelation(const Row& values, std::size_t lag) {
  const double mean = Mean(values);
  double product = 0, variance = 1e-6;
  for (std::size_t k = 0; k < values.size(); ++k) {
    const double x = static_cast<double>(values[k]) - mean;
    variance += x * x;
    if (k + lag < values.size()) product += x * (static_cast<double>(values[k + lag]) - mean);
  }
  return product / variance;
}

// Even minus odd places over their sum, in stretches of 16 so that a turned bar does not cancel it: the parity of `sign` is kept.
double Alternation(const Row& low, const Row& high) {
  constexpr std::size_t kStretch = 16;
  double sum = 0, count = 0;
  for (std::size_t first = 0; first + kStretch <= low.size() || first == 0; first += kStretch) {
    double differences[2] = {0, 0}, totals[2] = {1e-3, 1e-3};
    for (std::size_t k = first; k < std::min(first + kStretch, low.size()); ++k) {
      const double sign = k % 2 == 0 ? 1 : -1;
      differences[0] += sign * static_cast<double>(low[k]), totals[0] += static_cast<double>(low[k]);
      differences[1] += sign * static_cast<double>(high[k]), totals[1] += static_cast<double>(high[k]);
    }
    sum -= differences[0] / totals[0] * (differences[1] / totals[1]);
    ++count;
  }
  return sum / count;
}

// How much the best of `length` places in a bar stands out, in standard deviations of the row.
double BarComb(const Row& row, std::size_t length) {
  std::array<double, 8> sums{}, counts{};
  double mean = 0, variance = 0;
  for (std::size_t k = 0; k < row.size(); ++k) {
    sums[k % length] += static_cast<double>(row[k]);
    ++counts[k % length];
    mean += static_cast<double>(row[k]);
    variance += static_cast<double>(row[k]) * row[k];
  }
  if (row.size() < length) return 0;
  mean /= static_cast<double>(row.size());
  variance = variance / static_cast<double>(row.size()) - mean * mean;
  double most = 0;
  for (std::size_t p = 0; p < length; ++p) most = std::max(most, sums[p] / counts[p] - mean);
  return most / std::sqrt(variance + 0.01);
}

double LogShare(double part, double whole) { return std::log((part + 0.1) / (whole + 0.1)); }

LevelMeasures Measure(const BeatHypothesis& hypothesis, const Crested& crested) {
  LevelMeasures m{};
  std::size_t at = 0;
  const double octaves = std::log2(hypothesis.tempo / 120);
  m[at++] = octaves;
  m[at++] = octaves * octaves;
  m[at++] = std::max(0.0, octaves - 0.5);
  m[at++] = std::max(0.0, -octaves - 0.6);
  std::array<Row, kGroups> on, off;
  for (std::size_t g = 0; g < kGroups; ++g) {
    const Row& crests = crested.group[g];
    on[g] = At(crests, hypothesis.beats, 0);
    off[g] = At(crests, hypothesis.beats, 0.5);
    const double here = Mean(on[g]), half = Mean(off[g]);
    const double first_quarter = Mean(At(crests, hypothesis.beats, 0.25)), last_quarter = Mean(At(crests, hypothesis.beats, 0.75));
    const double first_third = Mean(At(crests, hypothesis.beats, 1.0 / 3)), last_third = Mean(At(crests, hypothesis.beats, 2.0 / 3));
    for (const double mean : {here, half, first_quarter, last_quarter, first_third, last_third}) m[at++] = mean;
    for (const double mean : {half, first_quarter, last_quarter, first_third, last_third}) m[at++] = LogShare(mean, here);
    m[at++] = SelfCorrelation(on[g], 1);
    m[at++] = SelfCorrelation(on[g], 2);
  }
  m[at++] = Mean(At(crested.beat, hypothesis.beats, 0));
  m[at++] = Mean(At(crested.beat, hypothesis.beats, 0.5));
  Row snare(on[kMid].size()), snare_off(on[kMid].size());
  for (std::size_t k = 0; k < snare.size(); ++k) {
    snare[k] = on[kMid][k] + on[kHigh][k];
    snare_off[k] = off[kMid][k] + off[kHigh][k];
  }
  m[at++] = Alternation(on[kLow], snare);
  m[at++] = Alternation(off[kLow], snare_off);
  m[at++] = std::sqrt(std::max(0.0, -Alternation(on[kLow], on[kLow])));
  m[at++] = std::sqrt(std::max(0.0, -Alternation(snare, snare)));
  m[at++] = std::sqrt(std::max(0.0, -Alternation(off[kLow], off[kLow])));
  m[at++] = std::sqrt(std::max(0.0, -Alternation(snare_off, snare_off)));
  // Kick here and snare between the beats: the beats are every second one.
  Row both_low, both_snare;
  for (std::size_t k = 0; k < snare.size(); ++k) {
    both_low.insert(both_low.end(), {on[kLow][k], off[kLow][k]});
    both_snare.insert(both_snare.end(), {snare[k], snare_off[k]});
  }
  m[at++] = Alternation(both_low, both_snare);
  const Row chord = At(crested.chord, hypothesis.beats, 0), chord_off = At(crested.chord, hypothesis.beats, 0.5);
  m[at++] = Mean(chord);
  m[at++] = Mean(chord_off);
  m[at++] = Mean(At(crested.chord, hypothesis.beats, 1.0 / 3));
  m[at++] = Mean(At(crested.chord, hypothesis.beats, 2.0 / 3));
  for (const std::size_t length : {2u, 3u, 4u, 8u}) {
    for (const Row* row : std::initializer_list<const Row*>{&chord, &on[kLow], &snare}) m[at++] = BarComb(*row, length);
  }
  m[at++] = hypothesis.shift == 0 ? 1 : 0;
  m[at++] = hypothesis.shift == 0.5 ? 1 : 0;
  return m;
}

double Dot(const LevelMeasures& weights, const LevelMeasures& measures) {
  double sum = 0;
  for (std::size_t i = 0; i < kLevelMeasures; ++i) sum += weights[i] * measures[i];
  return sum;
}

double Score(const LevelMeasures& measures) {
  double score = Dot(kLevelWeights, measures);
  for (std::size_t u = 0; u < kLevelUnits; ++u) score += kUnitWeights[u] * std::tanh(kUnitOffsets[u] + Dot(kUnits[u], measures));
  return score;
}

// Where else than on the tracked rises the beat may lie: a shuffle's upbeats and an off-beat bass are often the louder ones.
const std::vector<double> kShifts = {0, 0.25, 1.0 / 3, 0.5, 2.0 / 3, 0.75};

std::vector<double> Shifted(const std::vector<double>& beats, double shift) {
  if (shift == 0) return beats;
  std::vector<double> shifted;
  for (std::size_t k = 0; k + 1 < beats.size(); ++k) shifted.push_back((1 - shift) * beats[k] + shift * beats[k + 1]);
  return shifted;
}

// How much more a model believes in the beats than in what lies between them.
double ModelScore(const Row& crests, const std::vector<double>& beats) {
  if (crests.empty()) return 0;
  return kModelWeight * (Mean(At(crests, beats, 0)) - Mean(At(crests, beats, 0.5)));
}

void AddHypotheses(const Row& curve, const TempoPath& path, double level, const std::vector<double>& shifts, const Crested& crested, std::vector<BeatHypothesis>& hypotheses) {
  const std::vector<double> tracked = TrackBeats(curve, path, level);
  if (tracked.size() < 3) return;
  const std::vector<double> beats = SettleBeats(curve, tracked);
  const double tempo = TempoOf(beats);
  for (const double shift : shifts) {
    BeatHypothesis each{level, shift, tempo, Shifted(beats, shift)};
    each.measures = Measure(each, crested);
    each.score = Score(each.measures) + ModelScore(crested.model, each.beats);
    hypotheses.push_back(std::move(each));
  }
}

}  // namespace

std::vector<float> Crests(const std::vector<float>& curve) {
  std::vector<float> crests(curve.size());
  for (std::size_t t = 0; t < curve.size(); ++t) {
    const std::size_t low = t < 2 ? 0 : t - 2, high = std::min(curve.size(), t + 3);
    crests[t] = *std::max_element(curve.begin() + static_cast<std::ptrdiff_t>(low), curve.begin() + static_cast<std::ptrdiff_t>(high));
  }
  return crests;
}

std::vector<BeatHypothesis> WeighLevels(const OnsetCurves& curves, const TempoPath& path) {
  Crested crested;
  crested.chord = curves.chord;
  for (std::size_t g = 0; g < kGroups; ++g) crested.group[g] = Crests(curves.group[g]);
  crested.beat = Crests(curves.beat);
  crested.model = Crests(curves.model_beat);
  std::vector<BeatHypothesis> hypotheses;
  const double pulse = 60 * kFrameRate / path.Median();
  for (const double level : kLevels) {
    if (pulse * level < kSlowest || pulse * level > kFastest) continue;
    AddHypotheses(curves.beat, path, level, kShifts, crested, hypotheses);
    // A model hears beats, not rises: where it says is where they are.
    if (curves.has_model()) AddHypotheses(curves.model_beat, path, level, {0}, crested, hypotheses);
  }
  double most = -1e300, total = 0;
  for (const BeatHypothesis& each : hypotheses) most = std::max(most, each.score);
  for (BeatHypothesis& each : hypotheses) total += each.probability = std::exp(each.score - most);
  for (BeatHypothesis& each : hypotheses) each.probability /= total;
  std::sort(hypotheses.begin(), hypotheses.end(), [](const BeatHypothesis& a, const BeatHypothesis& b) { return a.score > b.score; });
  return hypotheses;
}

}  // namespace kinetone::music
