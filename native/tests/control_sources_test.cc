// Feature rows as scalar sources.
#include <cmath>
#include <limits>

#include "control_fixtures.h"

#include <doctest/doctest.h>

using namespace kinetone;
using control::Source;

namespace {

control::SourceReader Read(const vision::FeatureRow& row) {
  control::SourceReader reader;
  reader.Reset();
  reader.Read(row);
  return reader;
}

void SetColor(vision::FeatureRow& row, std::size_t slot, std::uint32_t rgb, float weight) {
  row[vision::kColor + 2 * slot] = static_cast<float>(rgb);
  row[vision::kColor + 2 * slot + 1] = weight;
}

}  // namespace

TEST_CASE("control sources: the direction histogram becomes a vector, its length the agreement") {
  vision::FeatureRow row{};
  row[vision::kDirection + 2] = 1.0f;  // up
  auto reader = Read(row);
  CHECK(reader.value(Source::kMotionDirectionY) == doctest::Approx(1.0));
  CHECK(std::fabs(reader.value(Source::kMotionDirectionX)) < 1e-6f);
  CHECK(reader.value(Source::kMotionCoherence) == doctest::Approx(1.0));
  row[vision::kDirection + 2] = 0.5f;
  row[vision::kDirection + 6] = 0.5f;
  CHECK(Read(row).value(Source::kMotionCoherence) == doctest::Approx(0.0).epsilon(1e-6));
}

TEST_CASE("control sources: the place of motion is weighted by size and strength, top is high") {
  vision::FeatureRow row{};
  const float regions[2][5] = {{0.0f, 0.0f, 0.2f, 0.2f, 1.0f}, {0.8f, 0.8f, 0.2f, 0.2f, 1.0f}};
  std::copy(&regions[0][0], &regions[0][0] + 10, row.begin() + vision::kRegion);
  CHECK(Read(row).value(Source::kMotionRegionX) == doctest::Approx(0.5));
  row[vision::kRegion + 9] = 0.0f;
  CHECK(Read(row).value(Source::kMotionRegions) == 1.0f);
  CHECK(Read(row).value(Source::kMotionRegionX) == doctest::Approx(0.1));
  CHECK(Read(row).value(Source::kMotionRegionY) == doctest::Approx(0.9));
  CHECK(Read(vision::FeatureRow{}).value(Source::kMotionRegionX) == 0.5f);
}

TEST_CASE("control sources: hue is that of the weightiest chroma, in HSV turns") {
  for (int sixth = 0; sixth < 6; ++sixth) {
    constexpr std::uint32_t kColors[6] = {0xff0000, 0xffff00, 0x00ff00, 0x00ffff, 0x0000ff, 0xff00ff};
    vision::FeatureRow row{};
    row[vision::kColorfulness] = 0.5f;
    SetColor(row, 0, 0x808080, 0.6f);
    SetColor(row, 1, kColors[sixth], 0.4f);
    CHECK(Read(row).value(Source::kHue) == doctest::Approx(sixth / 6.0));
  }
}

TEST_CASE("control sources: below the colourfulness threshold the last hue stays, and at first there is none") {
  vision::FeatureRow row{};
  SetColor(row, 0, 0x00ff00, 1.0f);
  row[vision::kColorfulness] = control::kHueColorfulness - 0.001f;
  control::SourceReader reader;
  reader.Reset();
  reader.Read(row);
  CHECK_FALSE(reader.HasHue());
  row[vision::kColorfulness] = 0.3f;
  reader.Read(row);
  CHECK(reader.HasHue());
  CHECK(reader.value(Source::kHue) == doctest::Approx(1.0 / 3));
  SetColor(row, 0, 0x0000ff, 1.0f);
  row[vision::kColorfulness] = 0.0f;
  reader.Read(row);
  CHECK(reader.value(Source::kHue) == doctest::Approx(1.0 / 3));
}

TEST_CASE("control sources: two equally strong colours do not flicker") {
  control::SourceReader reader;
  reader.Reset();
  int changes = 0;
  float last = -1;
  for (int i = 0; i < 100; ++i) {
    vision::FeatureRow row{};
    row[vision::kColorfulness] = 0.5f;
    SetColor(row, 0, 0xff0000, 0.5f + (i % 2 == 0 ? 0.02f : -0.02f));
    SetColor(row, 1, 0x00ffff, 0.5f);
    reader.Read(row);
    changes += reader.value(Source::kHue) != last;
    last = reader.value(Source::kHue);
  }
  CHECK(changes == 1);
}

TEST_CASE("control sources: what is no number counts as nothing") {
  vision::FeatureRow row;
  row.fill(std::numeric_limits<float>::quiet_NaN());
  row[vision::kMagnitude] = std::numeric_limits<float>::infinity();
  const auto reader = Read(row);
  for (std::size_t s = 0; s < control::kSourceCount; ++s) {
    INFO(control::kSources[s].id);
    CHECK(std::isfinite(reader.value(static_cast<Source>(s))));
  }
}
