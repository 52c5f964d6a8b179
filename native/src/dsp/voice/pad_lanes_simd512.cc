#include "dsp/voice/pad_lanes.h"

#include "dsp/lanes/lane_math.h"
#include "dsp/lanes/lane_rows.h"
#include "dsp/lanes/low_pass_lanes.h"

namespace kinetone::dsp::KINETONE_SIMD {
namespace {

template <typename V>
LowPassAims<V> AimsOf(const PadAims& aims, int first, int stretch) {
  const V octaves = V::Load(aims.octaves[stretch] + first) + V::Of(aims.breath_octaves) * SinCyclesLanes(V::Load(aims.breath + first));
  const V hz = ClampLanes(V::Of(aims.cutoff_hz[stretch]) * Exp2Lanes(octaves), 60.0f, 16000.0f);
  return LowPassAims<V>::Of(hz, aims.rate, V::Of(aims.damping));
}

template <typename V>
void RenderLanes(PadLanes& lanes, const PadAims& aims, int first, const float* const* lines, float* left, float* right) {
  auto filter = LowPassLanes<V>::From(lanes.s1 + first, lanes.s2 + first, lanes.p + first, lanes.q + first, lanes.r + first);
  V gate = V::Load(lanes.gate + first), strike = V::Load(lanes.strike + first);
  const V keep = V::Load(lanes.gate_keep + first), add = V::Load(lanes.gate_add + first), strike_keep = V::Load(lanes.strike_keep + first);
  for (int stretch = 0; stretch < kPadStretches; ++stretch) {
    filter.Towards(AimsOf<V>(aims, first, stretch), kPadStretchFrames);
    for (int frame = stretch * kPadStretchFrames; frame < (stretch + 1) * kPadStretchFrames; frame += V::kLanes) {
      V rows[V::kLanes];
      LoadFrames(lines + first, frame, rows);
      for (V& row : rows) {
        gate = gate * keep + add;
        row = filter.NextDoubled(row) * (gate * strike);
        strike = strike * strike_keep;
      }
      Transpose(rows);
      MixVoices(rows, aims.gains, first, frame, left, right);
    }
  }
  filter.To(lanes.s1 + first, lanes.s2 + first, lanes.p + first, lanes.q + first, lanes.r + first);
  gate.Store(lanes.gate + first);
  strike.Store(lanes.strike + first);
}

void RenderPads(PadLanes& lanes, const PadAims& aims, unsigned sounding, const float* const* lines, float* left, float* right) {
  constexpr unsigned kHalf = (1u << Float8::kLanes) - 1;
  const bool has_low = (sounding & kHalf) != 0, has_high = (sounding >> Float8::kLanes) != 0;
  if (has_low && has_high && Wide::kLanes == kVoiceLanes) {
    RenderLanes<Wide>(lanes, aims, 0, lines, left, right);
    return;
  }
  if (has_low) RenderLanes<Float8>(lanes, aims, 0, lines, left, right);
  if (has_high) RenderLanes<Float8>(lanes, aims, Float8::kLanes, lines, left, right);
}

// value * keep ^ 0 .. 7
Float8 DecayOf(float value, float keep) {
  alignas(32) float values[8];
  for (float& x : values) {
    x = value;
    value *= keep;
  }
  return Float8::Load(values);
}

float EighthPower(float x) {
  const float square = x * x, fourth = square * square;
  return fourth * fourth;
}

void Modulate(FmTone& tone, float* line) {
  alignas(32) static constexpr float kNumbers[8] = {0, 1, 2, 3, 4, 5, 6, 7};
  Float8 index = DecayOf(tone.index, tone.index_keep), level = DecayOf(tone.level, tone.level_keep);
  const Float8 index_keep = Float8::Of(EighthPower(tone.index_keep)), level_keep = Float8::Of(EighthPower(tone.level_keep));
  for (int i = 0; i < kBlockFrames; i += 8) {
    const Float8 n = Float8::Load(kNumbers) + Float8::Of(static_cast<float>(i));
    const Float8 swing = index * SinCyclesLanes(Float8::Of(tone.modulator) + Float8::Of(tone.modulator_step) * n);
    const Float8 body = SinCyclesLanes(Float8::Of(tone.carrier) + Float8::Of(tone.carrier_step) * n + swing);
    (body + level * SinCyclesLanes(Float8::Of(tone.bright) + Float8::Of(tone.bright_step) * n)).Store(line + i);
    index = index * index_keep;
    level = level * level_keep;
  }
  alignas(32) float first[8];
  index.Store(first);
  tone.index = first[0];
  level.Store(first);
  tone.level = first[0];
}

}  // namespace

extern const PadKernel kPadKernels = {RenderPads, Modulate};

}  // namespace kinetone::dsp::KINETONE_SIMD
