#include "dsp/voice/wobble_lanes.h"

#include "dsp/lanes/lane_rows.h"
#include "dsp/lanes/low_pass_lanes.h"

namespace kinetone::dsp::KINETONE_SIMD {
namespace {

// The wobble opens on the beat.
KINETONE_INLINE Float8 Opening(Float8 phase) { return Float8::Of(0.5f) + Float8::Of(0.5f) * CosCyclesLanes(phase); }

Float8 WobbleAt(const WobbleAims& aims, int sub_block) {
  const Float8 t = Float8::Of(static_cast<float>(sub_block + 1) / kSubBlocks);
  const Float8 now = Opening(Float8::Load(aims.phase) + Float8::Load(aims.step) * t);
  const Float8 before = Opening(Float8::Load(aims.old_phase) + Float8::Load(aims.old_step) * t);
  const Float8 blend_from = Float8::Load(aims.blend_from);
  const Float8 blend = blend_from + (Float8::Load(aims.blend_to) - blend_from) * t;
  return before + (now - before) * blend;
}

void RenderWobble(WobbleLanes& lanes, const WobbleAims& aims, const float* const* lines, float* left, float* right, float (*wobble)[8]) {
  WobbleLanes::Stage& first = lanes.soft;
  WobbleLanes::Stage& second = lanes.sharp;
  LowPassLanes soft = LowPassLanes::From(first.s1, first.s2, first.p, first.q, first.r);
  LowPassLanes sharp = LowPassLanes::From(second.s1, second.s2, second.p, second.q, second.r);
  for (int s = 0; s < kSubBlocks; ++s) {
    const Float8 open = WobbleAt(aims, s);
    open.Store(wobble[s]);
    const Float8 hz = ClampLanes(Float8::Load(aims.cutoff_hz[s]) * Exp2Lanes(Float8::Load(aims.depth[s]) * open), 30.0f, 14000.0f);
    const Float8 g = LowPassAims::Warped(hz, aims.rate);
    soft.Towards(LowPassAims::OfWarped(g, Float8::Of(aims.soft_damping)), kSubBlockFrames);
    sharp.Towards(LowPassAims::OfWarped(g, Float8::Load(aims.damping[s])), kSubBlockFrames);
    for (int frame = s * kSubBlockFrames; frame < (s + 1) * kSubBlockFrames; frame += 8) {
      Float8 rows[8];
      LoadFrames(lines, frame, rows);
      for (Float8& row : rows) row = sharp.NextDoubled(soft.NextDoubled(row));
      Transpose(rows);
      MixVoices(rows, aims.gains, frame, left, right);
    }
  }
  soft.To(first.s1, first.s2, first.p, first.q, first.r);
  sharp.To(second.s1, second.s2, second.p, second.q, second.r);
}

}  // namespace

extern const WobbleKernel kWobbleKernels = {RenderWobble};

}  // namespace kinetone::dsp::KINETONE_SIMD
