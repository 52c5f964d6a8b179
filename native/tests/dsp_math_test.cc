// The audio path's own mathematics against libm.
#include <cmath>
#include <limits>

#include "dsp/math.h"
#include "dsp/precise_math.h"
#include "dsp_spectrum.h"

#include <doctest/doctest.h>

using namespace kinetone;

TEST_CASE("dsp math: sine, power, logarithm and tangent stay within their stated errors") {
  double sine = 0, power = 0, logarithm = 0, tangent = 0;
  for (int i = -200000; i <= 200000; ++i) {
    const auto x = static_cast<float>(i) * 1.37e-4f;
    sine = std::max(sine, std::fabs(static_cast<double>(dsp::SinCycles(x)) - std::sin(test::kTau * static_cast<double>(x))));
    const float p = x * 4.0f;
    power = std::max(power, std::fabs(static_cast<double>(dsp::Exp2(p)) / std::exp2(static_cast<double>(p)) - 1.0));
    const float l = std::exp2(x);
    logarithm = std::max(logarithm, std::fabs(static_cast<double>(dsp::Log2(l)) - std::log2(static_cast<double>(l))));
    if (i > 0 && i < 200000) {
      const float f = static_cast<float>(i) * 2.4e-6f;
      tangent = std::max(tangent, std::fabs(static_cast<double>(dsp::TanPi(f)) / std::tan(test::kTau / 2 * static_cast<double>(f)) - 1.0));
    }
  }
  CHECK(sine < 3e-6);  // float rounding of the argument near 27 cycles
  CHECK(power < 2e-7);
  CHECK(logarithm < 2e-6);  // one part in the last place near 27
  CHECK(tangent < 5e-6);
}

TEST_CASE("dsp math: the series used for tables agree with libm to twelve digits") {
  for (double x : {-9.3, -1.0, -1e-3, 0.0, 0.4, 1.2, 7.7, 300.0}) {
    CHECK(dsp::precise::Sin(x) == doctest::Approx(std::sin(x)).epsilon(1e-12));
    CHECK(dsp::precise::Exp(x / 3) == doctest::Approx(std::exp(x / 3)).epsilon(1e-11));
    if (x > 0) CHECK(dsp::precise::Log(x) == doctest::Approx(std::log(x)).epsilon(1e-12));
    if (x > 0) CHECK(dsp::precise::Sqrt(x) == doctest::Approx(std::sqrt(x)).epsilon(1e-14));
  }
  CHECK(dsp::precise::BesselI0(6.0) == doctest::Approx(67.23440697647798).epsilon(1e-12));
}

TEST_CASE("dsp math: the soft clip is bounded, odd, and the curve itself for slow signals") {
  dsp::SoftClip clip;
  float y = 0;
  for (int i = 0; i < 50; ++i) y = clip.Process(0.7f);
  CHECK(y == doctest::Approx(0.7 / std::sqrt(1.49)).epsilon(1e-6));
  for (int i = 0; i < 1000; ++i) {
    y = clip.Process(i % 2 == 0 ? 1e6f : -1e6f);
    CHECK(std::fabs(y) <= 1.0f);
  }
}

TEST_CASE("dsp math: the logarithm of nothing, of infinity and of no number ends") {
  CHECK(dsp::precise::Log(0.0) < -600);
  CHECK(dsp::precise::Log(-1.0) < -600);
  CHECK(std::isinf(dsp::precise::Log(std::numeric_limits<double>::infinity())));
  CHECK(std::isnan(dsp::precise::Log(std::nan(""))));
}
