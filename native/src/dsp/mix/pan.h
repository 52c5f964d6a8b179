// Constant-power pan: left^2 + right^2 stays 2, both are 1 in the middle.
#pragma once

#include "dsp/math.h"

namespace kinetone::dsp {

struct PanGains {
  float left = 1.0f, right = 1.0f;
};

// pan: -1 left .. 1 right.
constexpr PanGains PanOf(float pan) {
  const float turn = (Clamp(pan, -1.0f, 1.0f) + 1.0f) * 0.125f;
  // Divided by the same polynomial's middle, so that the middle is exactly 1.
  return {CosCycles(turn) / SinCycles(0.125f), SinCycles(turn) / SinCycles(0.125f)};
}

}  // namespace kinetone::dsp
