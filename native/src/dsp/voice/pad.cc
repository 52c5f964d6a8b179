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
  lanes_ = {};
  slots_ = {};
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    Random random(seed, kPadPhaseKey + static_cast<std::uint32_t>(slot), 0);
    for (int saw = 0; saw < SawStack::kSaws; ++saw) slots_[slot].saws.SetPhase(saw, random.Uniform());
  }
}

void PadVoices::HandleEvent(const control::NoteEvent& event, const PadShapeSpec& shape, const SynthParameters& parameters) {
  const auto lane = static_cast<std::size_t>(event.index);
  Slot& slot = slots_[lane];
  const float per_ms = rate_ * 0.001f;
  if (event.kind == control::NoteKind::kPadOff) {
    slot.is_open = false;
    lanes_.gate_keep[lane] = slot.gate_release;
    lanes_.gate_add[lane] = 0.0f;
    return;
  }
  slot.note = event.pitch + 12.0f * shape.octave;
  slot.frequency = HzOfMidi(slot.note) / rate_;
  slot.velocity = event.velocity;
  const float attack_ms = parameters.End(Parameter::kPadAttack) * shape.attack_scale;
  lanes_.gate_keep[lane] = DecayPerStep((attack_ms > 1.5f ? attack_ms : 1.5f) * per_ms);
  lanes_.gate_add[lane] = 1.0f - lanes_.gate_keep[lane];
  slot.gate_release = DecayPerStep(shape.release_ms * per_ms);
  lanes_.strike[lane] = 1.0f;
  lanes_.strike_keep[lane] = shape.decay_ms > 0.0f ? DecayPerStep(shape.decay_ms * per_ms) : 1.0f;
  slot.tone.index = shape.index * (0.6f + 0.4f * event.velocity);
  slot.tone.index_keep = DecayPerStep(shape.index_ms * per_ms);
  slot.tone.level = shape.bright_level * event.velocity;
  slot.tone.level_keep = DecayPerStep(shape.bright_ms * per_ms);
  slot.filter_envelope.Trigger(shape.envelope_octaves, shape.envelope_ms * per_ms / kPadStretchFrames);
  if (!slot.is_sounding) OpenFilter(lane, shape, parameters);
  slot.is_sounding = slot.is_open = true;
}

// From rest, and where the note's filter is to be.
void PadVoices::OpenFilter(std::size_t lane, const PadShapeSpec& shape, const SynthParameters& parameters) {
  const float octaves = shape.key_follow * (slots_[lane].note - 60.0f) / 12.0f + shape.envelope_octaves;
  const float hz = Clamp(shape.cutoff_scale * parameters.Start(Parameter::kPadCutoff) * Exp2(octaves), 60.0f, 16000.0f);
  const SvfCoefficients filter = SvfCoefficients::Of(WarpedCutoff(hz, rate_), shape.damping);
  lanes_.s1[lane] = lanes_.s2[lane] = lanes_.gate[lane] = 0.0f;
  lanes_.p[lane] = filter.p;
  lanes_.q[lane] = filter.q;
  lanes_.r[lane] = filter.r;
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

// Returns one bit per sounding slot.
unsigned PadVoices::RenderOscillators(const PadShapeSpec& shape, const float* (&lines)[kSlots]) {
  unsigned sounding = 0;
  for (std::size_t lane = 0; lane < kSlots; ++lane) {
    Slot& slot = slots_[lane];
    lines[lane] = slot.is_sounding ? slot.saws.line : kNothing;
    if (!slot.is_sounding) continue;
    sounding |= 1u << lane;
    if (shape.source == PadSource::kSaws) {
      RenderSaws(slot, shape);
    } else {
      RenderFm(slot, shape);
    }
  }
  return sounding;
}

void PadVoices::AimAt(const PadShapeSpec& shape, const SynthParameters& parameters, PadAims& aims) {
  aims.rate = rate_;
  aims.damping = shape.damping;
  aims.breath_octaves = shape.drift_octaves;
  for (std::size_t lane = 0; lane < kSlots; ++lane) aims.breath[lane] = breath_phase_ + 0.37f * static_cast<float>(lane);
  for (int s = 0; s < kPadStretches; ++s) {
    aims.cutoff_hz[s] = shape.cutoff_scale * parameters.AtSubBlock(Parameter::kPadCutoff, (s + 1) * kSubBlocks / kPadStretches - 1);
    for (std::size_t lane = 0; lane < kSlots; ++lane) {
      Slot& slot = slots_[lane];
      aims.octaves[s][lane] = slot.is_sounding ? shape.key_follow * (slot.note - 60.0f) / 12.0f + slot.filter_envelope.Next() : 0.0f;
    }
  }
  PlaceSlots(parameters.Start(Parameter::kPadWidth), parameters.End(Parameter::kPadWidth), aims.gains);
}

// Both slots of a voice stand in its place.
void PadVoices::PlaceSlots(float from_width, float to_width, StereoGains& gains) const {
  constexpr std::size_t kVoices = control::kMaxPadVoices;
  gains.is_moving = from_width != to_width;
  for (std::size_t voice = 0; voice < kVoices; ++voice) {
    const PanGains from = PanOf(PlaceOf(voice, from_width));
    const PanGains to = gains.is_moving ? PanOf(PlaceOf(voice, to_width)) : from;
    for (std::size_t slot = voice; slot < kSlots; slot += kVoices) {
      const float level = 0.5f * kLevel * slots_[slot].velocity;
      gains.left[slot] = level * from.left;
      gains.right[slot] = level * from.right;
      gains.left_step[slot] = level * (to.left - from.left) / kBlockFrames;
      gains.right_step[slot] = level * (to.right - from.right) / kBlockFrames;
    }
  }
}

void PadVoices::EndSilentSlots() {
  for (std::size_t lane = 0; lane < kSlots; ++lane) {
    const bool is_over = (!slots_[lane].is_open && lanes_.gate[lane] < kSilence) || lanes_.strike[lane] < kSilence;
    if (is_over) slots_[lane].is_sounding = false;
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
  const float* lines[kSlots];
  const unsigned sounding = RenderOscillators(shape, lines);
  if (sounding == 0) return;
  PadAims aims;
  AimAt(shape, parameters, aims);
  alignas(64) float left[kBlockFrames] = {}, right[kBlockFrames] = {};
  PadKernels().render(lanes_, aims, sounding, lines, left, right);
  EndSilentSlots();
  for (int i = 0; i < kBlockFrames; ++i) {
    out[2 * i] += left[i];
    out[2 * i + 1] += right[i];
  }
}

}  // namespace kinetone::dsp
