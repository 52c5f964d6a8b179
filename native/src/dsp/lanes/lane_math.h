// dsp/math.h eight lanes at a time: the same polynomials in the same order, so the same bits. Only for *_simd.cc files.
#pragma once

#include "dsp/lanes/float8.h"

namespace kinetone::dsp {
namespace {

// Nearest integer, halves away from zero.
KINETONE_INLINE Int8 RoundLanes(Float8 x) {
  return Truncate(x + SelectGreater(Float8::Of(0.0f), x, Float8::Of(-0.5f), Float8::Of(0.5f)));
}

KINETONE_INLINE Float8 SinCyclesLanes(Float8 x) {
  const Float8 quarter = Float8::Of(0.25f), half = Float8::Of(0.5f), minus_quarter = Float8::Of(-0.25f), minus_half = Float8::Of(-0.5f);
  Float8 r = x - ToFloat(RoundLanes(x));
  r = SelectGreater(r, quarter, half - r, SelectGreater(minus_quarter, r, minus_half - r, r));
  const Float8 z = r * r;
  return r * (Float8::Of(6.28318516f) + z * (Float8::Of(-41.3416550f) + z * (Float8::Of(81.6010040f) + z * (Float8::Of(-76.5497810f) + z * Float8::Of(39.5366960f)))));
}

KINETONE_INLINE Float8 CosCyclesLanes(Float8 x) { return SinCyclesLanes(x + Float8::Of(0.25f)); }

KINETONE_INLINE Float8 TanPiLanes(Float8 x) {
  const Float8 halved = Float8::Of(0.5f) * x;
  return SinCyclesLanes(halved) / CosCyclesLanes(halved);
}

KINETONE_INLINE Float8 Exp2Lanes(Float8 x) {
  const Int8 whole = RoundLanes(x);
  const Float8 f = x - ToFloat(whole);
  const Float8 p =
      Float8::Of(1.0f) +
      f * (Float8::Of(0.693147207f) +
           f * (Float8::Of(0.240226515f) +
                f * (Float8::Of(0.0555032721f) + f * (Float8::Of(0.00961799461f) + f * (Float8::Of(0.00134004323f) + f * Float8::Of(0.000154779957f))))));
  return p * BitsAsFloat(ShiftLeft<23>(whole + Int8::Of(127)));
}

KINETONE_INLINE Float8 ClampLanes(Float8 x, float low, float high) {
  return SelectGreater(Float8::Of(low), x, Float8::Of(low), SelectGreater(x, Float8::Of(high), Float8::Of(high), x));
}

}  // namespace
}  // namespace kinetone::dsp
