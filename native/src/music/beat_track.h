// The beats of one metrical level: the sequence that lies best on rises and keeps closest to the tempo path.
// Sources: Ellis, "Beat tracking by dynamic programming", J. New Music Research 2007, with the period of each moment instead of one;
// whole sequences are weighed, so what comes later decides as much as what came before.
#pragma once

#include <cstddef>
#include <vector>

#include "music/onset_curves.h"
#include "music/tempo_path.h"

namespace kinetone::music {

// `level` beats per pulse of the path. Frames, rising. Cost: about 0.3 ms per minute; memory 8 bytes per frame.
std::vector<double> TrackBeats(const std::vector<float>& curve, const TempoPath& path, double level);

// Moves the beats to what they lie on, between the frames, and evens out what the rises jitter: the grid that bends least while it
// stays close to clear rises (a penalised least squares spline; Eilers, "A perfect smoother", Analytical Chemistry 2003).
std::vector<double> SettleBeats(const std::vector<float>& curve, const std::vector<double>& beats);

}  // namespace kinetone::music
