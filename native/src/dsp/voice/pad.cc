#include "dsp/voice/pad.h"

#include "dsp/math.h"
#include "dsp/mix/pan.h"
#include "dsp/random.h"
#include "dsp/voice_keys.h"

namespace kinetone::dsp {
namespace {

constexpr float kLevel = 0.16f;
constexpr float kSilence = 1.0e-5f;
// The two sides are detuned by different amounts: equal ones beat like a machine.
constexpr float kUneven = 0.83f;
constexpr float kNothing[kBlockFrames] = {};

float WrapCycle(float phase) { return phase >= 1.0f ? phase - 1.0f : phase; }

// A phase one block on, back within 0..1.
float Advance(float phase, float increment) {
  const float end = phase + increment * kBlockFrames;
  return end - static_cast<float>(static_cast<int>(end));
}

// Voices alternate between the sides, the later ones further out.
float PlaceOf(std::size_t voice, float width) {
  const float distance = 0.25f + 0.75f * static_cast<float>(voice) / (control::kMaxPadVoices - 1);
  return (voice % 2 == 0 ? -width : width) * distance;
}

}  // namespace

void PadVoices::Init(float rate, std::uint32_t seed) {
  rate_ = rate;
  breath_phase_ = 0.0f;
  shape_ = nullptr;
  groups_ = {};
  const SvfCoefficients filter = SvfCoefficients::Of(0.05f, 1.2f);
  for (std::size_t place = 0; place < control::kPadSlots; ++place) {
    Group& group = groups_[place / kLanes];
    const std::size_t lane = place % kLanes;
    Random random(seed, kPadPhaseKey + static_cast<std::uint32_t>(place), 0);
    for (int saw = 0; saw < SawStack::kSaws; ++saw) group.slots[lane].saws.SetPhase(saw, random.Uniform());
    group.lanes.p[lane] = filter.p;
    group.lanes.q[lane] = filter.q;
    group.lanes.r[lane] = filter.r;
  }
}

void PadVoices::HandleEvent(const control::NoteEvent& event, const PadShapeSpec& shape, const SynthParameters& parameters) {
  const auto place = static_cast<std::size_t>(event.index);
  PadLanes& lanes = groups_[place / kLanes].lanes;
  Slot& slot = groups_[place / kLanes].slots[place % kLanes];
  const std::size_t lane = place % kLanes;
  const float per_ms = rate_ * 0.001f;
  if (event.kind == control::NoteKind::kPadOff) {
    slot.is_open = false;
    lanes.gate_keep[lane] = slot.gate_release;
    lanes.gate_add[lane] = 0.0f;
    return;
  }
  if (!slot.is_sounding) lanes.s1[lane] = lanes.s2[lane] = lanes.gate[lane] = 0.0f;
  slot.is_sounding = slot.is_open = true;
  slot.note = event.pitch + 12.0f * shape.octave;
  slot.frequency = HzOfMidi(slot.note) / rate_;
  slot.velocity = event.velocity;
  const float attack_ms = parameters.End(Parameter::kPadAttack) * shape.attack_scale;
  lanes.gate_keep[lane] = DecayPerStep((attack_ms > 1.5f ? attack_ms : 1.5f) * per_ms);
  lanes.gate_add[lane] = 1.0f - lanes.gate_keep[lane];
  slot.gate_release = DecayPerStep(shape.release_ms * per_ms);
  lanes.strike[lane] = 1.0f;
  lanes.strike_keep[lane] = shape.decay_ms > 0.0f ? DecayPerStep(shape.decay_ms * per_ms) : 1.0f;
  slot.tone.index = shape.index * (0.6f + 0.4f * event.velocity);
  slot.tone.index_keep = DecayPerStep(shape.index_ms * per_ms);
  slot.tone.level = shape.bright_level * event.velocity;
  slot.tone.level_keep = DecayPerStep(shape.bright_ms * per_ms);
  slot.filter_envelope.Trigger(shape.envelope_octaves, shape.envelope_ms * per_ms / kPadStretchFrames);
}

void PadVoices::RenderSaws(Slot& slot, const PadShapeSpec& shape) {
  const auto frequency = [&slot](float ratio) { return Clamp(slot.frequency * ratio, 1.0e-5f, 0.45f); };
  const float level = 1.0f / (1.0f + shape.side_level + shape.below_level);
  const SawTone tones[SawStack::kSaws] = {{frequency(1.0f), level},
                                          {frequency(saw_ratios_[0]), level * shape.side_level},
                                          {frequency(saw_ratios_[1]), level * shape.side_level},
                                          {frequency(saw_ratios_[2]), level * shape.below_level}};
  SawKernels().render(slot.saws, tones, SawStack::kSaws, BlepTable::Shared());
}

void PadVoices::RenderFm(Slot& slot, const PadShapeSpec& shape) {
  FmTone& tone = slot.tone;
  tone.carrier_step = slot.frequency;
  tone.modulator_step = Clamp(slot.frequency * shape.ratio, 0.0f, 0.45f);
  tone.bright_step = Clamp(slot.frequency * shape.bright_ratio, 0.0f, 0.45f);
  PadKernels().modulate(tone, slot.saws.line);
  tone.carrier = Advance(tone.carrier, tone.carrier_step);
  tone.modulator = Advance(tone.modulator, tone.modulator_step);
  tone.bright = Advance(tone.bright, tone.bright_step);
}

bool PadVoices::RenderOscillators(Group& group, const PadShapeSpec& shape, const float* (&lines)[kLanes]) {
  bool any = false;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    Slot& slot = group.slots[lane];
    lines[lane] = slot.is_sounding ? slot.saws.line : kNothing;
    if (!slot.is_sounding) continue;
    any = true;
    if (shape.source == PadSource::kSaws) {
      RenderSaws(slot, shape);
    } else {
      RenderFm(slot, shape);
    }
  }
  return any;
}

