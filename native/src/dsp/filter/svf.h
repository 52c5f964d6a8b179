// State-variable filter in trapezoidal (topology-preserving) form: stable under fast modulation.
// Source: Zavalishin, "The Art of VA Filter Design"; solved as in Simper, "Linear trapezoidal state variable filter", 2013.
#pragma once

#include "dsp/math.h"

namespace kinetone::dsp {

// A cutoff as the filter wants it: tan(pi * hz / rate), held below Nyquist.
inline float WarpedCutoff(float hz, float rate) { return TanPi(Clamp(hz / rate, 1.0e-5f, 0.47f)); }

struct SvfCoefficients {
  float a1, a2, a3, k;
  // g: warped cutoff; k: damping, 2 = no resonance, near 0 = ringing (k = 1 / Q).
  static SvfCoefficients Of(float g, float k) {
    const float a1 = 1.0f / (1.0f + g * (g + k));
    return {a1, g * a1, g * g * a1, k};
  }
};

class Svf {
 public:
  void Init() { ic1_ = ic2_ = 0.0f; }

  float LowPass(float x, const SvfCoefficients& c) {
    Step(x, c);
    return v2_;
  }
  float BandPass(float x, const SvfCoefficients& c) {
    Step(x, c);
    return c.k * v1_;  // unit gain at the centre
  }
  float HighPass(float x, const SvfCoefficients& c) {
    Step(x, c);
    return x - c.k * v1_ - v2_;
  }

 private:
  void Step(float x, const SvfCoefficients& c) {
    const float v3 = x - ic2_;
    v1_ = c.a1 * ic1_ + c.a2 * v3;
    v2_ = ic2_ + c.a2 * ic1_ + c.a3 * v3;
    ic1_ = 2.0f * v1_ - ic1_;
    ic2_ = 2.0f * v2_ - ic2_;
  }

  float ic1_ = 0.0f, ic2_ = 0.0f, v1_ = 0.0f, v2_ = 0.0f;
};

}  // namespace kinetone::dsp
