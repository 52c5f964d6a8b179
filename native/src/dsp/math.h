// Deterministic mathematics of the audio path: polynomials in plain IEEE arithmetic and no libm, so that every build of
// one architecture gives the same bits. Polynomials fitted by minimax on the reduced interval; errors stated per function.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace kinetone::dsp {

inline constexpr float kPi = 3.14159265358979f;

template <typename T>
constexpr T Clamp(T value, T low, T high) {
  return value < low ? low : (value > high ? high : value);
}

constexpr float Lerp(float a, float b, float t) { return a + (b - a) * t; }

// The one function taken from the library: a single instruction, rounded exactly wherever IEEE 754 holds.
inline float Sqrt(float x) { return std::sqrt(x); }

// Nearest integer, halves away from zero. |x| < 2^31.
constexpr std::int32_t RoundToInt(float x) { return static_cast<std::int32_t>(x + (x >= 0.0f ? 0.5f : -0.5f)); }

// Largest integer not above x. |x| < 2^62.
constexpr std::int64_t FloorToInt(double x) {
  const auto truncated = static_cast<std::int64_t>(x);
  return truncated - (static_cast<double>(truncated) > x ? 1 : 0);
}

// The fractional part in [0, 1).
constexpr double Fraction(double x) { return x - static_cast<double>(FloorToInt(x)); }

// sin(2 pi x); x in cycles, |x| < 2^22. Absolute error below 1e-7.
constexpr float SinCycles(float x) {
  float r = x - static_cast<float>(RoundToInt(x));
  r = r > 0.25f ? 0.5f - r : (r < -0.25f ? -0.5f - r : r);
  const float z = r * r;
  return r * (6.28318516f + z * (-41.3416550f + z * (81.6010040f + z * (-76.5497810f + z * 39.5366960f))));
}

constexpr float CosCycles(float x) { return SinCycles(x + 0.25f); }

// tan(pi x) for 0 <= x < 0.5: the warped frequency of a trapezoidal filter at x = cutoff / rate.
constexpr float TanPi(float x) { return SinCycles(0.5f * x) / CosCycles(0.5f * x); }

// 2^x for -126 <= x <= 126. Relative error below 1e-7.
constexpr float Exp2(float x) {
  const std::int32_t whole = RoundToInt(x);
  const float f = x - static_cast<float>(whole);
  const float p =
      1.0f + f * (0.693147207f +
                  f * (0.240226515f + f * (0.0555032721f + f * (0.00961799461f + f * (0.00134004323f + f * 0.000154779957f)))));
  return p * std::bit_cast<float>(static_cast<std::uint32_t>(whole + 127) << 23);
}

// log2(x) for normal x > 0. Absolute error below 3e-7.
constexpr float Log2(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  auto exponent = static_cast<std::int32_t>(bits >> 23) - 127;
  float mantissa = std::bit_cast<float>((bits & 0x007fffffu) | 0x3f800000u);
  if (mantissa > 1.41421356f) {
    mantissa *= 0.5f;
    exponent += 1;
  }
  // log(m) = 2 atanh((m - 1) / (m + 1))
  const float t = (mantissa - 1.0f) / (mantissa + 1.0f);
  const float z = t * t;
  const float series = t * (2.88539008f + z * (0.961796694f + z * (0.577078016f + z * (0.412198583f + z * 0.320598898f))));
  return static_cast<float>(exponent) + series;
}

constexpr float GainOfDb(float db) { return Exp2(db * 0.166096405f); }
constexpr float DbOfGain(float gain) { return Log2(gain) * 6.02059991f; }
constexpr float HzOfMidi(float note) { return 440.0f * Exp2((note - 69.0f) * (1.0f / 12.0f)); }

// The factor a value keeps per step when it falls to 1/e in `steps` steps; 0 for no time at all.
constexpr float DecayPerStep(float steps) { return steps <= 0.0f ? 0.0f : Exp2(Clamp(-1.44269504f / steps, -126.0f, 0.0f)); }

// x / sqrt(1 + x^2) without aliasing to first order: the mean of the curve between the last input and this one, from its
// antiderivative sqrt(1 + x^2), rearranged so that nothing cancels. Source: Parker, Zavalishin, Le Bivic, DAFx 2016.
struct SoftClip {
  float x1 = 0.0f;
  float root1 = 1.0f;
  float Process(float x) {
    const float root = Sqrt(1.0f + x * x);
    const float y = (x + x1) / (root + root1);
    x1 = x;
    root1 = root;
    return y;
  }
  // The same for a stretch, in place; the same bits, in loops a compiler can vectorise.
  template <int kCount>
  void ProcessBlock(float* x) {
    float in[kCount + 1], root[kCount + 1];
    in[0] = x1;
    root[0] = root1;
    for (int i = 0; i < kCount; ++i) in[i + 1] = x[i];
    for (int i = 1; i <= kCount; ++i) root[i] = Sqrt(1.0f + in[i] * in[i]);
    for (int i = 0; i < kCount; ++i) x[i] = (in[i + 1] + in[i]) / (root[i + 1] + root[i]);
    x1 = in[kCount];
    root1 = root[kCount];
  }
};

}  // namespace kinetone::dsp
