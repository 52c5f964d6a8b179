// Where sixteen voices side by side stand in the stereo picture over one block: gains at its start and their steps per frame.
#pragma once

namespace kinetone::dsp {

// Voices side by side in one bank; a kernel works on as many of them at once as its registers hold.
inline constexpr int kVoiceLanes = 16;

struct StereoGains {
  alignas(64) float left[kVoiceLanes] = {}, right[kVoiceLanes] = {};
  alignas(64) float left_step[kVoiceLanes] = {}, right_step[kVoiceLanes] = {};
  bool is_moving = false;  // false: all steps are 0
};

}  // namespace kinetone::dsp
