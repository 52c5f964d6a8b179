// Every vector kernel of optical flow against its scalar definition, on each instruction set this processor has.
#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <vector>

#include "rt/dispatch.h"
#include "vision/flow_densify.h"
#include "vision/image_pyramid.h"
#include "vision/patch_field.h"
#include "vision_picture.h"
#include "vision_reference.h"

namespace kinetone::vision::testing {
namespace {

template <typename Check>
void OnEveryLevel(Check check) {
  for (const rt::SimdLevel level : rt::AvailableSimdLevels()) {
    const rt::ScopedSimdLevel scope(level);
    CAPTURE(rt::Name(level));
    check();
  }
}

// A level of two pictures and a field to search.
struct SearchCase {
  Plane<std::uint8_t> from, to;
  PatchField field;
  AffineMotion dominant{1.0F, 0.01F, 0.0F, -0.5F, 0.0F, 0.02F};
  float noise_variance = 0.0F;

  SearchCase(int width, int height, int stride, const Scene& first, const Scene& second) {
    Fill(from, RenderGrey(width, height, first));
    Fill(to, RenderGrey(width, height, second));
    field.Resize(width, height, stride);
  }

  static void Fill(Plane<std::uint8_t>& plane, const GreyPicture& picture) {
    plane.Resize(picture.width, picture.height);
    for (int y = 0; y < picture.height; ++y) {
      std::copy_n(picture.pixels.data() + static_cast<std::ptrdiff_t>(y) * picture.width, picture.width, plane.Row(y));
    }
    plane.ReplicateBorder();
  }

  PatchSearchLevel Level(PatchField& f, bool has_dominant) {
    return {from.Row(0), to.Row(0), from.stride(), from.width(), from.height(), f.columns.count(), f.rows.count(),
            f.columns.origins(), f.rows.origins(), has_dominant, dominant, 3, noise_variance, f.u.data(), f.v.data(), f.hxx.data(),
            f.hxy.data(), f.hyy.data(), f.error.data(), f.trust.data(), f.luma.data()};
  }
};

void CheckSame(const PatchField& a, const PatchField& b) {
  CHECK(a.u == b.u);
  CHECK(a.v == b.v);
  CHECK(a.error == b.error);
  CHECK(a.trust == b.trust);
  CHECK(a.luma == b.luma);
  CHECK(a.hxx == b.hxx);
  CHECK(a.hxy == b.hxy);
  CHECK(a.hyy == b.hyy);
}

SmoothingGrid RandomGrid(int columns, int rows, std::vector<float>& memory) {
  const SmoothingGrid g = MakeSmoothingGrid(columns, rows, memory);
  std::mt19937 random(static_cast<unsigned>(columns * 100 + rows));
  const auto uniform = [&](float most) { return most * static_cast<float>(random() % 10001) / 10000.0F; };
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const std::ptrdiff_t i = g.At(row, column);
      g.match_u[i] = uniform(8.0F) - 4.0F;
      g.match_v[i] = uniform(8.0F) - 4.0F;
      g.u[i] = g.match_u[i] + uniform(1.0F);
      g.v[i] = g.match_v[i] - uniform(1.0F);
      g.luma[i] = uniform(255.0F);
      g.dxx[i] = uniform(10.0F);
      g.dyy[i] = uniform(10.0F);
      g.dxy[i] = (uniform(2.0F) - 1.0F) * 0.9F * std::sqrt(g.dxx[i] * g.dyy[i]);
    }
  }
  return g;
}

}  // namespace

TEST_SUITE_BEGIN("vision kernel");

TEST_CASE("the patch search gives the scalar search's vectors, errors and tensors, bit for bit") {
  const auto still = NoiseScene(3);
  const auto moved = [](float x, float y) { return Grey(Noise(x * 1.01F - 2.3F, y - 1.6F, 3)); };
  const auto checks = [](float x, float y) { return Grey((static_cast<int>(x / 3) + static_cast<int>(y / 2)) % 2 == 0 ? 0.0F : 255.0F); };
  const auto shifted = [&](float x, float y) { return checks(x + 1.0F, y); };
  for (const auto& [width, height, stride] : {std::tuple{100, 60, 4}, {97, 83, 6}, {64, 200, 8}, {5, 40, 4}, {9, 3, 8}, {1, 1, 4}}) {
    for (const auto& [first, second] : {std::pair<Scene, Scene>{still, moved}, {checks, shifted}}) {
      SearchCase test(width, height, stride, first, second);
      CAPTURE(width);
      CAPTURE(height);
      // None, some and all of the picture called noise.
      for (const auto& [has_dominant, noise_variance] : {std::pair{false, 0.0F}, {true, 0.0F}, {true, 100.0F}, {true, 1e6F}}) {
        test.noise_variance = noise_variance;
        PatchField expected = test.field;
        SearchForward(test.Level(expected, has_dominant));
        PatchField expected_after = expected;
        SearchBackward(test.Level(expected_after, has_dominant));
        OnEveryLevel([&] {
          PatchField found = test.field;
          PatchSearch().forward(test.Level(found, has_dominant));
          CheckSame(found, expected);
          PatchSearch().backward(test.Level(found, has_dominant));
          CheckSame(found, expected_after);
        });
      }
    }
  }
}

