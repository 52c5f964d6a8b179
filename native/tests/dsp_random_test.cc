// The counter-based generator: keyed, even, independent.
#include <cmath>

#include "dsp/random.h"

#include <doctest/doctest.h>

using kinetone::dsp::Random;

TEST_CASE("dsp random: the same key gives the same numbers, any other key gives others") {
  Random a(1, 2, 3), b(1, 2, 3), seed(2, 2, 3), voice(1, 3, 3), event(1, 2, 4);
  for (int i = 0; i < 8; ++i) {
    const auto expected = a.Bits();
    CHECK(b.Bits() == expected);
    CHECK(seed.Bits() != expected);
    CHECK(voice.Bits() != expected);
    CHECK(event.Bits() != expected);
  }
}

TEST_CASE("dsp random: uniform in [0, 1), centred, without correlation between neighbouring events") {
  double sum = 0, squares = 0, products = 0;
  constexpr int kCount = 200000;
  for (int i = 0; i < kCount; ++i) {
    Random here(0, 5, static_cast<std::uint64_t>(i)), next(0, 5, static_cast<std::uint64_t>(i) + 1);
    const double x = static_cast<double>(here.Uniform()), y = static_cast<double>(next.Uniform());
    CHECK_MESSAGE((x >= 0 && x < 1), "out of range");
    sum += x;
    squares += x * x;
    products += (x - 0.5) * (y - 0.5);
  }
  CHECK(sum / kCount == doctest::Approx(0.5).epsilon(0.005));
  CHECK(squares / kCount - 0.25 == doctest::Approx(1.0 / 12).epsilon(0.01));
  CHECK(std::fabs(products / kCount) < 0.001);
}
