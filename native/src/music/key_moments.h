// The seven moments of a song a choreographer asks for.
#pragma once

#include <cstddef>
#include <vector>

namespace kinetone::music {

// In the order of KEY_MOMENTS in src-main/contract/documents/song-analysis.ts.
enum class MomentKind { kStart, kBuild, kDrop, kClimax, kBreak, kReturn, kEnd };

struct KeyMoment {
  double time = 0;
  MomentKind kind = MomentKind::kStart;
  double energy = 0;
};

// places: seconds, rising, of downbeats (of beats where there are no bars). energy: one value per second. E(a, b) is the energy's mean
// over a..b seconds:
// start   the first place from which 2 s are louder than 0.1
// drop    where E(t, t + 8) - E(t - 8, t) is greatest, if at least 0.06
// build   the quietest place (E over 4 s) of the 32 s before the drop, from which it rises
// climax  where E(t, t + 8) is greatest
// break   where E(t - 8, t) - E(t, t + 8) is greatest, if at least 0.06, at least 8 s before the end
// return  after the break, where E(t, t + 8) - E(t - 8, t) is greatest, if at least 0.04
// end     the last place at which 1 s is louder than 0.1
// No place is taken twice; what finds its place taken is left out, in the order start, end, drop, climax, break, return, build.
// By time. Cost: linear.
std::vector<KeyMoment> FindKeyMoments(const std::vector<double>& places, const std::vector<float>& energy);

}  // namespace kinetone::music
