// Colour measured on fields of known colour.
#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <string>

#include "vision/color_histogram.h"
#include "vision/color_statistics.h"
#include "vision/dominant_colors.h"
#include "vision/vision_session.h"
#include "vision_picture.h"

namespace kinetone::vision::testing {
namespace {

constexpr int kWidth = 320;
constexpr int kHeight = 180;

const Rgb kRed{220, 30, 30};
const Rgb kGreen{40, 180, 60};
const Rgb kBlue{30, 60, 200};
const Rgb kYellow{230, 210, 40};
const Rgb kBlack{10, 10, 10};
const Rgb kWhite{240, 240, 240};

float ChannelDistance(const std::string& hex, Rgb expected) {
  const long packed = std::stol(hex, nullptr, 16);
  const auto off = [&](int shift, float channel) { return std::abs(static_cast<float>(packed >> shift & 255) - channel); };
  return std::max({off(16, expected.r), off(8, expected.g), off(0, expected.b)});
}

// Vertical bands; each takes the share that stands beside it.
Scene Bands(std::vector<std::pair<Rgb, float>> bands) {
  return [bands = std::move(bands)](float x, float) {
    float left = 0.0F;
    for (const auto& [color, share] : bands) {
      left += share * kWidth;
      if (x < left) return color;
    }
    return bands.back().first;
  };
}

// Hasler and Suesstrunk's formula, straight from the paper, on the pixels themselves.
double Colorfulness(const std::vector<std::pair<Rgb, double>>& shares) {
  double rg = 0, yb = 0, rg2 = 0, yb2 = 0;
  for (const auto& [c, share] : shares) {
    const double a = c.r - c.g;
    const double b = 0.5 * (c.r + c.g) - c.b;
    rg += share * a;
    yb += share * b;
    rg2 += share * a * a;
    yb2 += share * b * b;
  }
  return (std::sqrt(rg2 - rg * rg + yb2 - yb * yb) + 0.3 * std::sqrt(rg * rg + yb * yb)) / 109.0;
}

}  // namespace

TEST_SUITE_BEGIN("vision color");

TEST_CASE("brightness is the mean luma") {
  CHECK(MeasureColor(Solid(64, 48, Grey(0)).Planes()).brightness == 0.0F);
  CHECK(MeasureColor(Solid(64, 48, Grey(255)).Planes()).brightness == 1.0F);
  CHECK(MeasureColor(Solid(64, 48, Grey(51)).Planes()).brightness == doctest::Approx(0.2));
  const Frame quarter = Render(64, 48, [](float x, float) { return Grey(x < 16 ? 255 : 0); });
  CHECK(MeasureColor(quarter.Planes()).brightness == doctest::Approx(0.25));
}

TEST_CASE("colourfulness is Hasler and Suesstrunk's, computed by hand for pure fields") {
  CHECK(MeasureColor(Solid(64, 48, Grey(140)).Planes()).colorfulness == doctest::Approx(0.0));
  // One colour has no deviation: 0.3 * sqrt(rg^2 + yb^2) / 109; for red rg = 255, yb = 127.5.
  const float red = MeasureColor(Solid(64, 48, {255, 0, 0}).Planes()).colorfulness;
  CHECK(red == doctest::Approx(0.3 * std::hypot(255.0, 127.5) / 109).epsilon(0.01));
  const float blue = MeasureColor(Solid(64, 48, {0, 0, 255}).Planes()).colorfulness;
  CHECK(blue == doctest::Approx(0.3 * 255.0 / 109).epsilon(0.01));
  // Half red, half blue passes the cap.
  const Frame halves = Render(64, 48, [](float x, float) { return x < 32 ? Rgb{255, 0, 0} : Rgb{0, 0, 255}; });
  CHECK(MeasureColor(halves.Planes()).colorfulness == 1.0F);
}

TEST_CASE("colourfulness of mixed fields agrees with the formula on the pixels") {
  const std::vector<std::pair<Rgb, float>> mixes[] = {
      {{{120, 110, 100}, 0.5F}, {{100, 110, 130}, 0.5F}},
      {{{90, 140, 80}, 0.25F}, {{150, 120, 120}, 0.75F}},
      {{{60, 70, 90}, 0.25F}, {{120, 110, 90}, 0.25F}, {{128, 128, 128}, 0.5F}},
  };
  for (const auto& mix : mixes) {
    const double expected = Colorfulness({mix.begin(), mix.end()});
    CAPTURE(expected);
    CHECK(MeasureColor(Render(kWidth, kHeight, Bands(mix)).Planes()).colorfulness == doctest::Approx(expected).epsilon(0.02));
  }
}

TEST_CASE("five fields give five colours with their shares, the largest first") {
  const std::vector<std::pair<Rgb, float>> bands = {
      {kGreen, 0.15F}, {kRed, 0.4F}, {kBlack, 0.1F}, {kBlue, 0.25F}, {kYellow, 0.1F}};
  VisionSession session(kWidth, kHeight);
  FeatureRow row;
  session.Analyze(Render(kWidth, kHeight, Bands(bands)).Planes(), 0.0, row);
  const std::pair<Rgb, float> expected[] = {{kRed, 0.4F}, {kBlue, 0.25F}, {kGreen, 0.15F}};
  float sum = 0.0F;
  for (std::size_t slot = 0; slot < kDominantColors; ++slot) sum += row[kColor + 2 * slot + 1];
  CHECK(sum == doctest::Approx(1.0));
  for (std::size_t slot = 0; slot < 3; ++slot) {
    CAPTURE(slot);
    CHECK(ChannelDistance(ColorAt(row, slot), expected[slot].first) <= 3.0F);
    CHECK(row[kColor + 2 * slot + 1] == doctest::Approx(expected[slot].second).epsilon(0.05));
  }
  CHECK(ColorAt(row, 4) != "");
}

TEST_CASE("one colour, even with noise, fills one slot and leaves the others empty") {
  for (const Rgb color : {Grey(0), Grey(128), Grey(255), kRed, kBlue}) {
    Frame frame = Solid(kWidth, kHeight, color);
    AddNoise(frame, 3.0F, 5);
    VisionSession session(kWidth, kHeight);
    FeatureRow row;
    session.Analyze(frame.Planes(), 0.0, row);
    CHECK(ChannelDistance(ColorAt(row, 0), color) <= 4.0F);
    CHECK(row[kColor + 1] == 1.0F);
    for (std::size_t slot = 1; slot < kDominantColors; ++slot) CHECK(ColorAt(row, slot) == "");
  }
}

TEST_CASE("a colour keeps its slot while its share grows past the others'") {
  VisionSession session(kWidth, kHeight);
  std::map<std::size_t, Rgb> slots;
  for (int i = 0; i <= 40; ++i) {
    const float red = 0.6F - 0.5F * static_cast<float>(i) / 40.0F;
    Frame frame = Render(kWidth, kHeight, Bands({{kRed, red}, {kWhite, 0.3F}, {kBlue, 0.7F - red}}));
    AddNoise(frame, 2.0F, static_cast<unsigned>(i));
    FeatureRow row;
    session.Analyze(frame.Planes(), i / 30.0, row);
    REQUIRE(row[kSceneChange] < 0.5F);
    REQUIRE(ChannelDistance(ColorAt(row, 0), kRed) <= 6.0F);
    REQUIRE(ChannelDistance(ColorAt(row, 1), kWhite) <= 6.0F);
    REQUIRE(ChannelDistance(ColorAt(row, 2), kBlue) <= 6.0F);
    REQUIRE(row[kColor + 1] == doctest::Approx(red).epsilon(0.1));
  }
}

TEST_CASE("after a hard cut the colours are sorted by weight again") {
  VisionSession session(kWidth, kHeight);
  FeatureRow row;
  const auto textured = [](const Scene& bands, unsigned seed) {
    return Scene([=](float x, float y) {
      const Rgb c = bands(x, y);
      const float n = 0.25F * (Noise(x, y, seed) - 128.0F);
      return Rgb{c.r + n, c.g + n, c.b + n};
    });
  };
  const auto before = textured(Bands({{{180, 50, 50}, 0.7F}, {{60, 80, 180}, 0.3F}}), 1);
  const auto after = textured(Bands({{{60, 80, 180}, 0.75F}, {{70, 160, 80}, 0.25F}}), 31);
  for (int i = 0; i < 5; ++i) session.Analyze(Render(kWidth, kHeight, before).Planes(), i / 30.0, row);
  session.Analyze(Render(kWidth, kHeight, after).Planes(), 5 / 30.0, row);
  REQUIRE(row[kSceneChange] >= 0.5F);
  CHECK(ChannelDistance(ColorAt(row, 0), {60, 80, 180}) <= 12.0F);
  for (std::size_t slot = 1; slot < kDominantColors; ++slot) CHECK(row[kColor + 2 * slot + 1] <= row[kColor + 2 * slot - 1]);
}

TEST_CASE("a colour that disappears leaves its slot empty and the others in place; a new one takes the free slot") {
  VisionSession session(kWidth, kHeight);
  FeatureRow row;
  const auto show = [&](const std::vector<std::pair<Rgb, float>>& bands, int frame) {
    session.Analyze(Render(kWidth, kHeight, Bands(bands)).Planes(), frame / 30.0, row);
  };
  show({{kRed, 0.5F}, {kBlue, 0.3F}, {kWhite, 0.2F}}, 0);
  for (int i = 1; i <= 10; ++i) {
    const float blue = 0.3F * (1.0F - 0.1F * static_cast<float>(i));
    show({{kRed, 0.8F - blue}, {kBlue, blue}, {kWhite, 0.2F}}, i);
    REQUIRE(row[kSceneChange] < 0.5F);
  }
  CHECK(ChannelDistance(ColorAt(row, 0), kRed) <= 4.0F);
  CHECK(ColorAt(row, 1) == "");
  CHECK(ChannelDistance(ColorAt(row, 2), kWhite) <= 4.0F);
  for (int i = 1; i <= 10; ++i) {
    const float green = 0.03F * static_cast<float>(i);
    show({{kRed, 0.8F - green}, {kGreen, green}, {kWhite, 0.2F}}, 10 + i);
    REQUIRE(row[kSceneChange] < 0.5F);
  }
  CHECK(ChannelDistance(ColorAt(row, 0), kRed) <= 4.0F);
  CHECK(ChannelDistance(ColorAt(row, 1), kGreen) <= 4.0F);
  CHECK(ChannelDistance(ColorAt(row, 2), kWhite) <= 4.0F);
}

TEST_CASE("packing clips to the gamut and is BT.601 full range") {
  CHECK(PackedSrgb({0, 128, 128}) == 0x000000U);
  CHECK(PackedSrgb({255, 128, 128}) == 0xffffffU);
  CHECK(PackedSrgb({76.245F, 84.972F, 255.0F}) == 0xfe0000U);
  CHECK(PackedSrgb({255, 255, 255}) == 0xff79ffU);
}

TEST_SUITE_END();

}  // namespace kinetone::vision::testing
