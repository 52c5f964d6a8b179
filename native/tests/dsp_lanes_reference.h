// Scalar references of the voice kernels: one voice, one sample at a time, from the scalar filters and mathematics. Slow and plain.
#pragma once

#include <vector>

#include "dsp/filter/svf.h"
#include "dsp/math.h"
#include "dsp/osc/blep_table.h"
#include "dsp/voice/bass_drive.h"
#include "dsp/voice/pad_lanes.h"
#include "dsp/voice/stroke_lanes.h"
#include "dsp/voice/wobble_lanes.h"

namespace kinetone::test {

// A saw of one pitch throughout, as SawStack's: -1..1, a residual around each jump, kBlepHalfTaps samples late.
inline std::vector<double> ReferenceSaw(double place, double frequency, std::size_t frames) {
  const dsp::BlepTable& table = dsp::BlepTable::Shared();
  std::vector<double> out(frames + dsp::kBlepTaps, 0.0);
  double phase = place;
  for (std::size_t i = 0; i < frames; ++i) {
    phase += frequency;
    const bool has_jumped = phase >= 1.0;
    if (has_jumped) phase -= 1.0;
    out[i + dsp::kBlepHalfTaps] += 2.0 * phase - 1.0;
    if (!has_jumped) continue;
    const double position = phase / frequency * dsp::kBlepPhases;
    const int row = static_cast<int>(position);
    for (int tap = 0; tap < dsp::kBlepTaps; ++tap) {
      const double a = static_cast<double>(table.rows[row][tap]), b = static_cast<double>(table.rows[row + 1][tap]);
      out[i + static_cast<std::size_t>(tap)] += -2.0 * (a + (b - a) * (position - row));
    }
  }
  out.resize(frames);
  return out;
}

// One voice's low-pass whose coefficients go in a straight line to each stretch's target.
struct ReferenceLowPass {
  dsp::Svf filter;
  dsp::SvfRamp ramp;

  void Towards(float hz, float rate, float damping, int frames) { ramp.Towards(dsp::SvfCoefficients::Of(dsp::WarpedCutoff(hz, rate), damping), frames); }
  float Next(float x) { return filter.LowPass(x, ramp.Next()); }
};

// One lane of PadKernel::render at gain 1, from rest with the lane's coefficients and envelopes.
inline std::vector<float> ReferencePad(const dsp::PadLanes& lanes, const dsp::PadAims& aims, const float* line, std::size_t lane) {
  ReferenceLowPass low_pass;
  low_pass.ramp.now = {lanes.p[lane], lanes.q[lane], lanes.r[lane], aims.damping};
  float gate = lanes.gate[lane], strike = lanes.strike[lane];
  std::vector<float> out;
  for (int s = 0; s < dsp::kPadStretches; ++s) {
    const float octaves = aims.octaves[s][lane] + aims.breath_octaves * dsp::SinCycles(aims.breath[lane]);
    low_pass.Towards(dsp::Clamp(aims.cutoff_hz[s] * dsp::Exp2(octaves), 60.0f, 16000.0f), aims.rate, aims.damping, dsp::kPadStretchFrames);
    for (int i = 0; i < dsp::kPadStretchFrames; ++i) {
      gate = gate * lanes.gate_keep[lane] + lanes.gate_add[lane];
      out.push_back(low_pass.Next(line[s * dsp::kPadStretchFrames + i]) * gate * strike);
      strike *= lanes.strike_keep[lane];
    }
  }
  return out;
}

// One lane of WobbleKernel::render at gain 1, from rest with the lane's coefficients; no crossing over between two rates.
inline std::vector<float> ReferenceWobble(const dsp::WobbleLanes& lanes, const dsp::WobbleAims& aims, const float* line, std::size_t lane) {
  ReferenceLowPass soft, sharp;
  soft.ramp.now = {lanes.soft.p[lane], lanes.soft.q[lane], lanes.soft.r[lane], 0.0f};
  sharp.ramp.now = {lanes.sharp.p[lane], lanes.sharp.q[lane], lanes.sharp.r[lane], 0.0f};
  std::vector<float> out;
  for (int s = 0; s < dsp::kSubBlocks; ++s) {
    const float t = static_cast<float>(s + 1) / dsp::kSubBlocks;
    const float open = 0.5f + 0.5f * dsp::CosCycles(aims.phase[lane] + aims.step[lane] * t);
    const float hz = dsp::Clamp(aims.cutoff_hz[s][lane] * dsp::Exp2(aims.depth[s][lane] * open), 30.0f, 14000.0f);
    soft.Towards(hz, aims.rate, aims.soft_damping, dsp::kSubBlockFrames);
    sharp.Towards(hz, aims.rate, aims.damping[s][lane], dsp::kSubBlockFrames);
    for (int i = 0; i < dsp::kSubBlockFrames; ++i) out.push_back(sharp.Next(soft.Next(line[s * dsp::kSubBlockFrames + i])));
  }
  return out;
}

inline void ReferenceDrive(dsp::BassDrive drive, float* left, float* right) {
  dsp::SoftClip clips[2] = {{drive.clip_x[0], drive.clip_root[0]}, {drive.clip_x[1], drive.clip_root[1]}};
  for (int i = 0; i < dsp::kBlockFrames; ++i) {
    const int s = i / dsp::kSubBlockFrames;
    const float t = static_cast<float>(i % dsp::kSubBlockFrames + 1) / dsp::kSubBlockFrames;
    const auto at = [&](const float* course) { return dsp::Lerp(course[s], course[s + 1], t); };
    const float sub = at(drive.sub) * dsp::SinCycles(drive.sub_phase + drive.sub_frequency * static_cast<float>(i + 1));
    left[i] = at(drive.pan_left) * (clips[0].Process(left[i] * at(drive.drive)) * at(drive.level) + sub);
    right[i] = at(drive.pan_right) * (clips[1].Process(right[i] * at(drive.drive)) * at(drive.level) + sub);
  }
}

inline std::vector<float> ReferenceFm(dsp::FmTone tone) {
  std::vector<float> out;
  for (int i = 0; i < dsp::kBlockFrames; ++i) {
    const auto n = static_cast<float>(i);
    const float swing = tone.index * dsp::SinCycles(tone.modulator + tone.modulator_step * n);
    out.push_back(dsp::SinCycles(tone.carrier + tone.carrier_step * n + swing) + tone.level * dsp::SinCycles(tone.bright + tone.bright_step * n));
    tone.index *= tone.index_keep;
    tone.level *= tone.level_keep;
  }
  return out;
}

inline float ReferenceNoise(std::uint32_t number) {
  number = (number ^ number >> 16) * 0x7feb352du;
  number = (number ^ number >> 15) * 0x846ca68bu;
  number ^= number >> 16;
  return static_cast<float>(static_cast<std::int32_t>(number)) * (1.0f / 2147483648.0f);
}

inline std::vector<float> ReferenceTone(dsp::SkinTone tone) {
  dsp::SoftClip clip{tone.clip_x, tone.clip_root};
  std::vector<float> out;
  for (int i = 0; i < dsp::kBlockFrames; ++i) {
    float y = tone.level * (dsp::SinCycles(tone.phase) + tone.second * dsp::SinCycles(tone.second_phase));
    if (tone.drive > 0.0f) y = clip.Process(tone.drive * y);
    out.push_back(y);
    const float step = tone.increment * dsp::Exp2(tone.sweep);
    tone.phase += step;
    tone.second_phase += tone.second_ratio * step;
    tone.sweep *= tone.sweep_keep;
    tone.level *= tone.level_keep;
  }
  return out;
}

}  // namespace kinetone::test
