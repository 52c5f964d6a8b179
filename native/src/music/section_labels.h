// Which sections are the same again, and the name each is given.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "music/sections.h"

namespace kinetone::music {

// Of one bar: chroma of length 1, then timbre and loudness as deviations from the song's mean.
inline constexpr std::size_t kBarSound = kPitchClasses + kTimbreBands + 1;
using BarSound = std::array<float, kBarSound>;
// Squared.
double Distance(const BarSound& a, const BarSound& b);

struct HeardSection {
  std::size_t first_bar = 0, end_bar = 0;
  double start = 0, end = 0;
};

// silence: energy below 0.02. intro, outro: the first and last part where they are no louder than the song's middle, or are heard
// once. chorus: the loudest group that comes again (or the loudest section). verse: other groups that come again, and whatever else
// is near the song's mean. break: a part inside much quieter than its neighbours. bridge: a part heard once after the middle. solo:
// such a one as loud as a chorus.
std::vector<Section> LabelSections(const std::vector<HeardSection>& heard, const std::vector<BarSound>& bars, const std::vector<float>& energy);

}  // namespace kinetone::music
