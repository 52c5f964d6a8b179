#include "dsp/voice/bass_drive.h"

#include "dsp/lanes/lane_math.h"

namespace kinetone::dsp::KINETONE_SIMD {
namespace {

alignas(32) constexpr float kNumbers[8] = {1, 2, 3, 4, 5, 6, 7, 8};

// Eight frames of a course of straight lines.
KINETONE_INLINE Float8 CourseAt(const float* values, int frame) {
  const int s = frame / kSubBlockFrames;
  const Float8 from = Float8::Of(values[s]), step = Float8::Of((values[s + 1] - values[s]) * (1.0f / kSubBlockFrames));
  return from + step * (Float8::Load(kNumbers) + Float8::Of(static_cast<float>(frame % kSubBlockFrames)));
}

// The mean of the clip's curve between each input and the one before; see SoftClip.
void Clip(const BassDrive& drive, float& last_x, float& last_root, float* samples) {
  alignas(32) float x[kBlockFrames + 8], root[kBlockFrames + 8];
  x[7] = last_x;
  root[7] = last_root;
  for (int i = 0; i < kBlockFrames; i += 8) {
    const Float8 in = Float8::Load(samples + i) * CourseAt(drive.drive, i);
    in.Store(x + 8 + i);
    Root(Float8::Of(1.0f) + in * in).Store(root + 8 + i);
  }
  for (int i = 0; i < kBlockFrames; i += 8) {
    const Float8 y = (Float8::Load(x + 8 + i) + Float8::Load(x + 7 + i)) / (Float8::Load(root + 8 + i) + Float8::Load(root + 7 + i));
    (y * CourseAt(drive.level, i)).Store(samples + i);
  }
  last_x = x[kBlockFrames + 7];
  last_root = root[kBlockFrames + 7];
}

void Process(BassDrive& drive, float* left, float* right) {
  Clip(drive, drive.clip_x[0], drive.clip_root[0], left);
  Clip(drive, drive.clip_x[1], drive.clip_root[1], right);
  for (int i = 0; i < kBlockFrames; i += 8) {
    const Float8 number = Float8::Load(kNumbers) + Float8::Of(static_cast<float>(i));
    const Float8 sub = CourseAt(drive.sub, i) * SinCyclesLanes(Float8::Of(drive.sub_phase) + Float8::Of(drive.sub_frequency) * number);
    (CourseAt(drive.pan_left, i) * (Float8::Load(left + i) + sub)).Store(left + i);
    (CourseAt(drive.pan_right, i) * (Float8::Load(right + i) + sub)).Store(right + i);
  }
  const float phase = drive.sub_phase + drive.sub_frequency * kBlockFrames;
  drive.sub_phase = phase - static_cast<float>(static_cast<int>(phase));
}

}  // namespace

extern const BassDriveKernel kBassDriveKernels = {Process};

}  // namespace kinetone::dsp::KINETONE_SIMD
