// Brightness and colourfulness of a whole picture.
// Source: Hasler and Suesstrunk, "Measuring colourfulness in natural images", Human Vision and Electronic Imaging 2003.
#pragma once

#include <cstdint>

#include "rt/dispatch.h"
#include "vision/frame_planes.h"

namespace kinetone::vision {

// The metric's value that counts as 1: "extremely colourful" in the paper's scale.
inline constexpr float kExtremelyColorful = 109.0F;

struct ColorStatistics {
  float brightness = 0.0F;    // mean gamma-encoded luma, 0..1
  float colorfulness = 0.0F;  // Hasler-Suesstrunk / 109, capped at 1
};

// Sums over samples and products of samples; u and v around 128.
struct ChromaSums {
  std::int64_t u = 0, v = 0, uu = 0, uv = 0, vv = 0;
};

struct ColorSumKernels {
  // The sum of a row of up to 2^24 bytes.
  std::int64_t (*row)(const std::uint8_t* samples, int width);
  // Adds a row of up to 2^16 samples.
  void (*chroma)(const std::uint8_t* u, const std::uint8_t* v, int width, ChromaSums& sums);
};

KINETONE_DISPATCH(ColorSumKernels, ColorSums)

// Cost: one pass over the three planes.
ColorStatistics MeasureColor(const FramePlanes& frame);

}  // namespace kinetone::vision
