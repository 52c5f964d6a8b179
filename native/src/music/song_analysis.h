// What the ear knows of one song. Fields as in src-main/contract/documents/song-analysis.ts; docs/song.md defines each.
#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

#include "music/key_moments.h"
#include "music/onset_curves.h"
#include "music/sections.h"
#include "music/song_features.h"
#include "music/song_key.h"

namespace kinetone::music {

enum class TempoRelation { kHalf, kDouble, kThird, kTriple, kOther };

struct TempoAlternative {
  double tempo = 0, confidence = 0;
  TempoRelation relation = TempoRelation::kOther;
};

struct SongAnalysis {
  double duration = 0;
  double tempo = 0;  // 0 where there is no beat
  double tempo_confidence = 0;
  std::vector<TempoAlternative> alternatives;
  bool is_tempo_variable = false;
  std::vector<double> beats;      // seconds
  std::vector<double> downbeats;  // seconds, each one of the beats
  int meter = 0;                  // Bars::meter
  std::vector<Section> sections;
  std::vector<float> energy;
  double rhythm_strength = 0, syncopation = 0;
  SongKey key;
  std::vector<KeyMoment> moments;
};

// The energy curve: of each second, loudness (mean square after the K weighting of BS.1770) relative to the song's own: 1 at the 95th
// percentile of its seconds, 0 from 30 dB below that, linear in decibels between; 0 where it is below -70 dB of full scale.
std::vector<float> EnergyCurve(const SongFeatures& features);

// is_cancelled: looked at between the steps; what is returned then is incomplete. Cost: about 1/8000 of real time after listening.
// Memory: 120 bytes per frame, most of it given back step by step.
SongAnalysis AnalyzeSong(SongFeatures features, const Activations& activations, const std::atomic<bool>& is_cancelled);

}  // namespace kinetone::music
