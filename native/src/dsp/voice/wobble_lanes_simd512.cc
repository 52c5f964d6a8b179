#include "dsp/voice/wobble_lanes.h"

#include "dsp/lanes/lane_rows.h"
#include "dsp/lanes/low_pass_lanes.h"

namespace kinetone::dsp::KINETONE_SIMD {
namespace {

// The wobble opens on the beat.
template <typename V>
KINETONE_INLINE V Opening(V phase) { return V::Of(0.5f) + V::Of(0.5f) * CosCyclesLanes(phase); }

template <typename V>
V WobbleAt(const WobbleAims& aims, int first, int sub_block) {
  const V t = V::Of(static_cast<float>(sub_block + 1) / kSubBlocks);
  const V now = Opening(V::Load(aims.phase + first) + V::Load(aims.step + first) * t);
  const V before = Opening(V::Load(aims.old_phase + first) + V::Load(aims.old_step + first) * t);
  const V blend_from = V::Load(aims.blend_from + first);
  const V blend = blend_from + (V::Load(aims.blend_to + first) - blend_from) * t;
  return before + (now - before) * blend;
}

template <typename V>
LowPassLanes<V> Load(const WobbleLanes::Stage& stage, int first) {
  return LowPassLanes<V>::From(stage.s1 + first, stage.s2 + first, stage.p + first, stage.q + first, stage.r + first);
}

template <typename V>
void Store(const LowPassLanes<V>& filter, WobbleLanes::Stage& stage, int first) {
  filter.To(stage.s1 + first, stage.s2 + first, stage.p + first, stage.q + first, stage.r + first);
}

template <typename V>
void RenderLanes(WobbleLanes& lanes, const WobbleAims& aims, int first, const float* const* lines, float* left, float* right, float (*wobble)[kVoiceLanes]) {
  LowPassLanes<V> soft = Load<V>(lanes.soft, first), sharp = Load<V>(lanes.sharp, first);
  for (int s = 0; s < kSubBlocks; ++s) {
    const V open = WobbleAt<V>(aims, first, s);
    open.Store(wobble[s] + first);
    const V hz = ClampLanes(V::Load(aims.cutoff_hz[s] + first) * Exp2Lanes(V::Load(aims.depth[s] + first) * open), 30.0f, 14000.0f);
    const V g = LowPassAims<V>::Warped(hz, aims.rate);
    soft.Towards(LowPassAims<V>::OfWarped(g, V::Of(aims.soft_damping)), kSubBlockFrames);
    sharp.Towards(LowPassAims<V>::OfWarped(g, V::Load(aims.damping[s] + first)), kSubBlockFrames);
    for (int frame = s * kSubBlockFrames; frame < (s + 1) * kSubBlockFrames; frame += V::kLanes) {
      V rows[V::kLanes];
      LoadFrames(lines + first, frame, rows);
      for (V& row : rows) row = sharp.NextDoubled(soft.NextDoubled(row));
      Transpose(rows);
      MixVoices(rows, aims.gains, first, frame, left, right);
    }
  }
  Store(soft, lanes.soft, first);
  Store(sharp, lanes.sharp, first);
}

void RenderWobble(WobbleLanes& lanes, const WobbleAims& aims, int count, const float* const* lines, float* left, float* right, float (*wobble)[kVoiceLanes]) {
  ForLanes(count, [&]<typename V>(V, int first) { RenderLanes<V>(lanes, aims, first, lines, left, right, wobble); });
}

}  // namespace

extern const WobbleKernel kWobbleKernels = {RenderWobble};

}  // namespace kinetone::dsp::KINETONE_SIMD
