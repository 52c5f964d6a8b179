// A crossfade from one mapping to another over a stretch of control ticks: every parameter and fader moves from what the
// old mapping makes of the picture now to what the new one makes of it; what cannot be between two things (sounds, key,
// tempo source) changes half-way. Parameters with a logarithmic scale move in octaves.
#pragma once

#include <cstdint>

#include "control/mapping.h"
#include "control/matrix.h"

namespace kinetone::control {

class Morph {
 public:
  bool is_running() const { return ticks_left_ > 0; }
  // Whether sounds, key and tempo source are still the old mapping's.
  bool is_before_middle() const { return 2 * ticks_left_ > ticks_; }
  const Mapping* from() const { return is_running() ? from_ : nullptr; }

  // from: in force until now, with its matrix; it must outlive the morph. jump: what was heard beyond that mapping's own
  // values (a morph that is interrupted); it fades with this one.
  void Begin(const Mapping& from, const Matrix& matrix, const ParameterValues& heard, std::int64_t ticks);
  // Blends `values` of the new mapping with the old one's. Once per tick.
  void Tick(const SourceReader& sources, int bpm, ParameterValues& values);
  // Faders of a new mapping, blended with the old one's.
  SoundSettings Settings(const SoundSettings& to) const;

 private:
  float place() const { return 1.0f - static_cast<float>(ticks_left_) / static_cast<float>(ticks_); }

  const Mapping* from_ = nullptr;
  Matrix matrix_;
  ParameterValues jump_{};
  std::int64_t ticks_ = 1, ticks_left_ = 0;
};

}  // namespace kinetone::control
