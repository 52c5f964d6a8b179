// Double-precision sine, exponential and Bessel function for tables built at Init: own series instead of libm, whose last
// bit differs between systems.
#pragma once

#include <cstdint>

namespace kinetone::dsp::precise {

inline constexpr double kPi = 3.14159265358979323846;

// sin(x), |x| < 1e6. Taylor series on the reduced argument; error near 1e-15.
constexpr double Sin(double x) {
  const double turns = x / (2.0 * kPi);
  const double nearest = static_cast<double>(static_cast<std::int64_t>(turns + (turns >= 0.0 ? 0.5 : -0.5)));
  double r = x - nearest * 2.0 * kPi;
  if (r > kPi / 2.0) r = kPi - r;
  if (r < -kPi / 2.0) r = -kPi - r;
  double term = r;
  double sum = r;
  for (int n = 1; n <= 12; ++n) {
    term *= -r * r / static_cast<double>((2 * n) * (2 * n + 1));
    sum += term;
  }
  return sum;
}

constexpr double Cos(double x) { return Sin(x + kPi / 2.0); }
constexpr double Tan(double x) { return Sin(x) / Cos(x); }

// e^x for |x| < 300: series on x / 1024, squared ten times.
constexpr double Exp(double x) {
  const double r = x / 1024.0;
  double term = 1.0;
  double sum = 1.0;
  for (int n = 1; n <= 12; ++n) {
    term *= r / n;
    sum += term;
  }
  for (int n = 0; n < 10; ++n) sum *= sum;
  return sum;
}

// 10^(db / 20)
constexpr double GainOfDb(double db) { return Exp(db * 0.11512925464970229); }

// Natural logarithm of x > 0 by Newton's method on Exp; of infinity and of what is no number that itself, of 0 and below the
// least there is.
constexpr double Log(double x) {
  if (!(x <= 1.7e308)) return x;
  if (x < 1.0e-300) return -690.775527898213705;
  int exponent = 0;
  while (x > 1.5) {
    x *= 0.5;
    ++exponent;
  }
  while (x < 0.75) {
    x *= 2.0;
    --exponent;
  }
  double y = x - 1.0;
  for (int n = 0; n < 8; ++n) y -= 1.0 - x / Exp(y);
  return y + exponent * 0.69314718055994530942;
}

// Modified Bessel function of the first kind, order 0: the Kaiser window's kernel.
constexpr double BesselI0(double x) {
  double term = 1.0;
  double sum = 1.0;
  for (int n = 1; n < 40; ++n) {
    term *= (x / 2.0) / n * ((x / 2.0) / n);
    sum += term;
  }
  return sum;
}

constexpr double Sqrt(double x) {
  double y = x > 1.0 ? x : 1.0;
  for (int n = 0; n < 60; ++n) y = 0.5 * (y + x / y);
  return x <= 0.0 ? 0.0 : y;
}

// sin(pi x) / (pi x)
constexpr double Sinc(double x) { return x > -1e-9 && x < 1e-9 ? 1.0 : Sin(kPi * x) / (kPi * x); }

// Kaiser window over position -1..1.
constexpr double Kaiser(double position, double beta) {
  const double inside = 1.0 - position * position;
  return inside <= 0.0 ? 0.0 : BesselI0(beta * Sqrt(inside)) / BesselI0(beta);
}

}  // namespace kinetone::dsp::precise
