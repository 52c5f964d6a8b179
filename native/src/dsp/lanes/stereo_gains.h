// Where eight voices stand in the stereo picture over one block: gains at its start and their steps per frame.
#pragma once

namespace kinetone::dsp {

struct StereoGains8 {
  alignas(32) float left[8] = {}, right[8] = {};
  alignas(32) float left_step[8] = {}, right_step[8] = {};
  bool is_moving = false;  // false: all steps are 0
};

}  // namespace kinetone::dsp
