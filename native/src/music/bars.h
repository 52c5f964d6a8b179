// Where the bars begin and how many beats they have. Sources: Goto, "An audio-based real-time beat tracking system", 2001 (chord
// changes and drum patterns for higher metrical levels); Whiteley et al., "Bayesian modelling of temporal structure", ISMIR 2006
// (a pointer that walks through the bar and seldom jumps).
#pragma once

#include <cstddef>
#include <vector>

#include "music/onset_curves.h"
#include "music/song_features.h"

namespace kinetone::music {

struct Bars {
  // 3: 3/4. 4: 4/4. 6: 6/8, whose beats are dotted quarters, two to a bar. 0: no beats.
  int meter = 0;
  std::size_t beats_per_bar = 0;
  std::vector<std::size_t> downbeats;  // places in the beats, rising
};

// beats: frames. Cost: linear in the beats.
Bars FindBars(const std::vector<double>& beats, const OnsetCurves& curves, const SongFeatures& features);

}  // namespace kinetone::music
