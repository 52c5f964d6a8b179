#include "dsp/voice/pad.h"

#include "dsp/mix/pan.h"
#include "dsp/random.h"
#include "dsp/voice_keys.h"

namespace kinetone::dsp {
namespace {

constexpr float kLevel = 0.16f;
constexpr float kSilence = 1.0e-5f;
// A pad's filter moves slowly: its coefficients are aimed twice a block.
constexpr int kStretches = 2;
constexpr int kStretchFrames = kBlockFrames / kStretches;
// The two sides are detuned by different amounts: equal ones beat like a machine.
constexpr float kUneven = 0.83f;

float WrapCycle(float phase) { return phase >= 1.0f ? phase - 1.0f : phase; }

// A phase one block on, back within 0..1.
float Advance(float phase, float increment) {
  const float end = phase + increment * kBlockFrames;
  return end - static_cast<float>(static_cast<int>(end));
}

// Voices alternate between the sides, the later ones further out.
float PlaceOf(std::size_t slot, float width) {
  const auto voice = slot % control::kMaxPadVoices;
  const float distance = 0.25f + 0.75f * static_cast<float>(voice) / (control::kMaxPadVoices - 1);
  return (voice % 2 == 0 ? -width : width) * distance;
}

}  // namespace

void PadVoices::Init(float rate, std::uint32_t seed) {
  rate_ = rate;
  breath_phase_ = 0.0f;
  sounding_.fill(false);
  open_.fill(false);
  const SvfCoefficients filter = SvfCoefficients::Of(0.05f, 1.2f);
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    Random random(seed, kPadPhaseKey + static_cast<std::uint32_t>(slot), 0);
    for (Saw& saw : saws_[slot]) saw.Init(random.Uniform());
    carrier_[slot] = modulator_[slot] = bright_phase_[slot] = 0.0f;
    gate_[slot] = strike_[slot] = s1_[slot] = s2_[slot] = 0.0f;
    p_[slot] = filter.p;
    q_[slot] = filter.q;
    r_[slot] = filter.r;
  }
}

void PadVoices::HandleEvent(const control::NoteEvent& event, const PadShapeSpec& shape, const SynthParameters& parameters) {
  const auto slot = static_cast<std::size_t>(event.index);
  const float per_ms = rate_ * 0.001f;
  if (event.kind == control::NoteKind::kPadOff) {
    open_[slot] = false;
    gate_keep_[slot] = gate_release_[slot];
    gate_add_[slot] = 0.0f;
    return;
  }
  if (!sounding_[slot]) s1_[slot] = s2_[slot] = gate_[slot] = 0.0f;
  sounding_[slot] = open_[slot] = true;
  note_[slot] = event.pitch + 12.0f * shape.octave;
  velocity_[slot] = event.velocity;
  const float attack_ms = parameters.End(Parameter::kPadAttack) * shape.attack_scale;
  gate_keep_[slot] = DecayPerStep((attack_ms > 1.5f ? attack_ms : 1.5f) * per_ms);
  gate_add_[slot] = 1.0f - gate_keep_[slot];
  gate_release_[slot] = DecayPerStep(shape.release_ms * per_ms);
  strike_[slot] = 1.0f;
  strike_keep_[slot] = shape.decay_ms > 0.0f ? DecayPerStep(shape.decay_ms * per_ms) : 1.0f;
  index_[slot].Trigger(shape.index * (0.6f + 0.4f * event.velocity), shape.index_ms * per_ms);
  bright_[slot].Trigger(shape.bright_level * event.velocity, shape.bright_ms * per_ms);
  filter_envelope_[slot].Trigger(shape.envelope_octaves, shape.envelope_ms * per_ms / kStretchFrames);
}

