// What becomes of a feature row when its picture is not simply played at its own speed.
#pragma once

#include "vision/feature_row.h"

namespace kinetone::audio {

// Motion as it is seen when the film runs at another speed.
inline vision::FeatureRow AtSpeed(vision::FeatureRow row, float speed) {
  row[vision::kMagnitude] *= speed;
  for (std::size_t r = 0; r < vision::kRegions; ++r) row[vision::kRegion + 5 * r + 4] *= speed;
  return row;
}

// The picture stands: nothing moves, nothing is cut.
inline vision::FeatureRow Still(vision::FeatureRow row) {
  row[vision::kMagnitude] = row[vision::kSceneChange] = 0.0f;
  for (std::size_t bin = 0; bin < vision::kDirectionBins; ++bin) row[vision::kDirection + bin] = 0.0f;
  for (std::size_t r = 0; r < vision::kRegions; ++r) row[vision::kRegion + 5 * r + 4] = 0.0f;
  return row;
}

// Nothing has been seen for a while: motion and edges go, colours stay, so that the pads remain. keep: 1 .. 0.
inline vision::FeatureRow Faded(const vision::FeatureRow& last, float keep) {
  vision::FeatureRow row = AtSpeed(last, keep);
  row[vision::kEdgeDensity] *= keep;
  row[vision::kHorizontalEdge] *= keep;
  row[vision::kVerticalEdge] *= keep;
  for (std::size_t p = 0; p < vision::kPatterns; ++p) row[vision::kPattern + 2 * p] *= keep;
  row[vision::kSceneChange] = 0.0f;
  return row;
}

}  // namespace kinetone::audio
