// The modulation matrix: source values in, parameter values out, once per control tick. Source: a classic modulation
// matrix; smoothing is a causal one-pole with separate attack and release. Audio thread; no allocation.
#pragma once

#include <array>

#include "control/mapping.h"

namespace kinetone::control {

class Matrix {
 public:
  // ticks_per_second: control rate. Takes over the smoothing of rows whose id is in the mapping before.
  void SetMapping(const Mapping& mapping, float ticks_per_second);
  // Forgets all smoothing: the next tick starts on its targets.
  void Reset();
  // bpm: the tempo in force, for rates that snap to note divisions.
  void Tick(const SourceReader& sources, int bpm);

  const ParameterValues& parameters() const { return parameters_; }
  float input(std::size_t row) const { return states_[row].input; }
  float output(std::size_t row) const { return states_[row].output; }
  std::size_t row_count() const { return mapping_ == nullptr ? 0 : mapping_->row_count; }

 private:
  struct RowState {
    std::uint32_t id = 0;
    bool started = false;
    float rise = 1.0f, fall = 1.0f;
    float smoothed = 0.0f;
    float input = 0.0f, output = 0.0f;
    int step = 0;
  };

  float Smooth(RowState& state, float target, bool circular);
  static float Output(const MappingRow& row, const Mapping& mapping, RowState& state, int bpm);

  const Mapping* mapping_ = nullptr;
  std::array<RowState, kMaxRows> states_{};
  ParameterValues parameters_{};
};

}  // namespace kinetone::control