void PadVoices::RenderSaws(std::size_t slot, const PadShapeSpec& shape, float* mono) {
  const auto frequency = [this](float note) { return Clamp(HzOfMidi(note) / rate_, 1.0e-5f, 0.45f); };
  const float note = note_[slot];
  const float level = 1.0f / (1.0f + shape.side_level + shape.below_level);
  saws_[slot][0].RenderAdd(frequency(note), level, mono);
  if (shape.side_level > 0.0f) {
    saws_[slot][1].RenderAdd(frequency(note + shape.detune), level * shape.side_level, mono);
    saws_[slot][2].RenderAdd(frequency(note - kUneven * shape.detune), level * shape.side_level, mono);
  }
  if (shape.below_level > 0.0f) saws_[slot][3].RenderAdd(frequency(note - 12.0f), level * shape.below_level, mono);
}

void PadVoices::RenderFm(std::size_t slot, const PadShapeSpec& shape, float* mono) {
  const float increment = HzOfMidi(note_[slot]) / rate_;
  const float carrier = carrier_[slot], modulator = modulator_[slot], bright = bright_phase_[slot];
  const float modulator_step = Clamp(increment * shape.ratio, 0.0f, 0.45f);
  const float bright_step = Clamp(increment * shape.bright_ratio, 0.0f, 0.45f);
  float index[kBlockFrames], brightness[kBlockFrames];
  Decay index_decay = index_[slot], bright_decay = bright_[slot];
  for (int i = 0; i < kBlockFrames; ++i) index[i] = index_decay.Next();
  for (int i = 0; i < kBlockFrames; ++i) brightness[i] = bright_decay.Next();
  index_[slot] = index_decay;
  bright_[slot] = bright_decay;
  for (int i = 0; i < kBlockFrames; ++i) {
    const auto n = static_cast<float>(i);
    const float swing = index[i] * SinCycles(modulator + modulator_step * n);
    mono[i] += SinCycles(carrier + increment * n + swing) + brightness[i] * SinCycles(bright + bright_step * n);
  }
  carrier_[slot] = Advance(carrier, increment);
  modulator_[slot] = Advance(modulator, modulator_step);
  bright_phase_[slot] = Advance(bright, bright_step);
}

bool PadVoices::RenderOscillators(std::size_t first, const PadShapeSpec& shape, Group& group) {
  bool any = false;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const std::size_t slot = first + lane;
    float mono[kBlockFrames] = {};
    if (sounding_[slot]) {
      any = true;
      if (shape.source == PadSource::kSaws) {
        RenderSaws(slot, shape, mono);
      } else {
        RenderFm(slot, shape, mono);
      }
    }
    for (int i = 0; i < kBlockFrames; ++i) group[i][lane] = mono[i];
  }
  return any;
}

SvfCoefficients PadVoices::TargetFilter(std::size_t slot, const PadShapeSpec& shape, float cutoff_hz) {
  const float follow = shape.key_follow * (note_[slot] - 60.0f) / 12.0f;
  const float breath = shape.drift_octaves * SinCycles(breath_phase_ + 0.37f * static_cast<float>(slot));
  const float hz = cutoff_hz * shape.cutoff_scale * Exp2(follow + filter_envelope_[slot].Next() + breath);
  return SvfCoefficients::Of(WarpedCutoff(Clamp(hz, 60.0f, 16000.0f), rate_), shape.damping);
}

