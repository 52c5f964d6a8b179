// The residual of a band-limited step: what has to be added around a jump so that it does not alias.
// Source: Brandt, "Hard sync without aliasing", ICMC 2001 (linear-phase form); Kaiser-windowed sinc, integrated.
#pragma once

namespace kinetone::dsp {

// Samples before and after the jump that the residual touches. Also the oscillator's delay.
inline constexpr int kBlepHalfTaps = 12;
inline constexpr int kBlepTaps = 2 * kBlepHalfTaps;
inline constexpr int kBlepPhases = 128;

struct BlepTable {
  BlepTable();
  static const BlepTable& Shared();

  // For a jump `phase` / kBlepPhases of a sample before the sample at tap kBlepHalfTaps; between two rows, a straight line.
  float rows[kBlepPhases + 1][kBlepTaps];
};

}  // namespace kinetone::dsp
