// Two numbers about the rhythm of a song with beats.
#pragma once

#include <vector>

#include "music/bars.h"
#include "music/onset_curves.h"

namespace kinetone::music {

// How off the beat the accents are, 0..1. On a grid of sixteenths (in 6/8 of eighths) each place has
// the metrical weight of Longuet-Higgins and Lee ("The rhythmic interpretation of monophonic music", Music Perception 1984); a note
// followed by a rest on a heavier place is syncopated by the difference. Taken of kick and bass and of melody and snare apart, as
// Witek et al. ("Syncopation, body-movement and pleasure in groove music", PLoS ONE 2014) take streams apart, and averaged: the sum
// of differences per bar over what one syncopation of four levels on every beat would give, and of that the square root, so that the
// middle of the range is used. 0 without beats.
double Syncopation(const std::vector<double>& beats, const Bars& bars, const OnsetCurves& curves);

}  // namespace kinetone::music
