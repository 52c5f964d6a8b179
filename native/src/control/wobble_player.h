// The wobble's phase: locked to the bar when synced, free otherwise; a change of division waits for the next sixteenth and
// crosses over in 25 ms. Starts a bass note on each cycle for the shapes that pluck. Audio thread.
#pragma once

#include <cstdint>

#include "control/clock.h"
#include "control/control_block.h"
#include "control/wobble.h"

namespace kinetone::control {

class WobblePlayer {
 public:
  void Init(float ticks_per_second);
  // On each sixteenth: choose the division for the wanted rate.
  void OnStep(float rate_hz, int bpm);
  // The phase begins anew at this global beat: a cut's new bar. Ordinary bars let it run, because not every division goes
  // whole into a bar.
  void BeginAt(double beat);
  // beats: global beat at the block's start; beats_per_block: how far it goes. rate_hz is used when sync is off.
  void Tick(double beats, double beats_per_block, bool sync, float rate_hz, float blocks_per_second, ControlBlock& block);
  // True when a cycle begins inside the block; the offset in frames.
  bool CycleStarts(int& offset) const { offset = cycle_offset_; return cycle_starts_; }

 private:
  struct Lock {
    double origin = 0.0;           // global beat of phase 0
    float cycles_per_beat = 0.0f;
  };

  Lock now_, before_;
  WobbleDivision division_;
  float blend_ = 1.0f, blend_step_ = 1.0f;
  double free_phase_ = 0.0;
  bool was_synced_ = true;
  bool cycle_starts_ = false;
  int cycle_offset_ = 0;
};

}  // namespace kinetone::control
