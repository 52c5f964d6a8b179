// dsp/math.h on lanes (Float8 or Float16): the same polynomials in the same order, so the same bits. Only for *_simd.cc files.
#pragma once

#include "dsp/lanes/float16.h"

namespace kinetone::dsp {
namespace {

// Nearest integer, halves away from zero.
template <typename V>
KINETONE_INLINE typename V::Int RoundLanes(V x) {
  return Truncate(x + SelectGreater(V::Of(0.0f), x, V::Of(-0.5f), V::Of(0.5f)));
}

template <typename V>
KINETONE_INLINE V SinCyclesLanes(V x) {
  const V quarter = V::Of(0.25f), half = V::Of(0.5f), minus_quarter = V::Of(-0.25f), minus_half = V::Of(-0.5f);
  V r = x - ToFloat(RoundLanes(x));
  r = SelectGreater(r, quarter, half - r, SelectGreater(minus_quarter, r, minus_half - r, r));
  const V z = r * r;
  return r * (V::Of(6.28318516f) + z * (V::Of(-41.3416550f) + z * (V::Of(81.6010040f) + z * (V::Of(-76.5497810f) + z * V::Of(39.5366960f)))));
}

template <typename V>
KINETONE_INLINE V CosCyclesLanes(V x) { return SinCyclesLanes(x + V::Of(0.25f)); }

template <typename V>
KINETONE_INLINE V TanPiLanes(V x) {
  const V halved = V::Of(0.5f) * x;
  return SinCyclesLanes(halved) / CosCyclesLanes(halved);
}

template <typename V>
KINETONE_INLINE V Exp2Lanes(V x) {
  const auto whole = RoundLanes(x);
  const V f = x - ToFloat(whole);
  const V p =
      V::Of(1.0f) +
      f * (V::Of(0.693147207f) +
           f * (V::Of(0.240226515f) +
                f * (V::Of(0.0555032721f) + f * (V::Of(0.00961799461f) + f * (V::Of(0.00134004323f) + f * V::Of(0.000154779957f))))));
  return p * BitsAsFloat(ShiftLeft<23>(whole + V::Int::Of(127)));
}

template <typename V>
KINETONE_INLINE V ClampLanes(V x, float low, float high) {
  return SelectGreater(V::Of(low), x, V::Of(low), SelectGreater(x, V::Of(high), V::Of(high), x));
}

}  // namespace
}  // namespace kinetone::dsp
