// The noise's hash: Wellons, "Prospecting for hash functions", 2018 (lowbias32).
#include "dsp/voice/stroke_lanes.h"

#include "dsp/lanes/lane_math.h"
#include "dsp/lanes/lane_rows.h"

namespace kinetone::dsp::KINETONE_SIMD {
namespace {

alignas(64) constexpr float kNumbers[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
alignas(64) constexpr std::uint32_t kWholeNumbers[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

KINETONE_INLINE Wide::Int Hash(Wide::Int x) {
  x = x ^ ShiftRight<16>(x);
  x = x * Wide::Int::Of(0x7feb352du);
  x = x ^ ShiftRight<15>(x);
  x = x * Wide::Int::Of(0x846ca68bu);
  return x ^ ShiftRight<16>(x);
}

KINETONE_INLINE Wide MetalAt(const MetalPartials& metal, Wide n) {
  Wide sum = Wide::Of(0.0f);
  for (int pair = 0; pair < 2; ++pair) {
    const Wide swing = SinCyclesLanes(Wide::Of(metal.modulator[pair]) + Wide::Of(metal.modulator_step[pair]) * n);
    sum = sum + SinCyclesLanes(Wide::Of(metal.carrier[pair]) + Wide::Of(metal.carrier_step[pair]) * n + Wide::Of(metal.index) * swing);
  }
  return Wide::Of(metal.level) * sum;
}

void Excite(std::uint32_t counter, float noise, const MetalPartials* metal, const float* level, float* line) {
  const Wide scale = Wide::Of(noise * (1.0f / 2147483648.0f));
  for (int i = 0; i < kBlockFrames; i += Wide::kLanes) {
    Wide x = scale * ToFloat(Hash(Wide::Int::Of(counter + static_cast<std::uint32_t>(i)) + Wide::Int::Load(kWholeNumbers)));
    if (metal != nullptr) x = x + MetalAt(*metal, Wide::Load(kNumbers) + Wide::Of(static_cast<float>(i)));
    (x * Wide::Load(level + i)).Store(line + i);
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
  alignas(64) float x[kBlockFrames + 16], root[kBlockFrames + 16];
  x[15] = tone.clip_x;
  root[15] = tone.clip_root;
  for (int i = 0; i < kBlockFrames; i += Wide::kLanes) {
    const Wide in = Wide::Of(tone.drive) * Wide::Load(line + i);
    in.Store(x + 16 + i);
    Root(Wide::Of(1.0f) + in * in).Store(root + 16 + i);
  }
  for (int i = 0; i < kBlockFrames; i += Wide::kLanes) {
    ((Wide::Load(x + 16 + i) + Wide::Load(x + 15 + i)) / (Wide::Load(root + 16 + i) + Wide::Load(root + 15 + i))).Store(line + i);
  }
  tone.clip_x = x[frames + 15];
  tone.clip_root = root[frames + 15];
}

void Tone(SkinTone& tone, int frames, float* line) {
  alignas(64) float sweep[kBlockFrames], level[kBlockFrames], phase[kBlockFrames + 1], second[kBlockFrames + 1];
  Decay(tone.sweep, tone.sweep_keep, sweep);
  Decay(tone.level, tone.level_keep, level);
  tone.sweep = After(sweep, frames, tone.sweep_keep);
  tone.level = After(level, frames, tone.level_keep);
  for (int i = 0; i < kBlockFrames; i += Wide::kLanes) (Wide::Of(tone.increment) * Exp2Lanes(Wide::Load(sweep + i))).Store(sweep + i);
  phase[0] = tone.phase;
  second[0] = tone.second_phase;
  for (int i = 0; i < kBlockFrames; ++i) phase[i + 1] = phase[i] + sweep[i];
  // The second mode's way is the first's, stretched.
  for (int i = 0; i <= kBlockFrames; ++i) second[i] = tone.second_phase + tone.second_ratio * (phase[i] - tone.phase);
  tone.phase = Wrapped(phase[frames]);
  tone.second_phase = Wrapped(second[frames]);
  for (int i = 0; i < kBlockFrames; i += Wide::kLanes) {
    Wide y = SinCyclesLanes(Wide::Load(phase + i));
    if (tone.second > 0.0f) y = y + Wide::Of(tone.second) * SinCyclesLanes(Wide::Load(second + i));
    (y * Wide::Load(level + i)).Store(line + i);
  }
  if (tone.drive > 0.0f) Clip(tone, frames, line);
}

// MixVoices with a second pair of lines that gets a share of each voice.
template <typename V>
KINETONE_INLINE void MixStrokes(const V (&rows)[V::kLanes], const StereoGains& gains, const float* shares, int first, int frame, const StereoLines& out,
                                const StereoLines& room) {
  const V number = FrameNumbers<V>(frame);
  V l = V::Load(out.left + frame), r = V::Load(out.right + frame);
  V room_l = V::Load(room.left + frame), room_r = V::Load(room.right + frame);
  for (int v = 0; v < V::kLanes; ++v) {
    const int at = first + v;
    const V left = rows[v] * (gains.is_moving ? GainAt(gains.left[at], gains.left_step[at], number) : V::Of(gains.left[at]));
    const V right = rows[v] * (gains.is_moving ? GainAt(gains.right[at], gains.right_step[at], number) : V::Of(gains.right[at]));
    const V share = V::Of(shares[at]);
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

template <typename V>
void RenderLanes(StrokeLanes& lanes, int first, const float* const* excitations, const float* const* tones, const StereoGains& gains, const StereoLines& out,
                 const StereoLines& room) {
  const V p = V::Load(lanes.p + first), q = V::Load(lanes.q + first), r = V::Load(lanes.r + first);
  const V direct = V::Load(lanes.direct + first), band = V::Load(lanes.band + first), low = V::Load(lanes.low + first);
  V s1 = V::Load(lanes.s1 + first), s2 = V::Load(lanes.s2 + first);
  for (int frame = 0; frame < kBlockFrames; frame += V::kLanes) {
    V rows[V::kLanes];
    LoadFrames(excitations + first, frame, rows);
    for (V& row : rows) {
      const V way = row - s2;
      const V next1 = p * s1 + q * way;
      const V next2 = (s2 + q * s1) + r * way;
      row = (direct * row + band * (s1 + next1)) + low * (s2 + next2);
      s1 = next1;
      s2 = next2;
    }
    Transpose(rows);
    for (int v = 0; v < V::kLanes; ++v) {
      if (tones[first + v] != nullptr) rows[v] = rows[v] + V::Load(tones[first + v] + frame);
    }
    MixStrokes(rows, gains, lanes.room, first, frame, out, room);
  }
  s1.Store(lanes.s1 + first);
  s2.Store(lanes.s2 + first);
}

void RenderStrokes(StrokeLanes& lanes, int count, const float* const* excitations, const float* const* tones, const StereoGains& gains, const StereoLines& out,
                   const StereoLines& room) {
  ForLanes(count, [&]<typename V>(V, int first) { RenderLanes<V>(lanes, first, excitations, tones, gains, out, room); });
}

}  // namespace

extern const StrokeKernel kStrokeKernels = {Excite, Decay, Tone, RenderStrokes};

}  // namespace kinetone::dsp::KINETONE_SIMD
