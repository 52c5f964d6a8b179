// Value noise, sampling and colour conversion for tests.
#include "vision_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <random>

namespace kinetone::vision::testing {
namespace {

constexpr int kLattice = 256;

const std::vector<float>& Lattice() {
  static const std::vector<float> values = [] {
    std::mt19937 random(20260611);
    std::vector<float> all(kLattice * kLattice);
    for (float& value : all) value = static_cast<float>(random() % 20001) / 10000.0F - 1.0F;
    return all;
  }();
  return values;
}

float At(int x, int y) { return Lattice()[static_cast<std::size_t>((y & (kLattice - 1)) * kLattice + (x & (kLattice - 1)))]; }

float Fade(float t) { return t * t * t * (t * (t * 6.0F - 15.0F) + 10.0F); }

float Octave(float x, float y) {
  // Truncation of shifted, positive numbers: much faster than std::floor before SSE4.1.
  constexpr int kShift = 1 << 12;
  const int ix = static_cast<int>(x + kShift) - kShift;
  const int iy = static_cast<int>(y + kShift) - kShift;
  const float tx = Fade(x - static_cast<float>(ix));
  const float ty = Fade(y - static_cast<float>(iy));
  const float top = At(ix, iy) + tx * (At(ix + 1, iy) - At(ix, iy));
  const float bottom = At(ix, iy + 1) + tx * (At(ix + 1, iy + 1) - At(ix, iy + 1));
  return top + ty * (bottom - top);
}

std::uint8_t Byte(float value) { return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0F, 255.0F))); }

float Luma(const Rgb& c) { return 0.299F * c.r + 0.587F * c.g + 0.114F * c.b; }

}  // namespace

float Noise(float x, float y, unsigned seed) {
  const float shift = static_cast<float>(seed % 97) * 13.37F;
  float sum = 128.0F;
  float amplitude = 18.0F;
  for (float cell = 6.0F; cell < 100.0F; cell *= 2.0F, amplitude *= 1.25F) {
    sum += amplitude * Octave(x / cell + shift, y / cell - shift);
  }
  return sum;
}

Scene NoiseScene(unsigned seed) {
  return [seed](float x, float y) { return Grey(Noise(x, y, seed)); };
}

float Inside(float signed_distance) { return std::clamp(0.5F - signed_distance, 0.0F, 1.0F); }

GreyPicture RenderGrey(int width, int height, const Scene& scene) {
  GreyPicture out{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) out.pixels.push_back(Byte(Luma(scene(static_cast<float>(x), static_cast<float>(y)))));
  }
  return out;
}

static void AddNoise(std::uint8_t* data, std::size_t count, float sigma, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0.0F, sigma);
  for (std::size_t i = 0; i < count; ++i) data[i] = Byte(static_cast<float>(data[i]) + normal(random));
}

void AddNoise(GreyPicture& picture, float sigma, unsigned seed) {
  AddNoise(picture.pixels.data(), picture.pixels.size(), sigma, seed);
}

void AddNoise(Frame& frame, float sigma, unsigned seed) {
  AddNoise(frame.data.data(), static_cast<std::size_t>(frame.width * frame.height), sigma, seed);
}

Frame Render(int width, int height, const Scene& scene, float scene_width, int samples) {
  const auto luma = static_cast<std::size_t>(width * height);
  Frame out{width, height, std::vector<std::uint8_t>(luma + luma / 2)};
  const float unit = scene_width / static_cast<float>(width);
  std::vector<Rgb> row_sum(static_cast<std::size_t>(width / 2));
  for (int y = 0; y < height; ++y) {
    if (y % 2 == 0) std::fill(row_sum.begin(), row_sum.end(), Grey(0.0F));
    for (int x = 0; x < width; ++x) {
      Rgb sum = Grey(0.0F);
      for (int s = 0; s < samples * samples; ++s) {
        const float offset_x = (static_cast<float>(s % samples) + 0.5F) / static_cast<float>(samples);
        const float offset_y = (static_cast<float>(s / samples) + 0.5F) / static_cast<float>(samples);
        const Rgb c = scene((static_cast<float>(x) + offset_x) * unit - 0.5F, (static_cast<float>(y) + offset_y) * unit - 0.5F);
        sum = {sum.r + c.r, sum.g + c.g, sum.b + c.b};
      }
      const float one = 1.0F / static_cast<float>(samples * samples);
      const Rgb color{sum.r * one, sum.g * one, sum.b * one};
      out.data[static_cast<std::size_t>(y * width + x)] = Byte(Luma(color));
      Rgb& block = row_sum[static_cast<std::size_t>(x / 2)];
      block = {block.r + 0.25F * color.r, block.g + 0.25F * color.g, block.b + 0.25F * color.b};
      if (y % 2 == 1 && x % 2 == 1) {
        const auto chroma = luma + static_cast<std::size_t>(y / 2 * (width / 2) + x / 2);
        out.data[chroma] = Byte(128.0F - 0.168736F * block.r - 0.331264F * block.g + 0.5F * block.b);
        out.data[chroma + luma / 4] = Byte(128.0F + 0.5F * block.r - 0.418688F * block.g - 0.081312F * block.b);
      }
    }
  }
  return out;
}

Frame Render(int width, int height, const Scene& scene) { return Render(width, height, scene, static_cast<float>(width)); }

Frame Solid(int width, int height, Rgb color) {
  return Render(width, height, [color](float, float) { return color; });
}

static void ShrinkPlane(const std::uint8_t* in, int width, int height, int factor, std::uint8_t* out) {
  for (int y = 0; y < height / factor; ++y) {
    for (int x = 0; x < width / factor; ++x) {
      int sum = 0;
      for (int i = 0; i < factor * factor; ++i) sum += in[(y * factor + i / factor) * width + x * factor + i % factor];
      *out++ = static_cast<std::uint8_t>((sum + factor * factor / 2) / (factor * factor));
    }
  }
}

Frame Shrink(const Frame& frame, int factor) {
  Frame out{frame.width / factor, frame.height / factor, {}};
  const auto luma = static_cast<std::size_t>(out.width * out.height);
  out.data.resize(luma + luma / 2);
  const FramePlanes planes = frame.Planes();
  ShrinkPlane(planes.y, frame.width, frame.height, factor, out.data.data());
  ShrinkPlane(planes.u, frame.width / 2, frame.height / 2, factor, out.data.data() + luma);
  ShrinkPlane(planes.v, frame.width / 2, frame.height / 2, factor, out.data.data() + luma + luma / 4);
  return out;
}

std::string ColorAt(const FeatureRow& row, std::size_t slot) {
  if (row[kColor + 2 * slot + 1] <= 0.0F) return "";
  char text[8];
  std::snprintf(text, sizeof text, "%06x", static_cast<unsigned>(row[kColor + 2 * slot]));
  return text;
}

}  // namespace kinetone::vision::testing
