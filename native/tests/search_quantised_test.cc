// Bytes before floats: exact whole numbers at every level, bounds that hold, and searches that give the bits of reading every row.
#include "search/quantised_rows.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <numeric>
#include <random>
#include <string>

#include "rt/dispatch.h"
#include "search/quantised_kernels.h"
#include "search/vector_matrix.h"

namespace {

using kinetone::search::Hit;
using kinetone::search::kSegmentLengths;
using kinetone::search::kSegments;
using kinetone::search::Quantised;
using kinetone::search::QuantisedLoops;
using kinetone::search::QuantisedRows;
using kinetone::search::Query;
using kinetone::search::Reading;
using kinetone::search::VectorMatrix;

using Random = std::mt19937;
using Segments = std::array<std::vector<float>, kSegments>;

float Uniform(Random& random) { return static_cast<float>(random()) / 4294967296.0F - 0.5F; }

std::vector<float> Unit(Random& random, std::size_t length) {
  std::vector<float> values(length);
  double squares = 0;
  for (float& value : values) {
    value = Uniform(random);
    squares += static_cast<double>(value) * value;
  }
  for (float& value : values) value = static_cast<float>(value / std::sqrt(squares));
  return values;
}

std::array<const float*, kSegments> Pointers(const Segments& data) { return {data[0].data(), data[1].data(), data[2].data()}; }

// Of `length` numbers for a row of a segment, given what is asked for and the row before it (empty for the first).
using Make = std::function<std::vector<float>(Random& random, const std::vector<float>& query, const std::vector<float>& before, std::size_t row)>;

std::vector<float> Scaled(std::vector<float> values, float by) {
  for (float& value : values) value *= by;
  return values;
}

// Whole steps of 1/127, all but the first half a step off towards or away from the query: the bytes say as little as they can.
std::vector<float> OffTheSteps(Random& random, const std::vector<float>& query) {
  const float off = random() % 2 == 0 ? 0.49F : -0.49F;
  std::vector<float> values(query.size());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = (static_cast<float>(static_cast<int>(random() % 7) - 3) + (query[i] > 0 ? off : -off)) / 127;
  values[0] = 1;
  return values;
}

struct Family {
  const char* name;
  Make make;
};

const std::vector<Family> kFamilies = {
    {"noise", [](Random& random, const auto& query, const auto&, std::size_t) { return Unit(random, query.size()); }},
    {"all nearly the query",
     [](Random& random, const auto& query, const auto&, std::size_t) {
       std::vector<float> values = query;
       for (float& value : values) value += 1e-4F * Uniform(random);
       return values;
     }},
    {"runs of equal rows", [](Random& random, const auto& query, const auto& before, std::size_t) { return random() % 4 != 0 && !before.empty() ? before : Unit(random, query.size()); }},
    {"half of them missing", [](Random& random, const auto& query, const auto&, std::size_t) { return random() % 2 == 0 ? std::vector<float>(query.size()) : Unit(random, query.size()); }},
    {"half a step from what bytes can say", [](Random& random, const auto& query, const auto&, std::size_t row) { return row % 50 == 0 ? OffTheSteps(random, query) : Scaled(Unit(random, query.size()), 0.01F); }},
    {"one number much larger than the others",
     [](Random& random, const auto& query, const auto&, std::size_t row) {
       std::vector<float> values = Scaled(Unit(random, query.size()), 0.01F);
       values[row % query.size()] = 0.9999F;
       return values;
     }},
    {"magnitudes from 1e-12 to 1e6", [](Random& random, const auto& query, const auto&, std::size_t row) { return Scaled(Unit(random, query.size()), std::pow(10.0F, static_cast<float>(row % 19) - 12)); }},
    {"nearly all numbers denormal", [](Random& random, const auto& query, const auto&, std::size_t row) { return Scaled(Unit(random, query.size()), row % 100 == 0 ? 1.0F : 1e-38F); }},
    {"denormal numbers only", [](Random& random, const auto& query, const auto&, std::size_t) { return Scaled(Unit(random, query.size()), 1e-40F); }},
    {"close beside 1e15", [](Random& random, const auto& query, const auto&, std::size_t row) { return Scaled(Unit(random, query.size()), row == 400 ? 1e15F : 1.0F); }},
    {"one infinite",
     [](Random& random, const auto& query, const auto&, std::size_t row) {
       std::vector<float> values = Unit(random, query.size());
       if (row == 77) values[3] = std::numeric_limits<float>::infinity();
       return values;
     }},
    {"some not numbers",
     [](Random& random, const auto& query, const auto&, std::size_t row) {
       std::vector<float> values = Unit(random, query.size());
       if (row % 131 == 5) values[9] = std::numeric_limits<float>::quiet_NaN();
       return values;
     }},
};

Segments RowsOf(const Family& family, std::size_t rows, const Segments& query, Random& random) {
  Segments data;
  for (std::size_t segment = 0; segment < kSegments; ++segment) {
    std::vector<float> before;
    for (std::size_t row = 0; row < rows; ++row) {
      before = family.make(random, query[segment], before, row);
      data[segment].insert(data[segment].end(), before.begin(), before.end());
    }
  }
  return data;
}

bool IsSame(const std::vector<Hit>& a, const std::vector<Hit>& b) {
  static_assert(sizeof(Hit) == 5 * 4);
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(Hit)) == 0);
}

