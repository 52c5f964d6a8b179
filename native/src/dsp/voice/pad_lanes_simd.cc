#include "dsp/voice/pad_lanes.h"

#include "dsp/lanes/lane_math.h"
#include "dsp/lanes/lane_rows.h"
#include "dsp/lanes/low_pass_lanes.h"

namespace kinetone::dsp::KINETONE_SIMD {
namespace {

LowPassAims AimsOf(const PadAims& aims, int stretch) {
  const Float8 octaves = Float8::Load(aims.octaves[stretch]) + Float8::Of(aims.breath_octaves) * SinCyclesLanes(Float8::Load(aims.breath));
  const Float8 hz = ClampLanes(Float8::Of(aims.cutoff_hz[stretch]) * Exp2Lanes(octaves), 60.0f, 16000.0f);
  return LowPassAims::Of(hz, aims.rate, Float8::Of(aims.damping));
}

void RenderPads(PadLanes& lanes, const PadAims& aims, const float* const* lines, float* left, float* right) {
  LowPassLanes filter = LowPassLanes::From(lanes.s1, lanes.s2, lanes.p, lanes.q, lanes.r);
  Float8 gate = Float8::Load(lanes.gate), strike = Float8::Load(lanes.strike);
  const Float8 keep = Float8::Load(lanes.gate_keep), add = Float8::Load(lanes.gate_add), strike_keep = Float8::Load(lanes.strike_keep);
  for (int stretch = 0; stretch < kPadStretches; ++stretch) {
    filter.Towards(AimsOf(aims, stretch), kPadStretchFrames);
    for (int frame = stretch * kPadStretchFrames; frame < (stretch + 1) * kPadStretchFrames; frame += 8) {
      Float8 rows[8];
      LoadFrames(lines, frame, rows);
      for (Float8& row : rows) {
        gate = gate * keep + add;
        row = filter.NextDoubled(row) * (gate * strike);
        strike = strike * strike_keep;
      }
      Transpose(rows);
      MixVoices(rows, aims.gains, frame, left, right);
    }
  }
  filter.To(lanes.s1, lanes.s2, lanes.p, lanes.q, lanes.r);
  gate.Store(lanes.gate);
  strike.Store(lanes.strike);
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