void PadVoices::Filter(std::size_t first, const PadShapeSpec& shape, const SynthParameters& parameters, Group& group) {
  for (int s = 0; s < kStretches; ++s) {
    const float cutoff = parameters.AtSubBlock(Parameter::kPadCutoff, (s + 1) * kSubBlocks / kStretches - 1);
    float s1[kLanes], s2[kLanes], p[kLanes], q[kLanes], r[kLanes], p_step[kLanes], q_step[kLanes], r_step[kLanes];
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const std::size_t slot = first + lane;
      const SvfCoefficients target = sounding_[slot] ? TargetFilter(slot, shape, cutoff) : SvfCoefficients{p_[slot], q_[slot], r_[slot], 0.0f};
      s1[lane] = s1_[slot];
      s2[lane] = s2_[slot];
      p[lane] = p_[slot];
      q[lane] = q_[slot];
      r[lane] = r_[slot];
      p_step[lane] = (target.p - p[lane]) / kStretchFrames;
      q_step[lane] = (target.q - q[lane]) / kStretchFrames;
      r_step[lane] = (target.r - r[lane]) / kStretchFrames;
    }
    for (int i = s * kStretchFrames; i < (s + 1) * kStretchFrames; ++i) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        p[lane] += p_step[lane];
        q[lane] += q_step[lane];
        r[lane] += r_step[lane];
        const float x = group[i][lane];
        const float next1 = (p[lane] * s1[lane] - q[lane] * s2[lane]) + q[lane] * x;
        const float next2 = (q[lane] * s1[lane] + (1.0f - r[lane]) * s2[lane]) + r[lane] * x;
        group[i][lane] = 0.5f * (s2[lane] + next2);
        s1[lane] = next1;
        s2[lane] = next2;
      }
    }
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      s1_[first + lane] = s1[lane];
      s2_[first + lane] = s2[lane];
      p_[first + lane] = p[lane];
      q_[first + lane] = q[lane];
      r_[first + lane] = r[lane];
    }
  }
}

void PadVoices::Envelope(std::size_t first, Group& group) {
  float gate[kLanes], keep[kLanes], add[kLanes], strike[kLanes], strike_keep[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    gate[lane] = gate_[first + lane];
    keep[lane] = gate_keep_[first + lane];
    add[lane] = gate_add_[first + lane];
    strike[lane] = strike_[first + lane];
    strike_keep[lane] = strike_keep_[first + lane];
  }
  for (int i = 0; i < kBlockFrames; ++i) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      gate[lane] = gate[lane] * keep[lane] + add[lane];
      group[i][lane] *= gate[lane] * strike[lane];
      strike[lane] *= strike_keep[lane];
    }
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const std::size_t slot = first + lane;
    gate_[slot] = gate[lane];
    strike_[slot] = strike[lane];
    const bool is_over = (!open_[slot] && gate[lane] < kSilence) || strike[lane] < kSilence;
    if (is_over) sounding_[slot] = false;
  }
}

void PadVoices::MixAdd(std::size_t first, const SynthParameters& parameters, const Group& group, float* out) const {
  float left[kLanes], right[kLanes], left_step[kLanes], right_step[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const std::size_t slot = first + lane;
    const PanGains from = PanOf(PlaceOf(slot, parameters.Start(Parameter::kPadWidth)));
    const PanGains to = PanOf(PlaceOf(slot, parameters.End(Parameter::kPadWidth)));
    const float level = kLevel * velocity_[slot];
    left[lane] = level * from.left;
    right[lane] = level * from.right;
    left_step[lane] = level * (to.left - from.left) / kBlockFrames;
    right_step[lane] = level * (to.right - from.right) / kBlockFrames;
  }
  for (int i = 0; i < kBlockFrames; ++i) {
    float l[kLanes], r[kLanes];
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      left[lane] += left_step[lane];
      right[lane] += right_step[lane];
      l[lane] = group[i][lane] * left[lane];
      r[lane] = group[i][lane] * right[lane];
    }
    out[2 * i] += (l[0] + l[2]) + (l[1] + l[3]);
    out[2 * i + 1] += (r[0] + r[2]) + (r[1] + r[3]);
  }
}

void PadVoices::Render(const control::ControlBlock& block, const PadShapeSpec& shape, const SynthParameters& parameters, float* out) {
  for (int e = 0; e < block.event_count; ++e) {
    const control::NoteEvent& event = block.events[static_cast<std::size_t>(e)];
    if (event.kind == control::NoteKind::kPadOn || event.kind == control::NoteKind::kPadOff) HandleEvent(event, shape, parameters);
  }
  breath_phase_ = WrapCycle(breath_phase_ + shape.drift_hz * kBlockFrames / rate_);
  for (std::size_t first = 0; first < kSlots; first += kLanes) {
    Group group;
    if (!RenderOscillators(first, shape, group)) continue;
    Filter(first, shape, parameters, group);
    Envelope(first, group);
    MixAdd(first, parameters, group, out);
  }
}

}  // namespace kinetone::dsp
