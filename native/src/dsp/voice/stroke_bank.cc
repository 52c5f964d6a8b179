#include "dsp/voice/stroke_bank.h"

namespace kinetone::dsp {
namespace {

constexpr float kNothing[kBlockFrames] = {};

void AddInterleaved(const StereoLines& lines, float* out) {
  for (int i = 0; i < kBlockFrames; ++i) {
    out[2 * i] += lines.left[i];
    out[2 * i + 1] += lines.right[i];
  }
}

}  // namespace

void StrokeBank::Init(float rate, std::size_t count) {
  strokes_.assign(count, {});
  for (Stroke& stroke : strokes_) stroke.Init(rate);
}

void StrokeBank::RenderGroup(Stroke* const* group, std::size_t count, float level_from, float level_to, const StereoLines& out, const StereoLines& room) {
  alignas(64) float excitation[kLanes][kBlockFrames], tone[kLanes][kBlockFrames];
  const float* excitations[kLanes];
  const float* tones[kLanes];
  StrokeLanes lanes;
  StereoGains gains;
  gains.is_moving = level_from != level_to;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    excitations[lane] = kNothing;
    tones[lane] = nullptr;
    if (lane >= count) continue;
    Stroke& stroke = *group[lane];
    excitations[lane] = excitation[lane];
    if (stroke.has_tone()) tones[lane] = tone[lane];
    lanes.s1[lane] = stroke.s1;
    lanes.s2[lane] = stroke.s2;
    lanes.p[lane] = stroke.coefficients().p;
    lanes.q[lane] = stroke.coefficients().q;
    lanes.r[lane] = stroke.coefficients().r;
    lanes.direct[lane] = stroke.direct();
    lanes.band[lane] = stroke.band();
    lanes.low[lane] = stroke.low();
    lanes.room[lane] = stroke.room();
    const PanGains& pan = stroke.pan();
    const float from = stroke.gain() * level_from, step = stroke.gain() * (level_to - level_from) / kBlockFrames;
    gains.left[lane] = from * pan.left;
    gains.right[lane] = from * pan.right;
    gains.left_step[lane] = step * pan.left;
    gains.right_step[lane] = step * pan.right;
    stroke.Render(excitation[lane], tone[lane]);
  }
  StrokeKernels().render(lanes, static_cast<int>(count), excitations, tones, gains, out, room);
  for (std::size_t lane = 0; lane < count; ++lane) {
    group[lane]->s1 = lanes.s1[lane];
    group[lane]->s2 = lanes.s2[lane];
  }
}

void StrokeBank::Render(float level_from, float level_to, float* out, float* room) {
  alignas(64) float lines[4][kBlockFrames] = {};
  const StereoLines out_lines{lines[0], lines[1]}, room_lines{lines[2], lines[3]};
  Stroke* group[kLanes];
  std::size_t count = 0;
  bool any = false;
  for (Stroke& stroke : strokes_) {
    if (!stroke.is_active()) continue;
    any = true;
    group[count++] = &stroke;
    if (count < kLanes) continue;
    RenderGroup(group, count, level_from, level_to, out_lines, room_lines);
    count = 0;
  }
  if (count > 0) RenderGroup(group, count, level_from, level_to, out_lines, room_lines);
  if (!any) return;
  AddInterleaved(out_lines, out);
  AddInterleaved(room_lines, room);
}

}  // namespace kinetone::dsp
