// Optical flow against motion that is known exactly, because both pictures are samples of one formula.
#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <string>

#include "vision/optical_flow.h"
#include "vision_picture.h"

namespace kinetone::vision::testing {
namespace {

constexpr int kWidth = 640;
constexpr int kHeight = 360;

struct Vector {
  float u, v;
};
// Displacement of a point, given from the picture's centre.
using Motion = std::function<Vector(float x, float y)>;

// x' = (I + m) x + t, and its inverse.
struct Affine {
  float m00, m01, m10, m11, tx, ty;

  Vector Forward(float x, float y) const { return {m00 * x + m01 * y + tx, m10 * x + m11 * y + ty}; }
  Vector Back(float x, float y) const {
    const float a = 1 + m00, b = m01, c = m10, d = 1 + m11;
    const float det = a * d - b * c;
    const float px = x - tx, py = y - ty;
    return {(d * px - b * py) / det, (a * py - c * px) / det};
  }
};

Affine Translation(float px, float angle) { return {0, 0, 0, 0, px * std::cos(angle), px * std::sin(angle)}; }

Affine Rotation(float degrees) {
  const float a = degrees * std::numbers::pi_v<float> / 180.0F;
  return {std::cos(a) - 1, -std::sin(a), std::sin(a), std::cos(a) - 1, 0, 0};
}

Affine Zoom(float factor) { return {factor - 1, 0, 0, factor - 1, 0, 0}; }
Affine Shear(float amount) { return {0, amount, 0, 0, 0, 0}; }

// Noise with filled shapes on it, so that there are edges and flat places too.
Rgb ShapesOnNoise(float x, float y) {
  float value = Noise(x, y, 3);
  const auto disc = [&](float cx, float cy, float radius, float grey) {
    const float inside = Inside(std::hypot(x - cx, y - cy) - radius);
    value += inside * (grey - value);
  };
  disc(-180, -60, 50, 40);
  disc(120, 70, 70, 220);
  disc(200, -110, 30, 90);
  disc(-60, 120, 40, 180);
  disc(10, -40, 25, 15);
  return Grey(value);
}

double MeanError(const FlowField& flow, const Motion& truth, const std::function<bool(float, float)>& counts) {
  double sum = 0.0;
  long pixels = 0;
  for (int y = 0; y < flow.height; ++y) {
    for (int x = 0; x < flow.width; ++x) {
      const float px = static_cast<float>(x) - static_cast<float>(flow.width - 1) * 0.5F;
      const float py = static_cast<float>(y) - static_cast<float>(flow.height - 1) * 0.5F;
      if (!counts(px, py)) continue;
      const auto i = static_cast<std::size_t>(y * flow.width + x);
      const Vector t = truth(px, py);
      sum += std::hypot(flow.u[i] - t.u, flow.v[i] - t.v);
      ++pixels;
    }
  }
  return sum / static_cast<double>(pixels);
}

bool Everywhere(float, float) { return true; }

FlowField FlowBetween(const GreyPicture& from, const GreyPicture& to) {
  ImagePyramid first;
  ImagePyramid second;
  first.Build(from.pixels.data(), from.width, from.height);
  second.Build(to.pixels.data(), to.width, to.height);
  OpticalFlow flow;
  FlowField out;
  flow.Compute(first, second, out);
  return out;
}

Scene Centered(const Scene& scene, const std::function<Vector(float, float)>& source) {
  return [=](float x, float y) {
    const Vector p = source(x - (kWidth - 1) * 0.5F, y - (kHeight - 1) * 0.5F);
    return scene(p.u, p.v);
  };
}

double WarpError(const Affine& warp, float noise_sigma) {
  const GreyPicture from = RenderGrey(kWidth, kHeight, Centered(ShapesOnNoise, [](float x, float y) { return Vector{x, y}; }));
  GreyPicture to = RenderGrey(kWidth, kHeight, Centered(ShapesOnNoise, [&](float x, float y) { return warp.Back(x, y); }));
  if (noise_sigma > 0.0F) AddNoise(to, noise_sigma, 5);
  return MeanError(FlowBetween(from, to), [&](float x, float y) { return warp.Forward(x, y); }, Everywhere);
}

}  // namespace

TEST_SUITE_BEGIN("vision flow");

TEST_CASE("the mean endpoint error over 26 exact warps is at most 0.25 px, and at most 0.5 px on each") {
  std::vector<std::pair<std::string, Affine>> rows;
  for (const float px : {1.3F, 3.7F, 7.5F, 15.2F, 30.4F}) {
    rows.push_back({"translate " + std::to_string(px), Translation(px, px)});
  }
  for (const float deg : {1.0F, 3.0F, 8.0F}) rows.push_back({"rotate " + std::to_string(deg), Rotation(deg)});
  for (const float zoom : {1.02F, 1.05F, 1.12F}) rows.push_back({"zoom " + std::to_string(zoom), Zoom(zoom)});
  for (const float shear : {0.02F, 0.08F}) rows.push_back({"shear " + std::to_string(shear), Shear(shear)});
  double sum = 0.0;
  for (const auto& [name, warp] : rows) {
    for (const float sigma : {0.0F, 4.0F}) {
      const double error = WarpError(warp, sigma);
      CAPTURE(name);
      CAPTURE(sigma);
      CHECK(error <= 0.5);
      sum += error;
    }
  }
  const double mean = sum / (2.0 * static_cast<double>(rows.size()));
  MESSAGE("mean endpoint error " << mean << " px");
  CHECK(mean <= 0.25);
}

TEST_CASE("a disc that moves otherwise than its background keeps its own motion") {
  constexpr float kRadius = 45.0F;
  const Vector disc{9.0F, -4.0F};
  const Vector ground{-2.0F, 1.0F};
  const auto scene = [&](float t) {
    return [=](float sx, float sy) {
      const float x = sx - (kWidth - 1) * 0.5F;
      const float y = sy - (kHeight - 1) * 0.5F;
      const float inside = Inside(std::hypot(x - disc.u * t, y - disc.v * t) - kRadius);
      const float front = Noise(x - disc.u * t, y - disc.v * t, 9);
      const float back = Noise(x - ground.u * t, y - ground.v * t, 2);
      return Grey(back + inside * (front - back));
    };
  };
  const FlowField flow = FlowBetween(RenderGrey(kWidth, kHeight, scene(0)), RenderGrey(kWidth, kHeight, scene(1)));
  const auto in_disc = [&](float x, float y) { return std::hypot(x, y) < kRadius - 4.0F; };
  const auto far_out = [&](float x, float y) { return std::hypot(x, y) > kRadius + 16.0F; };
  CHECK(MeanError(flow, [&](float, float) { return disc; }, in_disc) <= 0.5);
  CHECK(MeanError(flow, [&](float, float) { return ground; }, far_out) <= 0.2);
}

TEST_CASE("equal pictures have no flow at all") {
  const GreyPicture picture = RenderGrey(kWidth, kHeight, NoiseScene(4));
  const FlowField flow = FlowBetween(picture, picture);
  CHECK(MeanError(flow, [](float, float) { return Vector{0, 0}; }, Everywhere) < 1e-3);
}

TEST_CASE("camera noise on a still picture gives no motion, with texture and without") {
  const auto still = [](float, float) { return Vector{0, 0}; };
  for (const float sigma : {1.0F, 2.0F, 4.0F}) {
    const Scene grey = [](float, float) { return Grey(120); };
    const Scene dark = [](float, float) { return Grey(16); };
    for (const Scene& scene : {NoiseScene(4), grey, dark}) {
      GreyPicture from = RenderGrey(kWidth, kHeight, scene);
      GreyPicture to = from;
      AddNoise(from, sigma, 11);
      AddNoise(to, sigma, 12);
      CAPTURE(sigma);
      CHECK(MeanError(FlowBetween(from, to), still, Everywhere) < 0.1);
    }
  }
}

TEST_CASE("a change of brightness is no motion") {
  const GreyPicture from = RenderGrey(kWidth, kHeight, NoiseScene(4));
  const GreyPicture to = RenderGrey(kWidth, kHeight, [](float x, float y) { return Grey(Noise(x, y, 4) * 0.9F + 20.0F); });
  CHECK(MeanError(FlowBetween(from, to), [](float, float) { return Vector{0, 0}; }, Everywhere) < 0.2);
}

TEST_CASE("pictures of any size from 1x1 up are accepted and a small shift is found where there is room for it") {
  const std::pair<int, int> sizes[] = {{1, 1},   {2, 2},   {3, 1},   {7, 9},   {8, 8},   {10, 2},
                                       {16, 16}, {17, 33}, {640, 2}, {2, 360}, {101, 57}};
  for (const auto& [width, height] : sizes) {
    CAPTURE(width);
    CAPTURE(height);
    const GreyPicture from = RenderGrey(width, height, NoiseScene(2));
    const GreyPicture to = RenderGrey(width, height, [](float x, float y) { return Grey(Noise(x - 1.0F, y, 2)); });
    const FlowField flow = FlowBetween(from, to);
    CHECK(flow.u.size() == static_cast<std::size_t>(width * height));
    for (const float value : flow.u) CHECK(std::abs(value) <= 64.0F);
    if (width >= 32 && height >= 32) {
      CHECK(MeanError(flow, [](float, float) { return Vector{1, 0}; }, Everywhere) < 0.25);
    }
  }
}

TEST_SUITE_END();

}  // namespace kinetone::vision::testing
