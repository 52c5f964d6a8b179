// Pictures made by formula, so that tests know the truth: continuous textures and shapes sampled at any place and size.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "vision/feature_row.h"
#include "vision/frame_planes.h"

namespace kinetone::vision::testing {

// sRGB, 0..255 each.
struct Rgb {
  float r, g, b;
};

inline Rgb Grey(float value) { return {value, value, value}; }

// A scene gives the colour at (x, y), where one unit is one pixel of the test's own picture; y points down.
using Scene = std::function<Rgb(float x, float y)>;

// Five octaves of value noise from 6 to 96 units, mean 128, about 40 grey values of deviation; infinite in all directions.
float Noise(float x, float y, unsigned seed = 0);
Scene NoiseScene(unsigned seed);

// 1 inside, 0 outside, one unit of slope at the edge.
float Inside(float signed_distance);

// One byte per pixel.
struct GreyPicture {
  int width, height;
  std::vector<std::uint8_t> pixels;
};

// Samples the scene's luma at pixel centres.
GreyPicture RenderGrey(int width, int height, const Scene& scene);
void AddNoise(GreyPicture& picture, float sigma, unsigned seed);

// Planar YUV 4:2:0, full range BT.601, in one block as the decoder delivers it.
struct Frame {
  int width, height;
  std::vector<std::uint8_t> data;

  FramePlanes Planes() const { return FramePlanes::FromContiguous(data.data(), width, height); }
};

// The scene spans `scene_width` units across the picture; each pixel is the mean of samples * samples points.
Frame Render(int width, int height, const Scene& scene, float scene_width, int samples = 1);
Frame Render(int width, int height, const Scene& scene);
Frame Solid(int width, int height, Rgb color);
void AddNoise(Frame& frame, float sigma, unsigned seed);

// Mean over blocks of `factor` x `factor` pixels: what FFmpeg's area scaler does to a larger source.
Frame Shrink(const Frame& frame, int factor);

// "rrggbb" of a colour slot; "" when it is empty.
std::string ColorAt(const FeatureRow& row, std::size_t slot);

}  // namespace kinetone::vision::testing
