// Eight state-variable low-passes side by side (filter/svf.h, the same form with x - s2 taken once), their coefficients moving in
// straight lines. Only for *_simd.cc files.
#pragma once

#include "dsp/lanes/lane_math.h"

namespace kinetone::dsp {
namespace {

// The coefficients to reach.
struct LowPassAims {
  Float8 p, q, r;

  static KINETONE_INLINE LowPassAims OfWarped(Float8 g, Float8 damping) {
    const Float8 a = Float8::Of(2.0f) / (Float8::Of(1.0f) + g * (g + damping));
    return {a - Float8::Of(1.0f), g * a, g * g * a};
  }
  static KINETONE_INLINE Float8 Warped(Float8 hz, float rate) { return TanPiLanes(ClampLanes(hz / Float8::Of(rate), 1.0e-5f, 0.47f)); }
  // damping: 2 = no resonance, near 0 = ringing.
  static KINETONE_INLINE LowPassAims Of(Float8 hz, float rate, Float8 damping) { return OfWarped(Warped(hz, rate), damping); }
};

struct LowPassLanes {
  Float8 s1, s2, p, q, r, p_step, q_step, r_step;

  static KINETONE_INLINE LowPassLanes From(const float* s1, const float* s2, const float* p, const float* q, const float* r) {
    const Float8 none = Float8::Of(0.0f);
    return {Float8::Load(s1), Float8::Load(s2), Float8::Load(p), Float8::Load(q), Float8::Load(r), none, none, none};
  }
  KINETONE_INLINE void To(float* out_s1, float* out_s2, float* out_p, float* out_q, float* out_r) const {
    s1.Store(out_s1);
    s2.Store(out_s2);
    p.Store(out_p);
    q.Store(out_q);
    r.Store(out_r);
  }
  KINETONE_INLINE void Towards(const LowPassAims& aims, int frames) {
    const Float8 share = Float8::Of(1.0f / static_cast<float>(frames));
    p_step = (aims.p - p) * share;
    q_step = (aims.q - q) * share;
    r_step = (aims.r - r) * share;
  }
  // Twice the low-passed x: who mixes halves it.
  KINETONE_INLINE Float8 NextDoubled(Float8 x) {
    p = p + p_step;
    q = q + q_step;
    r = r + r_step;
    const Float8 way = x - s2;
    const Float8 next1 = p * s1 + q * way;
    const Float8 next2 = (s2 + q * s1) + r * way;
    const Float8 y = s2 + next2;
    s1 = next1;
    s2 = next2;
    return y;
  }
};

}  // namespace
}  // namespace kinetone::dsp