void PadVoices::AimAt(Group& group, const PadShapeSpec& shape, const SynthParameters& parameters, PadAims& aims) {
  aims.rate = rate_;
  aims.damping = shape.damping;
  aims.breath_octaves = shape.drift_octaves;
  const auto first = static_cast<std::size_t>(&group - groups_.data()) * kLanes;
  for (std::size_t lane = 0; lane < kLanes; ++lane) aims.breath[lane] = breath_phase_ + 0.37f * static_cast<float>(first + lane);
  for (int s = 0; s < kPadStretches; ++s) {
    aims.cutoff_hz[s] = shape.cutoff_scale * parameters.AtSubBlock(Parameter::kPadCutoff, (s + 1) * kSubBlocks / kPadStretches - 1);
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      Slot& slot = group.slots[lane];
      aims.octaves[s][lane] = slot.is_sounding ? shape.key_follow * (slot.note - 60.0f) / 12.0f + slot.filter_envelope.Next() : 0.0f;
    }
  }
  PlaceSlots(group, parameters.Start(Parameter::kPadWidth), parameters.End(Parameter::kPadWidth), aims.gains);
}

void PadVoices::PlaceSlots(const Group& group, float from_width, float to_width, StereoGains8& gains) const {
  gains.is_moving = from_width != to_width;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const PanGains from = PanOf(PlaceOf(lane, from_width));
    const PanGains to = from_width == to_width ? from : PanOf(PlaceOf(lane, to_width));
    const float level = 0.5f * kLevel * group.slots[lane].velocity;
    gains.left[lane] = level * from.left;
    gains.right[lane] = level * from.right;
    gains.left_step[lane] = level * (to.left - from.left) / kBlockFrames;
    gains.right_step[lane] = level * (to.right - from.right) / kBlockFrames;
  }
}

void PadVoices::EndSilentSlots(Group& group) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    Slot& slot = group.slots[lane];
    const bool is_over = (!slot.is_open && group.lanes.gate[lane] < kSilence) || group.lanes.strike[lane] < kSilence;
    if (is_over) slot.is_sounding = false;
  }
}

void PadVoices::Render(const control::ControlBlock& block, const PadShapeSpec& shape, const SynthParameters& parameters, float* out) {
  for (int e = 0; e < block.event_count; ++e) {
    const control::NoteEvent& event = block.events[static_cast<std::size_t>(e)];
    if (event.kind == control::NoteKind::kPadOn || event.kind == control::NoteKind::kPadOff) HandleEvent(event, shape, parameters);
  }
  breath_phase_ = WrapCycle(breath_phase_ + shape.drift_hz * kBlockFrames / rate_);
  if (shape_ != &shape) {
    shape_ = &shape;
    saw_ratios_ = {Exp2(shape.detune / 12.0f), Exp2(-kUneven * shape.detune / 12.0f), 0.5f};
  }
  alignas(32) float left[kBlockFrames] = {}, right[kBlockFrames] = {};
  for (Group& group : groups_) {
    const float* lines[kLanes];
    if (!RenderOscillators(group, shape, lines)) continue;
    PadAims aims;
    AimAt(group, shape, parameters, aims);
    PadKernels().render(group.lanes, aims, lines, left, right);
    EndSilentSlots(group);
  }
  for (int i = 0; i < kBlockFrames; ++i) {
    out[2 * i] += left[i];
    out[2 * i + 1] += right[i];
  }
}

}  // namespace kinetone::dsp
