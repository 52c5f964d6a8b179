// How fast the pulse goes, second by second: a tempogram by autocorrelation and the smoothest strong path through it. Which metrical
// level the path is on does not matter here: metrical_level.h chooses it. Sources: Grosche, Mueller, Kurth, "Cyclic tempogram",
// ICASSP 2010; Davies, Plumbley, "Context-dependent beat tracking", IEEE TASLP 2007 (comb of lags, Viterbi over time).
#pragma once

#include <cstddef>
#include <vector>

#include "music/onset_curves.h"

namespace kinetone::music {

struct TempoPath {
  // Frames per pulse at each second's middle.
  std::vector<double> period;
  // How periodic the sound is there and on the whole, 0..1: the comb's mean correlation.
  std::vector<float> strength;
  double mean_strength = 0;

  // Frames per pulse at a frame, between the seconds.
  double At(double frame) const;
  double Median() const;
};

// Cost: about 1 ms per minute of sound; memory 160 bytes per second.
TempoPath FollowTempo(const OnsetCurves& curves);

}  // namespace kinetone::music
