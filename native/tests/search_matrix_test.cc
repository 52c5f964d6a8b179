// The scan against plain sums, at every level, with masks, missing segments and equal rows.
#include "search/vector_matrix.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "rt/dispatch.h"
#include "search/vector_scan.h"

namespace {

using kinetone::search::kSegmentLengths;
using kinetone::search::kSegments;

std::vector<float> Noise(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(random()) / 4294967296.0F - 0.5F;
  return values;
}

}  // namespace

TEST_CASE("every level adds the same 32 lanes in the same order") {
  const std::vector<float> query = Noise(512, 1), rows = Noise(512 * 9, 2);
  std::vector<std::uint32_t> which = {8, 0, 3, 3, 7, 1, 2};
  std::vector<float> expected(which.size());
  for (std::size_t i = 0; i < which.size(); ++i) {
    float lanes[32] = {};
    for (std::size_t at = 0; at < 512; ++at) lanes[at % 32] += query[at] * rows[which[i] * 512 + at];
    for (int width = 16; width >= 1; width /= 2) {
      for (int lane = 0; lane < width; ++lane) lanes[lane] += lanes[lane + width];
    }
    expected[i] = lanes[0];
  }
  for (const auto level : kinetone::rt::AvailableSimdLevels()) {
    const kinetone::rt::ScopedSimdLevel scoped(level);
    std::vector<float> dots(which.size());
    kinetone::search::ScanLoops().dots(query.data(), rows.data(), which.data(), which.size(), 512, dots.data());
    CHECK(dots == expected);
  }
}

TEST_CASE("a search leaves out masked rows and rows without an embedding, and breaks ties by row") {
  constexpr std::size_t kRows = 300;
  std::array<std::vector<float>, kSegments> data;
  std::array<const float*, kSegments> segments{};
  for (std::size_t i = 0; i < kSegments; ++i) {
    data[i] = Noise(kRows * kSegmentLengths[i], static_cast<unsigned>(i) + 3);
    segments[i] = data[i].data();
  }
  std::fill_n(data[0].begin() + 10 * 512, 512, 0.0F);
  for (const std::size_t twin : {20, 40, 60}) std::copy_n(data[0].begin(), 512, data[0].begin() + static_cast<std::ptrdiff_t>(twin * 512));
  const kinetone::search::VectorMatrix matrix(kRows, segments);
  std::vector<std::uint8_t> mask(kRows, 1);
  mask[40] = 0;
  kinetone::search::Query query;
  query.vectors = {data[0].data(), nullptr, nullptr};
  query.weights = {1.0F, 1.0F, 1.0F};
  query.mask = mask.data();
  query.top = kRows;
  const auto hits = matrix.Search(query);
  REQUIRE(hits.size() == kRows - 2);
  CHECK(hits[0].row == 0);
  CHECK(hits[1].row == 20);
  CHECK(hits[2].row == 60);
  CHECK(std::isnan(hits[0].parts[1]));
  for (const auto& hit : hits) CHECK((hit.row != 10 && hit.row != 40));

  // Shares of the rows have the hits of the whole between them.
  const auto first = matrix.Search(query, 0, 101), second = matrix.Search(query, 101, kRows);
  CHECK(first.size() + second.size() == hits.size());
  CHECK(first[0].row == 0);
  for (const auto& hit : first) CHECK(hit.row < 101);
  CHECK(matrix.Search(query, 5, 5).empty());
}
