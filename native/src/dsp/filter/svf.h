// State-variable filter in trapezoidal (topology-preserving) form: stable under fast modulation.
// Source: Zavalishin, "The Art of VA Filter Design"; solved as in Simper, "Linear trapezoidal state variable filter", 2013,
// and written as a state matrix, which halves the chain of operations from one sample to the next.
#pragma once

#include "dsp/math.h"

namespace kinetone::dsp {

// A cutoff as the filter wants it: tan(pi * hz / rate), held below Nyquist.
inline float WarpedCutoff(float hz, float rate) { return TanPi(Clamp(hz / rate, 1.0e-5f, 0.47f)); }

// s1' = p s1 - q s2 + q x;  s2' = q s1 + (1 - r) s2 + r x
struct SvfCoefficients {
  float p = 1.0f, q = 0.0f, r = 0.0f, k = 1.4f;
  // g: warped cutoff; k: damping, 2 = no resonance, near 0 = ringing (k = 1 / Q).
  static SvfCoefficients Of(float g, float k) {
    const float a = 2.0f / (1.0f + g * (g + k));
    return {a - 1.0f, g * a, g * g * a, k};
  }
};

// Coefficients on their way, in equal steps, to what they should be after a stretch of samples.
struct SvfRamp {
  SvfCoefficients now;
  float p_step = 0.0f, q_step = 0.0f, r_step = 0.0f, k_step = 0.0f;

  void Towards(const SvfCoefficients& target, int samples) {
    const float share = 1.0f / static_cast<float>(samples);
    p_step = (target.p - now.p) * share;
    q_step = (target.q - now.q) * share;
    r_step = (target.r - now.r) * share;
    k_step = (target.k - now.k) * share;
  }
  const SvfCoefficients& Next() {
    now.p += p_step;
    now.q += q_step;
    now.r += r_step;
    now.k += k_step;
    return now;
  }
};

class Svf {
 public:
  void Init() { s1_ = s2_ = 0.0f; }

  float LowPass(float x, const SvfCoefficients& c) {
    const float before = s2_;
    Step(x, c);
    return 0.5f * (before + s2_);
  }
  // Unit gain at the centre.
  float BandPass(float x, const SvfCoefficients& c) {
    const float before = s1_;
    Step(x, c);
    return 0.5f * c.k * (before + s1_);
  }
  float HighPass(float x, const SvfCoefficients& c) {
    const float before1 = s1_, before2 = s2_;
    Step(x, c);
    return x - 0.5f * (c.k * (before1 + s1_) + (before2 + s2_));
  }

 private:
  void Step(float x, const SvfCoefficients& c) {
    const float s1 = (c.p * s1_ - c.q * s2_) + c.q * x;
    s2_ = (c.q * s1_ + (1.0f - c.r) * s2_) + c.r * x;
    s1_ = s1;
  }

  float s1_ = 0.0f, s2_ = 0.0f;
};

}  // namespace kinetone::dsp
