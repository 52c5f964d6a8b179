// Pictures of any size and content through everything that takes sizes from JavaScript, on every instruction set: nothing may
// read or write outside its memory (the sanitized build sees it) and every number stays finite. Two seconds, or
// KINETONE_SOAK_S of them; the seeds are fixed.
#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <random>
#include <vector>

#include "rt/dispatch.h"
#include "vision/flow_grid.h"
#include "vision/optical_flow.h"
#include "vision/picture_color.h"
#include "vision/vision_session.h"

namespace kinetone::vision::testing {
namespace {

double SecondsToRun() {
  const char* given = std::getenv("KINETONE_SOAK_S");
  return given == nullptr ? 2.0 : std::atof(given);
}

class Luck {
 public:
  explicit Luck(unsigned seed) : engine_(seed) {}
  // low..high, inclusive.
  int Whole(int low, int high) { return low + static_cast<int>(engine_() % static_cast<unsigned>(high - low + 1)); }
  // Mostly small, sometimes a strip.
  int Side() { return Whole(0, 9) == 0 ? Whole(1, 700) : Whole(1, 70); }

  // Noise, two tones, one tone with a few wild pixels, or stripes.
  void Fill(std::vector<std::uint8_t>& bytes) {
    const int kind = Whole(0, 3);
    const int period = Whole(1, 40);
    const int tone = Whole(0, 255);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      int value = tone;
      if (kind == 0) value = Whole(0, 255);
      if (kind == 1) value = Whole(0, 1) * 255;
      if (kind == 2 && Whole(0, 50) == 0) value = Whole(0, 255);
      if (kind == 3) value = static_cast<int>(i) / period % 2 == 0 ? tone : 255 - tone;
      bytes[i] = static_cast<std::uint8_t>(value);
    }
  }

 private:
  std::mt19937 engine_;
};

template <typename Round>
void UntilTimeIsUp(Round round) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(SecondsToRun() / 2);
  const auto levels = rt::AvailableSimdLevels();
  for (unsigned seed = 1; std::chrono::steady_clock::now() < end; ++seed) {
    const rt::ScopedSimdLevel level(levels[seed % levels.size()]);
    CAPTURE(seed);
    Luck luck(seed);
    round(luck);
  }
}

bool AllFinite(const float* values, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    if (!std::isfinite(values[i])) return false;
  }
  return true;
}

}  // namespace

TEST_SUITE_BEGIN("vision fuzz");

TEST_CASE("the flow of any two pictures of one size is finite") {
  UntilTimeIsUp([](Luck& luck) {
    const int width = luck.Side();
    const int height = luck.Side();
    std::vector<std::uint8_t> from(static_cast<std::size_t>(width * height)), to(from.size());
    luck.Fill(from);
    luck.Fill(to);
    const auto flow = std::make_unique<float[]>(2 * from.size());
    ComputeOpticalFlow(from.data(), to.data(), width, height, flow.get());
    REQUIRE(AllFinite(flow.get(), 2 * from.size()));
  });
}

TEST_CASE("any frames at any times give finite features within their ranges, and overlays of any size") {
  UntilTimeIsUp([](Luck& luck) {
    const int width = 2 * ((luck.Side() + 1) / 2);
    const int height = 2 * ((luck.Side() + 1) / 2);
    VisionSession session(width, height);
    PictureColorConverter converter;
    double at_s = 0.0;
    for (int frame = 0; frame < 6; ++frame) {
      // Freshly allocated each time, so that a read beyond the end is seen.
      std::vector<std::uint8_t> planes(static_cast<std::size_t>(width * height) * 3 / 2);
      luck.Fill(planes);
      at_s += 0.01 * luck.Whole(-3, 8);
      FeatureRow row;
      const auto color = static_cast<PictureColor>(luck.Whole(0, kPictureColors - 1));
      session.Analyze(converter.ToFullBt601(FramePlanes::FromContiguous(planes.data(), width, height), color), at_s, row);
      REQUIRE(AllFinite(row.data(), row.size()));
      for (const std::size_t share : {kSceneChange, kBrightness, kColorfulness, kEdgeDensity, kHorizontalEdge, kVerticalEdge}) {
        REQUIRE(row[share] >= 0.0F);
        REQUIRE(row[share] <= 1.0F);
      }
    }
    const int columns = luck.Whole(1, 40);
    const int rows = luck.Whole(1, 40);
    std::vector<float> grid(static_cast<std::size_t>(columns * rows) * 2);
    AverageFlowOnGrid(session.flow(), session.flow_seconds(), columns, rows, grid.data());
    REQUIRE(AllFinite(grid.data(), grid.size()));
    std::vector<std::uint8_t> map(static_cast<std::size_t>(width * height));
    session.edges().WriteMap(map.data());
  });
}

TEST_SUITE_END();

}  // namespace kinetone::vision::testing
