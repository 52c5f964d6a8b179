// The vector form of the patch loops against the plain one, on random and on extreme patches.
#include <doctest/doctest.h>

#include <random>
#include <vector>

#include "vision/patch_field.h"
#include "vision/patch_kernel.h"

namespace kinetone::vision::testing {
namespace {

constexpr int kStride = 24;
constexpr int kPixels = kPatchSize * kPatchSize;

struct Patch {
  std::vector<std::uint8_t> luma = std::vector<std::uint8_t>(kStride * 12);
  std::vector<std::int16_t> gx = std::vector<std::int16_t>(kStride * 12);
  std::vector<std::int16_t> gy = std::vector<std::int16_t>(kStride * 12);
};

struct Loaded {
  alignas(16) std::int16_t value[kPixels];
  alignas(16) std::int16_t gx[kPixels];
  alignas(16) std::int16_t gy[kPixels];
};

Patch RandomPatch(std::mt19937& random, bool is_extreme) {
  Patch patch;
  const auto byte = [&] { return static_cast<std::uint8_t>(is_extreme ? (random() % 2) * 255 : random() % 256); };
  const auto slope = [&] {
    const int value = is_extreme ? static_cast<int>(random() % 2) * 510 : static_cast<int>(random() % 511);
    return static_cast<std::int16_t>(value - 255);
  };
  for (auto& value : patch.luma) value = byte();
  for (auto& value : patch.gx) value = slope();
  for (auto& value : patch.gy) value = slope();
  return patch;
}

PatchWeights RandomWeights(std::mt19937& random) {
  const int right = static_cast<int>(random() % (kWeightSum + 1));
  const int bottom = static_cast<int>(random() % (kWeightSum + 1));
  const int both = right * bottom / kWeightSum;
  return {static_cast<std::int16_t>(kWeightSum - right - bottom + both), static_cast<std::int16_t>(right - both),
          static_cast<std::int16_t>(bottom - both), static_cast<std::int16_t>(both)};
}

}  // namespace

TEST_SUITE_BEGIN("vision kernel");

TEST_CASE("the vector loops give the scalar loops' sums, bit for bit") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    const Patch from = RandomPatch(random, round % 3 == 0);
    const Patch to = RandomPatch(random, round % 3 == 0);
    Loaded vector;
    Loaded scalar;
    const auto load = [&](auto function, Loaded& into) {
      return function(from.luma.data() + 3, from.gx.data() + 3, from.gy.data() + 3, kStride, into.value, into.gx, into.gy);
    };
    const TextureSums a = load(LoadPatch, vector);
    const TextureSums b = load(LoadPatchScalar, scalar);
    REQUIRE(a.value == b.value);
    REQUIRE(a.x == b.x);
    REQUIRE(a.y == b.y);
    REQUIRE(a.xx == b.xx);
    REQUIRE(a.xy == b.xy);
    REQUIRE(a.yy == b.yy);
    REQUIRE(std::equal(vector.value, vector.value + kPixels, scalar.value));
    REQUIRE(std::equal(vector.gx, vector.gx + kPixels, scalar.gx));
    REQUIRE(std::equal(vector.gy, vector.gy + kPixels, scalar.gy));

    const PatchWeights weights = RandomWeights(random);
    const PatchSums c = SumPatch(to.luma.data() + 1, kStride, weights, vector.value, vector.gx, vector.gy);
    const PatchSums d = SumPatchScalar(to.luma.data() + 1, kStride, weights, vector.value, vector.gx, vector.gy);
    REQUIRE(c.gx == d.gx);
    REQUIRE(c.gy == d.gy);
    REQUIRE(c.residual == d.residual);
    REQUIRE(c.squares == d.squares);
  }
}

TEST_SUITE_END();

}  // namespace kinetone::vision::testing
