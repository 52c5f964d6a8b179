// State-variable low-passes side by side (filter/svf.h, the same form with x - s2 taken once), their coefficients moving in
// straight lines. Only for *_simd.cc files.
#pragma once

#include "dsp/lanes/lane_math.h"

namespace kinetone::dsp {
namespace {

// The coefficients to reach.
template <typename V>
struct LowPassAims {
  V p, q, r;

  static KINETONE_INLINE LowPassAims OfWarped(V g, V damping) {
    const V a = V::Of(2.0f) / (V::Of(1.0f) + g * (g + damping));
    return {a - V::Of(1.0f), g * a, g * g * a};
  }
  static KINETONE_INLINE V Warped(V hz, float rate) { return TanPiLanes(ClampLanes(hz / V::Of(rate), 1.0e-5f, 0.47f)); }
  // damping: 2 = no resonance, near 0 = ringing.
  static KINETONE_INLINE LowPassAims Of(V hz, float rate, V damping) { return OfWarped(Warped(hz, rate), damping); }
};

template <typename V>
struct LowPassLanes {
  V s1, s2, p, q, r, p_step, q_step, r_step;

  static KINETONE_INLINE LowPassLanes From(const float* s1, const float* s2, const float* p, const float* q, const float* r) {
    const V none = V::Of(0.0f);
    return {V::Load(s1), V::Load(s2), V::Load(p), V::Load(q), V::Load(r), none, none, none};
  }
  KINETONE_INLINE void To(float* out_s1, float* out_s2, float* out_p, float* out_q, float* out_r) const {
    s1.Store(out_s1);
    s2.Store(out_s2);
    p.Store(out_p);
    q.Store(out_q);
    r.Store(out_r);
  }
  KINETONE_INLINE void Towards(const LowPassAims<V>& aims, int frames) {
    const V share = V::Of(1.0f / static_cast<float>(frames));
    p_step = (aims.p - p) * share;
    q_step = (aims.q - q) * share;
    r_step = (aims.r - r) * share;
  }
  // Twice the low-passed x: who mixes halves it.
  KINETONE_INLINE V NextDoubled(V x) {
    p = p + p_step;
    q = q + q_step;
    r = r + r_step;
    const V way = x - s2;
    const V next1 = p * s1 + q * way;
    const V next2 = (s2 + q * s1) + r * way;
    const V y = s2 + next2;
    s1 = next1;
    s2 = next2;
    return y;
  }
};

}  // namespace
}  // namespace kinetone::dsp