Segments QueryOf(Random& random) { return {Unit(random, kSegmentLengths[0]), Unit(random, kSegmentLengths[1]), Unit(random, kSegmentLengths[2])}; }

}  // namespace

TEST_CASE("inner products of whole numbers are exact at every level, to the largest there are") {
  Random random(4);
  constexpr std::size_t kRows = 11;
  const std::vector<std::uint32_t> which = {0, 1, 2, 9, 3, 3, 10};
  for (const auto level : kinetone::rt::AvailableSimdLevels()) {
    const kinetone::rt::ScopedSimdLevel scoped(level);
    for (const std::size_t length : kSegmentLengths) {
      std::vector<std::int16_t> query(length);
      const auto rows = kinetone::rt::MakeLarge<std::int8_t>(kRows * length);
      for (std::size_t i = 0; i < length; ++i) query[i] = static_cast<std::int16_t>(i % 2 == 0 ? 32767 : -32767);
      for (std::size_t i = 0; i < kRows * length; ++i) rows[i] = static_cast<std::int8_t>(i < length ? (i % 2 == 0 ? 127 : -127) : static_cast<int>(random() % 255) - 127);
      std::vector<std::int32_t> dots(which.size()), expected(which.size());
      QuantisedLoops().dots(query.data(), rows.get(), which.data(), which.size(), length, dots.data());
      for (std::size_t i = 0; i < which.size(); ++i) {
        for (std::size_t at = 0; at < length; ++at) expected[i] += query[at] * rows[which[i] * length + at];
      }
      CHECK(expected[0] == static_cast<std::int32_t>(length) * 127 * 32767);
      CHECK(dots == expected);
    }
  }
}

TEST_CASE("a quantised vector knows its norm and how far off it is, whatever it holds") {
  Random random(5);
  const std::vector<float> query = Unit(random, 512);
  for (const auto level : kinetone::rt::AvailableSimdLevels()) {
    const kinetone::rt::ScopedSimdLevel scoped(level);
    for (const Family& family : kFamilies) {
      for (std::size_t row = 0; row < 200; ++row) {
        const std::vector<float> vector = family.make(random, query, {}, row);
        std::vector<std::int8_t> numbers(512);
        const Quantised made = QuantisedLoops().to_bytes(vector.data(), 512, numbers.data());
        double squares = 0, rests = 0;
        for (std::size_t i = 0; i < 512; ++i) {
          const double rest = static_cast<double>(vector[i]) - static_cast<double>(made.scale) * numbers[i];
          squares += static_cast<double>(vector[i]) * vector[i];
          rests += rest * rest;
        }
        const double norm = std::sqrt(squares);
        INFO(family.name << " " << row << " " << kinetone::rt::Name(level));
        if (!std::isfinite(norm)) {
          CHECK(!(made.norm <= kinetone::search::kMostNorm));
          continue;
        }
        CHECK(made.norm * (1 + 0x1p-18) >= norm);
        CHECK(made.rest * (1 + 0x1p-18) + 0x1p-22 * norm >= std::sqrt(rests));
        if (made.scale == 0.0F) continue;
        CHECK(made.norm <= norm * (1 + 0x1p-18));
        CHECK(made.rest <= norm * 0.09);
        CHECK(*std::max_element(numbers.begin(), numbers.end(), [](int a, int b) { return std::abs(a) < std::abs(b); }) % 127 == 0);
      }
    }
  }
}

TEST_CASE("a search that reads bytes first gives the bits of one that reads every row") {
  constexpr std::size_t kRows = 1700;
  for (const Family& family : kFamilies) {
    Random random(6);
    const Segments asked = QueryOf(random);
    const VectorMatrix matrix(kRows, Pointers(RowsOf(family, kRows, asked, random)));
    std::vector<std::uint8_t> mask(kRows);
    for (std::uint8_t& each : mask) each = random() % 3 != 0;
    for (const std::array<float, kSegments> weights : {std::array<float, kSegments>{0.35F, 0.35F, 0.3F}, {1.0F, 0.0F, -1.0F}, {0.0F, 1e-5F, 7.0F}, {1e-12F, 1e12F, 1.0F}, {0.0F, 0.0F, 0.0F}}) {
      for (const std::size_t top : {std::size_t{1}, std::size_t{10}, std::size_t{90}, kRows, kRows + 9}) {
        for (const float scale : {1.0F, 1e-6F, 1e-30F, 1e30F}) {
          const Segments vectors = {Scaled(asked[0], scale), asked[1], asked[2]};
          for (const bool is_masked : {false, true}) {
            Query query;
            query.vectors = {vectors[0].data(), vectors[1].data(), top == 90 ? nullptr : vectors[2].data()};
            query.weights = weights;
            query.mask = is_masked ? mask.data() : nullptr;
            query.top = top;
            for (const auto& [from, to] : {std::pair<std::size_t, std::size_t>{0, kRows}, {0, 800}, {801, kRows}}) {
              INFO(family.name << ", top " << top << ", scale " << scale << ", masked " << is_masked << ", rows from " << from << " to " << to);
              CHECK(IsSame(matrix.Search(query, from, to), matrix.Search(query, from, to, Reading::kWhole)));
            }
          }
        }
      }
    }
  }
}

