#include "dsp/voice/pad_lanes.h"

#include "dsp/lanes/lane_math.h"
#include "dsp/lanes/lane_rows.h"
#include "dsp/lanes/low_pass_lanes.h"

namespace kinetone::dsp::KINETONE_SIMD {
namespace {

LowPassAims<Wide> AimsOf(const PadAims& aims, int first, int stretch) {
  const Wide octaves = Wide::Load(aims.octaves[stretch] + first) + Wide::Of(aims.breath_octaves) * SinCyclesLanes(Wide::Load(aims.breath + first));
  const Wide hz = ClampLanes(Wide::Of(aims.cutoff_hz[stretch]) * Exp2Lanes(octaves), 60.0f, 16000.0f);
  return LowPassAims<Wide>::Of(hz, aims.rate, Wide::Of(aims.damping));
}

void RenderLanes(PadLanes& lanes, const PadAims& aims, int first, const float* const* lines, float* left, float* right) {
  auto filter = LowPassLanes<Wide>::From(lanes.s1 + first, lanes.s2 + first, lanes.p + first, lanes.q + first, lanes.r + first);
  Wide gate = Wide::Load(lanes.gate + first), strike = Wide::Load(lanes.strike + first);
  const Wide keep = Wide::Load(lanes.gate_keep + first), add = Wide::Load(lanes.gate_add + first), strike_keep = Wide::Load(lanes.strike_keep + first);
  for (int stretch = 0; stretch < kPadStretches; ++stretch) {
    filter.Towards(AimsOf(aims, first, stretch), kPadStretchFrames);
    for (int frame = stretch * kPadStretchFrames; frame < (stretch + 1) * kPadStretchFrames; frame += Wide::kLanes) {
      Wide rows[Wide::kLanes];
      LoadFrames(lines + first, frame, rows);
      for (Wide& row : rows) {
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
  for (int first = 0; first < kVoiceLanes; first += Wide::kLanes) {
    const bool any = (sounding >> first & ((1u << Wide::kLanes) - 1)) != 0;
    if (any) RenderLanes(lanes, aims, first, lines, left, right);
  }
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
