// Brightness and colourfulness of a whole picture.
// Source: Hasler and Suesstrunk, "Measuring colourfulness in natural images", Human Vision and Electronic Imaging 2003.
#pragma once

#include "vision/frame_planes.h"

namespace kinetone::vision {

// The metric's value that counts as 1: "extremely colourful" in the paper's scale.
inline constexpr float kExtremelyColorful = 109.0F;

struct ColorStatistics {
  float brightness = 0.0F;    // mean gamma-encoded luma, 0..1
  float colorfulness = 0.0F;  // Hasler-Suesstrunk / 109, capped at 1
};

// Cost: one pass over the three planes.
ColorStatistics MeasureColor(const FramePlanes& frame);

}  // namespace kinetone::vision