TEST_CASE("bytes leave few rows of noise, ties among them, and give up where they cannot tell rows apart") {
  constexpr std::size_t kRows = 3000;
  Random random(7);
  const Segments asked = QueryOf(random);
  Query query;
  query.vectors = Pointers(asked);
  query.weights = {0.35F, 0.35F, 0.3F};
  query.top = 10;
  const std::vector<std::uint8_t> present(kRows, 7);
  std::vector<std::uint32_t> all(kRows), left;
  std::iota(all.begin(), all.end(), 0U);

  Segments noise = RowsOf(kFamilies[0], kRows, asked, random);
  // Twelve rows that are the query: by row, ten of them are the best.
  for (std::size_t twin = 0; twin < 12; ++twin) {
    for (std::size_t segment = 0; segment < kSegments; ++segment) std::copy(asked[segment].begin(), asked[segment].end(), noise[segment].begin() + static_cast<std::ptrdiff_t>((2900 - 200 * twin) * kSegmentLengths[segment]));
  }
  REQUIRE(QuantisedRows(kRows, Pointers(noise)).Candidates(query, 7, present.data(), all, left));
  CHECK(left == std::vector<std::uint32_t>{700, 900, 1100, 1300, 1500, 1700, 1900, 2100, 2300, 2500, 2700, 2900});

  REQUIRE(QuantisedRows(kRows, Pointers(RowsOf(kFamilies[0], kRows, asked, random))).Candidates(query, 7, present.data(), all, left));
  CHECK(left.size() >= 10);
  CHECK(left.size() < 100);

  CHECK_FALSE(QuantisedRows(kRows, Pointers(RowsOf(kFamilies[1], kRows, asked, random))).Candidates(query, 7, present.data(), all, left));
  CHECK_FALSE(QuantisedRows(kRows, Pointers(RowsOf(kFamilies.back(), kRows, asked, random))).Candidates(query, 7, present.data(), all, left));
}

TEST_CASE("a row whose bytes hide all that Cauchy-Schwarz lets them hide is found") {
  constexpr std::size_t kRows = 2000, kLength = kSegmentLengths[0], kBest = 1234;
  Random random(8);
  std::vector<float> query(kLength);
  for (float& value : query) value = (random() % 2 == 0 ? 1.0F : -1.0F) / std::sqrt(512.0F);
  const auto toward = [&](std::size_t at, float steps) { return (query[at] > 0 ? steps : -steps) / 127; };
  Segments data = {std::vector<float>(kRows * kLength), std::vector<float>(kRows * kSegmentLengths[1]), std::vector<float>(kRows * kSegmentLengths[2])};
  for (std::size_t row = 0; row < kRows; ++row) {
    float* values = data[0].data() + row * kLength;
    // Whole steps of 1/127: nothing is hidden. From 0 to 311 of them lie towards the query.
    values[0] = 1;
    for (std::size_t at = 1; at <= row * 312 / kRows; ++at) values[at] = toward(at, 1);
    // 0.49 of a step everywhere, in the query's direction: its bytes say 62, it is 62 + 0.49 * 511 = 312.
    for (std::size_t at = 1; row == kBest && at < kLength; ++at) values[at] = toward(at, at <= 62 ? 1.49F : 0.49F);
  }
  const VectorMatrix matrix(kRows, Pointers(data));
  Query asked;
  asked.vectors = {query.data(), nullptr, nullptr};
  asked.weights = {1.0F, 1.0F, 1.0F};
  for (asked.top = 1; asked.top <= 10; ++asked.top) {
    const auto hits = matrix.Search(asked);
    CHECK(hits[0].row == kBest);
    CHECK(IsSame(hits, matrix.Search(asked, 0, kRows, Reading::kWhole)));
  }
  const std::vector<std::uint8_t> present(kRows, 1);
  std::vector<std::uint32_t> all(kRows), left;
  std::iota(all.begin(), all.end(), 0U);
  asked.top = 1;
  REQUIRE(QuantisedRows(kRows, Pointers(data)).Candidates(asked, 1, present.data(), all, left));
  CHECK(left.size() < 20);
}
