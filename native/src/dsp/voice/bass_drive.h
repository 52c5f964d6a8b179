// The bass after its filters: drive into a soft clip, level, the sub's sine, pan. Audio thread; no allocation.
#pragma once

#include "dsp/block.h"
#include "rt/dispatch.h"

namespace kinetone::dsp {

// What the clip and the sub remember, and a block's course: values at its start and at the end of each sub-block, straight between.
struct BassDrive {
  // Of the last sample into each clip: the sample and sqrt(1 + x^2) (dsp/math.h, SoftClip).
  float clip_x[2] = {0.0f, 0.0f}, clip_root[2] = {1.0f, 1.0f};
  float sub_phase = 0.0f, sub_frequency = 0.0f;  // cycles, cycles per frame
  float drive[kSubBlocks + 1] = {}, level[kSubBlocks + 1] = {}, sub[kSubBlocks + 1] = {};
  float pan_left[kSubBlocks + 1] = {}, pan_right[kSubBlocks + 1] = {};
};

struct BassDriveKernel {
  // left and right: kBlockFrames each, in place.
  void (*process)(BassDrive& drive, float* left, float* right);
};
KINETONE_DISPATCH(BassDriveKernel, BassDriveKernels)

}  // namespace kinetone::dsp