TEST_CASE("smoothing agrees with the scalar Gauss-Seidel within 1e-4 px after four rounds") {
  for (const auto& [columns, rows] : {std::pair{80, 45}, {1, 1}, {1, 9}, {7, 2}, {8, 8}, {9, 3}, {130, 4}, {300, 2}}) {
    CAPTURE(columns);
    CAPTURE(rows);
    std::vector<float> reference_memory;
    const SmoothingGrid reference = RandomGrid(columns, rows, reference_memory);
    for (int round = 0; round < 4; ++round) {
      CoupleNodes(reference, 0.8F);
      RelaxNodes(reference, 4);
    }
    OnEveryLevel([&] {
      std::vector<float> memory;
      const SmoothingGrid grid = RandomGrid(columns, rows, memory);
      for (int round = 0; round < 4; ++round) {
        FlowSmoothing().couple(grid, 0.8F);
        FlowSmoothing().relax(grid, 4);
      }
      float worst = 0.0F;
      for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
          const std::ptrdiff_t i = grid.At(row, column);
          worst = std::max({worst, std::abs(grid.u[i] - reference.u[i]), std::abs(grid.v[i] - reference.v[i])});
        }
      }
      CHECK(worst < 1e-4F);
    });
  }
}

TEST_CASE("the sums of the dominant motion agree with double precision within 1e-4 of their size") {
  std::mt19937 random(5);
  const auto uniform = [&](float most) { return most * (static_cast<float>(random() % 20001) / 10000.0F - 1.0F); };
  constexpr int kCount = 1000;
  std::vector<float> x(kCount), y(kCount), u(kCount), v(kCount), support(kCount);
  for (std::size_t i = 0; i < kCount; ++i) {
    x[i] = uniform(320.0F);
    y[i] = uniform(180.0F);
    u[i] = 2.0F + uniform(3.0F);
    v[i] = 1.0F + uniform(3.0F);
    support[i] = std::abs(uniform(1.0F));
  }
  const AffineMotion motion{2.0F, 0.001F, 0.0F, 1.0F, 0.0F, 0.001F};
  double expected[12];
  SumSamples(x.data(), y.data(), u.data(), v.data(), support.data(), kCount, motion, 2.0F, expected);
  // What each sum would be if nothing cancelled.
  const double sizes[12] = {1e5, 1e5, 320, 1e5, 320, 1, 2e3, 2e3, 5, 2e3, 2e3, 5};
  OnEveryLevel([&] {
    float sums[12];
    AffineMotionSums().sum(x.data(), y.data(), u.data(), v.data(), support.data(), kCount, motion, 2.0F, sums);
    for (int term = 0; term < 12; ++term) CHECK(std::abs(sums[term] - expected[term]) < 1e-4 * sizes[term] * expected[5]);
  });
}

TEST_CASE("a row of pixels lies on straight lines between the patch centres, for every width") {
  for (int width = 1; width <= 80; ++width) {
    GridAxis axis;
    axis.Resize(width, width % 2 == 0 ? 8 : 6);
    std::vector<float> nodes;
    for (int node = 0; node < axis.count(); ++node) nodes.push_back(std::sin(static_cast<float>(node)) * 5.0F);
    OnEveryLevel([&] {
      std::vector<float> row(static_cast<std::size_t>(width) + 1, 77.0F);
      FlowDensify().row({nodes.data(), axis.origins(), axis.count(), width, 3.0F, 0.25F}, row.data());
      for (int x = 0; x < width; ++x) {
        const GridPosition at = axis.Locate(static_cast<float>(x));
        const float between = nodes[static_cast<std::size_t>(at.index)] +
                              at.t * (nodes[static_cast<std::size_t>(at.next)] - nodes[static_cast<std::size_t>(at.index)]);
        CHECK(row[static_cast<std::size_t>(x)] == doctest::Approx(between + 3.0F + 0.25F * static_cast<float>(x)).epsilon(1e-4));
      }
      CHECK(row.back() == 77.0F);
    });
  }
}

TEST_CASE("a halved row is the rounded mean of four pixels, and nothing beyond it is written") {
  std::mt19937 random(9);
  for (int width = 1; width <= 140; ++width) {
    std::vector<std::uint8_t> above(static_cast<std::size_t>(2 * width)), below(above.size());
    for (auto* row : {&above, &below}) {
      for (auto& value : *row) value = static_cast<std::uint8_t>(random() % 3 == 0 ? 255 : random() % 256);
    }
    OnEveryLevel([&] {
      std::vector<std::uint8_t> out(static_cast<std::size_t>(width) + 1, 99);
      PyramidKernels().halve_row(above.data(), below.data(), width, out.data());
      for (std::size_t x = 0; x < static_cast<std::size_t>(width); ++x) {
        REQUIRE(out[x] == (above[2 * x] + above[2 * x + 1] + below[2 * x] + below[2 * x + 1] + 2) / 4);
      }
      REQUIRE(out.back() == 99);
    });
  }
}

TEST_CASE("the bend of a block is the sum of its squared mixed second differences") {
  std::mt19937 random(4);
  std::vector<std::uint8_t> picture(24 * 24);
  for (auto& value : picture) value = static_cast<std::uint8_t>(random() % 256);
  std::int32_t expected = 0;
  for (int y = 5; y < 13; ++y) {
    for (int x = 7; x < 15; ++x) {
      int second = 0;
      constexpr int kBend[] = {1, -2, 1};
      for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) second += kBend[dy + 1] * kBend[dx + 1] * picture[static_cast<std::size_t>((y + dy) * 24 + x + dx)];
      }
      expected += second * second;
    }
  }
  OnEveryLevel([&] { CHECK(PyramidKernels().bend_energy(picture.data() + 5 * 24 + 7, 24) == expected); });
}

TEST_SUITE_END();

}  // namespace kinetone::vision::testing
