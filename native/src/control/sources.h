// The scalar features a mapping row can start from, read out of a feature row. The TypeScript twin is
// src-main/contract/documents/sources.ts; a test compares order, names and ranges. Any thread; no allocation.
#pragma once

#include <array>
#include <cstddef>

#include "vision/feature_row.h"

namespace kinetone::control {

enum class Source : int {
  kMotionMagnitude, kMotionDirectionX, kMotionDirectionY, kMotionCoherence, kMotionRegions, kMotionRegionX, kMotionRegionY,
  kEdgeDensity, kEdgeHorizontal, kEdgeVertical, kEdgeBalance, kEdgeLines, kEdgeGrid, kEdgeTexture, kEdgeRadial,
  kHue, kSaturation, kBrightness, kColorfulness, kContrast,
  kSceneChange,
  kCount
};
inline constexpr std::size_t kSourceCount = static_cast<std::size_t>(Source::kCount);

struct SourceSpec {
  const char* id;
  float min, max;
};

inline constexpr std::array<SourceSpec, kSourceCount> kSources{{
    {"motion.magnitude", 0, 1}, {"motion.direction_x", -1, 1}, {"motion.direction_y", -1, 1}, {"motion.coherence", 0, 1},
    {"motion.regions", 0, 4}, {"motion.region_x", 0, 1}, {"motion.region_y", 0, 1},
    {"edges.density", 0, 1}, {"edges.horizontal", 0, 1}, {"edges.vertical", 0, 1}, {"edges.balance", 0, 1},
    {"edges.lines", 0, 1}, {"edges.grid", 0, 1}, {"edges.texture", 0, 1}, {"edges.radial", 0, 1},
    {"color.hue", 0, 1}, {"color.saturation", 0, 1}, {"color.brightness", 0, 1}, {"color.colorfulness", 0, 1},
    {"color.contrast", 0, 1}, {"scene_change", 0, 1},
}};

// Below this colourfulness a picture has no hue to speak of: the last one stays.
inline constexpr float kHueColorfulness = 0.06f;

class SourceReader {
 public:
  void Reset();
  // Reads one frame; values that are not finite count as 0.
  void Read(const vision::FeatureRow& row);
  float value(Source source) const { return values_[static_cast<std::size_t>(source)]; }
  // False until a coloured frame has been seen; until then rows that start at the hue do not act.
  bool HasHue() const { return has_hue_; }

 private:
  void ReadMotion(const vision::FeatureRow& row);
  void ReadEdges(const vision::FeatureRow& row);
  void ReadColor(const vision::FeatureRow& row);
  void Set(Source source, float value) { values_[static_cast<std::size_t>(source)] = value; }

  std::array<float, kSourceCount> values_{};
  bool has_hue_ = false;
};

}  // namespace kinetone::control
