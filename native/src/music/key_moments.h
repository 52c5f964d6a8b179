// The seven moments of a song a choreographer asks for.
#pragma once

#include <cstddef>
#include <vector>

namespace kinetone::music {

// In the order of KEY_MOMENTS in src-main/contract/documents/song-analysis.ts, which is their order in time.
enum class MomentKind { kIntro, kVerse, kBuild, kClimax, kBridge, kPeak, kResolution };
inline constexpr std::size_t kMomentKinds = 7;

struct KeyMoment {
  double time = 0;
  MomentKind kind = MomentKind::kIntro;
  double energy = 0;
};

// places: seconds, rising, of downbeats (of beats where there are no bars). energy: one value per second. The seven places in rising
// order whose worth together is greatest; where fewer than seven are heard, the first kinds. With E(a, b) the mean energy over
// t + a..t + b seconds, rise = E(0, 8) - E(-8, 0), and x the place's share of the way from the first heard to the last (heard: the
// 2 s from it are louder than 0.1), the worth is
// intro       the first heard, always
// verse       rise                              - 2 (x - 0.12)^2
// build       E(8, 16) - E(0, 4)                - 2 (x - 0.35)^2
// climax      E(0, 8) + rise                    - 2 (x - 0.45)^2
// bridge      -E(0, 8) - rise                   - 2 (x - 0.65)^2
// peak        E(0, 8) + rise                    - 2 (x - 0.78)^2
// resolution  -rise                             - 2 (x - 0.94)^2
// Cost: linear.
std::vector<KeyMoment> FindKeyMoments(const std::vector<double>& places, const std::vector<float>& energy);

}  // namespace kinetone::music
