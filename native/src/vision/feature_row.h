// One analysed frame as a row of floats: the only place in C++ that knows the column order.
// The TypeScript twin is src-main/contract/feature-layout.ts; a test compares the two.
#pragma once

#include <array>
#include <cstddef>

namespace kinetone::vision {

inline constexpr std::size_t kDirectionBins = 8;
inline constexpr std::size_t kRegions = 4;
inline constexpr std::size_t kDominantColors = 5;
inline constexpr std::size_t kPatterns = 4;  // lines, grid, texture, radial

// Column offsets. A slot whose magnitude, weight or strength is 0 is absent.
inline constexpr std::size_t kMagnitude = 0;                                     // fraction of the diagonal per second
inline constexpr std::size_t kDirection = 1;                                     // kDirectionBins, sums to 1 or all 0
inline constexpr std::size_t kRegion = kDirection + kDirectionBins;              // kRegions x {x, y, w, h, magnitude}
inline constexpr std::size_t kColor = kRegion + kRegions * 5;                    // kDominantColors x {0xRRGGBB, weight}
inline constexpr std::size_t kColorfulness = kColor + kDominantColors * 2;       // 0..1
inline constexpr std::size_t kBrightness = kColorfulness + 1;                    // 0..1
inline constexpr std::size_t kEdgeDensity = kBrightness + 1;                     // 0..1
inline constexpr std::size_t kHorizontalEdge = kEdgeDensity + 1;                 // 0..1
inline constexpr std::size_t kVerticalEdge = kHorizontalEdge + 1;                // 0..1
inline constexpr std::size_t kPattern = kVerticalEdge + 1;                       // kPatterns x {strength, angle_deg}
inline constexpr std::size_t kSceneChange = kPattern + kPatterns * 2;            // 0..1
inline constexpr std::size_t kColumns = kSceneChange + 1;
static_assert(kColumns == 53);

using FeatureRow = std::array<float, kColumns>;

}  // namespace kinetone::vision
