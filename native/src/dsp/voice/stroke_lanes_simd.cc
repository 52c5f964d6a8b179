// The noise's hash: Wellons, "Prospecting for hash functions", 2018 (lowbias32).
#include "dsp/voice/stroke_lanes.h"

#include "dsp/lanes/lane_math.h"
#include "dsp/lanes/lane_rows.h"

namespace kinetone::dsp::KINETONE_SIMD {
namespace {

alignas(32) constexpr float kNumbers[8] = {0, 1, 2, 3, 4, 5, 6, 7};
alignas(32) constexpr std::uint32_t kWholeNumbers[8] = {0, 1, 2, 3, 4, 5, 6, 7};

KINETONE_INLINE Int8 Hash(Int8 x) {
  x = x ^ ShiftRight<16>(x);
  x = x * Int8::Of(0x7feb352du);
  x = x ^ ShiftRight<15>(x);
  x = x * Int8::Of(0x846ca68bu);
  return x ^ ShiftRight<16>(x);
}

void Noise(std::uint32_t counter, float gain, float* line) {
  const Float8 scale = Float8::Of(gain * (1.0f / 2147483648.0f));
  for (int i = 0; i < kBlockFrames; i += 8) {
    (scale * ToFloat(Hash(Int8::Of(counter + static_cast<std::uint32_t>(i)) + Int8::Load(kWholeNumbers)))).Store(line + i);
  }
}

void AddMetal(const MetalPartials& metal, float* line) {
  for (int i = 0; i < kBlockFrames; i += 8) {
    const Float8 n = Float8::Load(kNumbers) + Float8::Of(static_cast<float>(i));
    Float8 sum = Float8::Of(0.0f);
    for (int pair = 0; pair < 2; ++pair) {
      const Float8 swing = SinCyclesLanes(Float8::Of(metal.modulator[pair]) + Float8::Of(metal.modulator_step[pair]) * n);
      sum = sum + SinCyclesLanes(Float8::Of(metal.carrier[pair]) + Float8::Of(metal.carrier_step[pair]) * n + Float8::Of(metal.index) * swing);
    }
    (Float8::Load(line + i) + Float8::Of(metal.level) * sum).Store(line + i);
  }
}

void Decay(float value, float keep, float* line) {
  float first[8];
  for (float& x : first) {
    x = value;
    value *= keep;
  }
  const float square = keep * keep, fourth = square * square;
  const Float8 eighth = Float8::Of(fourth * fourth);
  Float8 values = Float8::Load(first);
  for (int i = 0; i < kBlockFrames; i += 8) {
    values.Store(line + i);
    values = values * eighth;
  }
}

// What follows the last of a decay's values.
float After(const float* values, int frames, float keep) { return values[frames - 1] * keep; }

float Wrapped(float cycles) { return cycles - static_cast<float>(static_cast<int>(cycles)); }

void Clip(SkinTone& tone, int frames, float* line) {
  alignas(32) float x[kBlockFrames + 8], root[kBlockFrames + 8];
  x[7] = tone.clip_x;
  root[7] = tone.clip_root;
  for (int i = 0; i < kBlockFrames; i += 8) {
    const Float8 in = Float8::Of(tone.drive) * Float8::Load(line + i);
    in.Store(x + 8 + i);
    Root(Float8::Of(1.0f) + in * in).Store(root + 8 + i);
  }
  for (int i = 0; i < kBlockFrames; i += 8) {
    ((Float8::Load(x + 8 + i) + Float8::Load(x + 7 + i)) / (Float8::Load(root + 8 + i) + Float8::Load(root + 7 + i))).Store(line + i);
  }
  tone.clip_x = x[frames + 7];
  tone.clip_root = root[frames + 7];
}

void Tone(SkinTone& tone, int frames, float* line) {
  alignas(32) float sweep[kBlockFrames], level[kBlockFrames], phase[kBlockFrames + 1], second[kBlockFrames + 1];
  Decay(tone.sweep, tone.sweep_keep, sweep);
  Decay(tone.level, tone.level_keep, level);
  tone.sweep = After(sweep, frames, tone.sweep_keep);
  tone.level = After(level, frames, tone.level_keep);
  for (int i = 0; i < kBlockFrames; i += 8) (Float8::Of(tone.increment) * Exp2Lanes(Float8::Load(sweep + i))).Store(sweep + i);
  phase[0] = tone.phase;
  second[0] = tone.second_phase;
  for (int i = 0; i < kBlockFrames; ++i) phase[i + 1] = phase[i] + sweep[i];
  // The second mode's way is the first's, stretched.
  for (int i = 0; i <= kBlockFrames; ++i) second[i] = tone.second_phase + tone.second_ratio * (phase[i] - tone.phase);
  tone.phase = Wrapped(phase[frames]);
  tone.second_phase = Wrapped(second[frames]);
  for (int i = 0; i < kBlockFrames; i += 8) {
    Float8 y = SinCyclesLanes(Float8::Load(phase + i));
    if (tone.second > 0.0f) y = y + Float8::Of(tone.second) * SinCyclesLanes(Float8::Load(second + i));
    (y * Float8::Load(level + i)).Store(line + i);
  }
  if (tone.drive > 0.0f) Clip(tone, frames, line);
}

// MixVoices with a second pair of lines that gets a share of each voice.
KINETONE_INLINE void MixStrokes(const Float8 (&rows)[8], const StereoGains8& gains, const float* shares, int frame, const StereoLines& out, const StereoLines& room) {
  const Float8 number = FrameNumbers(frame);
  Float8 l = Float8::Load(out.left + frame), r = Float8::Load(out.right + frame);
  Float8 room_l = Float8::Load(room.left + frame), room_r = Float8::Load(room.right + frame);
  for (int v = 0; v < 8; ++v) {
    const Float8 left = rows[v] * (gains.is_moving ? GainAt(gains.left[v], gains.left_step[v], number) : Float8::Of(gains.left[v]));
    const Float8 right = rows[v] * (gains.is_moving ? GainAt(gains.right[v], gains.right_step[v], number) : Float8::Of(gains.right[v]));
    const Float8 share = Float8::Of(shares[v]);
    l = l + left;
    r = r + right;
    room_l = room_l + share * left;
    room_r = room_r + share * right;
  }
  l.Store(out.left + frame);
  r.Store(out.right + frame);
  room_l.Store(room.left + frame);
  room_r.Store(room.right + frame);
}

void RenderStrokes(StrokeLanes& lanes, const float* const* excitations, const float* const* tones, const StereoGains8& gains, const StereoLines& out, const StereoLines& room) {
  const Float8 p = Float8::Load(lanes.p), q = Float8::Load(lanes.q), r = Float8::Load(lanes.r);
  const Float8 direct = Float8::Load(lanes.direct), band = Float8::Load(lanes.band), low = Float8::Load(lanes.low);
  Float8 s1 = Float8::Load(lanes.s1), s2 = Float8::Load(lanes.s2);
  for (int frame = 0; frame < kBlockFrames; frame += 8) {
    Float8 rows[8];
    LoadFrames(excitations, frame, rows);
    for (Float8& row : rows) {
      const Float8 way = row - s2;
      const Float8 next1 = p * s1 + q * way;
      const Float8 next2 = (s2 + q * s1) + r * way;
      row = (direct * row + band * (s1 + next1)) + low * (s2 + next2);
      s1 = next1;
      s2 = next2;
    }
    Transpose(rows);
    for (int v = 0; v < 8; ++v) {
      if (tones[v] != nullptr) rows[v] = rows[v] + Float8::Load(tones[v] + frame);
    }
    MixStrokes(rows, gains, lanes.room, frame, out, room);
  }
  s1.Store(lanes.s1);
  s2.Store(lanes.s2);
}

}  // namespace

extern const StrokeKernel kStrokeKernels = {Noise, AddMetal, Decay, Tone, RenderStrokes};

}  // namespace kinetone::dsp::KINETONE_SIMD
