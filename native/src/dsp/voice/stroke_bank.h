// Strokes sounding together: whichever of them are, side by side through their filters into stereo and the room.
// Audio thread; no allocation after Init.
#pragma once

#include <cstddef>
#include <vector>

#include "dsp/voice/stroke.h"

namespace kinetone::dsp {

class StrokeBank {
 public:
  void Init(float rate, std::size_t count);
  Stroke& operator[](std::size_t stroke) { return strokes_[stroke]; }
  // Adds all that sound, in the order of their numbers, to out and to room, interleaved stereo; levels: gains at the block's ends.
  void Render(float level_from, float level_to, float* out, float* room);

 private:
  static constexpr std::size_t kLanes = kVoiceLanes;

  void RenderGroup(Stroke* const* group, std::size_t count, float level_from, float level_to, const StereoLines& out, const StereoLines& room);

  std::vector<Stroke> strokes_;
};

}  // namespace kinetone::dsp
