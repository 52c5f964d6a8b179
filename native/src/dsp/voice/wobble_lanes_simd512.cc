#include "dsp/voice/wobble_lanes.h"

#include "dsp/lanes/lane_rows.h"
#include "dsp/lanes/low_pass_lanes.h"

namespace kinetone::dsp::KINETONE_SIMD {
namespace {

// The wobble opens on the beat.
KINETONE_INLINE Wide Opening(Wide phase) { return Wide::Of(0.5f) + Wide::Of(0.5f) * CosCyclesLanes(phase); }

Wide WobbleAt(const WobbleAims& aims, int first, int sub_block) {
  const Wide t = Wide::Of(static_cast<float>(sub_block + 1) / kSubBlocks);
  const Wide now = Opening(Wide::Load(aims.phase + first) + Wide::Load(aims.step + first) * t);
  const Wide before = Opening(Wide::Load(aims.old_phase + first) + Wide::Load(aims.old_step + first) * t);
  const Wide blend_from = Wide::Load(aims.blend_from + first);
  const Wide blend = blend_from + (Wide::Load(aims.blend_to + first) - blend_from) * t;
  return before + (now - before) * blend;
}

LowPassLanes<Wide> Load(const WobbleLanes::Stage& stage, int first) {
  return LowPassLanes<Wide>::From(stage.s1 + first, stage.s2 + first, stage.p + first, stage.q + first, stage.r + first);
}

void Store(const LowPassLanes<Wide>& filter, WobbleLanes::Stage& stage, int first) {
  filter.To(stage.s1 + first, stage.s2 + first, stage.p + first, stage.q + first, stage.r + first);
}

void RenderLanes(WobbleLanes& lanes, const WobbleAims& aims, int first, const float* const* lines, float* left, float* right, float (*wobble)[kVoiceLanes]) {
  LowPassLanes<Wide> soft = Load(lanes.soft, first), sharp = Load(lanes.sharp, first);
  for (int s = 0; s < kSubBlocks; ++s) {
    const Wide open = WobbleAt(aims, first, s);
    open.Store(wobble[s] + first);
    const Wide hz = ClampLanes(Wide::Load(aims.cutoff_hz[s] + first) * Exp2Lanes(Wide::Load(aims.depth[s] + first) * open), 30.0f, 14000.0f);
    const Wide g = LowPassAims<Wide>::Warped(hz, aims.rate);
    soft.Towards(LowPassAims<Wide>::OfWarped(g, Wide::Of(aims.soft_damping)), kSubBlockFrames);
    sharp.Towards(LowPassAims<Wide>::OfWarped(g, Wide::Load(aims.damping[s] + first)), kSubBlockFrames);
    for (int frame = s * kSubBlockFrames; frame < (s + 1) * kSubBlockFrames; frame += Wide::kLanes) {
      Wide rows[Wide::kLanes];
      LoadFrames(lines + first, frame, rows);
      for (Wide& row : rows) row = sharp.NextDoubled(soft.NextDoubled(row));
      Transpose(rows);
      MixVoices(rows, aims.gains, first, frame, left, right);
    }
  }
  Store(soft, lanes.soft, first);
  Store(sharp, lanes.sharp, first);
}

void RenderWobble(WobbleLanes& lanes, const WobbleAims& aims, int count, const float* const* lines, float* left, float* right, float (*wobble)[kVoiceLanes]) {
  for (int first = 0; first < count; first += Wide::kLanes) RenderLanes(lanes, aims, first, lines, left, right, wobble);
}

}  // namespace

extern const WobbleKernel kWobbleKernels = {RenderWobble};

}  // namespace kinetone::dsp::KINETONE_SIMD
