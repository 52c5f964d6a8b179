#include "dsp/voice/pad.h"

#include "dsp/mix/pan.h"
#include "dsp/random.h"
#include "dsp/voice_keys.h"

namespace kinetone::dsp {
namespace {

constexpr float kLevel = 0.16f;
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
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    Random random(seed, kPadPhaseKey + static_cast<std::uint32_t>(slot), 0);
    for (Saw& saw : saws_[slot]) saw.Init(random.Uniform());
    gate_[slot].Init();
    filter_[slot].Init();
    ramps_[slot].now = SvfCoefficients::Of(0.05f, 1.2f);
    carrier_[slot] = modulator_[slot] = bright_phase_[slot] = 0.0f;
  }
}

void PadVoices::HandleEvent(const control::NoteEvent& event, const PadShapeSpec& shape, const SynthParameters& parameters) {
  const auto slot = static_cast<std::size_t>(event.index);
  const float per_ms = rate_ * 0.001f;
  if (event.kind == control::NoteKind::kPadOff) {
    gate_[slot].Close();
    return;
  }
  if (!sounding_[slot]) filter_[slot].Init();
  sounding_[slot] = true;
  note_[slot] = event.pitch + 12.0f * shape.octave;
  velocity_[slot] = event.velocity;
  const float attack_ms = parameters.End(Parameter::kPadAttack) * shape.attack_scale;
  gate_[slot].SetTimes((attack_ms > 1.5f ? attack_ms : 1.5f) * per_ms, shape.release_ms * per_ms);
  gate_[slot].Open();
  strike_[slot].Trigger(1.0f, shape.decay_ms * per_ms);
  index_[slot].Trigger(shape.index * (0.6f + 0.4f * event.velocity), shape.index_ms * per_ms);
  bright_[slot].Trigger(shape.bright_level * event.velocity, shape.bright_ms * per_ms);
  filter_envelope_[slot].Trigger(shape.envelope_octaves, shape.envelope_ms * per_ms / kSubBlockFrames);
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

float PadVoices::Breath(const PadShapeSpec& shape, std::size_t slot) const {
  return shape.drift_octaves * SinCycles(breath_phase_ + 0.37f * static_cast<float>(slot));
}

void PadVoices::Filter(std::size_t slot, const PadShapeSpec& shape, const SynthParameters& parameters, float* mono) {
  const float follow = shape.key_follow * (note_[slot] - 60.0f) / 12.0f;
  for (int s = 0; s < kSubBlocks; ++s) {
    const float octaves = follow + filter_envelope_[slot].Next() + Breath(shape, slot);
    const float hz = parameters.AtSubBlock(Parameter::kPadCutoff, s) * shape.cutoff_scale * Exp2(octaves);
    const SvfCoefficients target = SvfCoefficients::Of(WarpedCutoff(Clamp(hz, 60.0f, 16000.0f), rate_), shape.damping);
    SvfRamp ramp = ramps_[slot];
    Svf filter = filter_[slot];
    ramp.Towards(target, kSubBlockFrames);
    for (int i = s * kSubBlockFrames; i < (s + 1) * kSubBlockFrames; ++i) mono[i] = filter.LowPass(mono[i], ramp.Next());
    filter_[slot] = filter;
    ramps_[slot] = ramp;
  }
}

bool PadVoices::Render(const control::ControlBlock& block, const PadShapeSpec& shape, const SynthParameters& parameters, float* out) {
  for (int e = 0; e < block.event_count; ++e) {
    const control::NoteEvent& event = block.events[static_cast<std::size_t>(e)];
    if (event.kind == control::NoteKind::kPadOn || event.kind == control::NoteKind::kPadOff) HandleEvent(event, shape, parameters);
  }
  breath_phase_ = WrapCycle(breath_phase_ + shape.drift_hz * kBlockFrames / rate_);
  bool any = false;
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    if (!sounding_[slot]) continue;
    any = true;
    float mono[kBlockFrames] = {};
    if (shape.source == PadSource::kSaws) {
      RenderSaws(slot, shape, mono);
    } else {
      RenderFm(slot, shape, mono);
    }
    Filter(slot, shape, parameters, mono);
    const PanGains from = PanOf(PlaceOf(slot, parameters.Start(Parameter::kPadWidth)));
    const PanGains to = PanOf(PlaceOf(slot, parameters.End(Parameter::kPadWidth)));
    const float level = kLevel * velocity_[slot];
    const bool struck = shape.decay_ms > 0.0f;
    AttackRelease gate = gate_[slot];
    for (int i = 0; i < kBlockFrames; ++i) mono[i] *= level * gate.Next();
    gate_[slot] = gate;
    if (struck) {
      Decay strike = strike_[slot];
      for (int i = 0; i < kBlockFrames; ++i) mono[i] *= strike.Next();
      strike_[slot] = strike;
    }
    for (int i = 0; i < kBlockFrames; ++i) {
      const float t = static_cast<float>(i + 1) / kBlockFrames;
      out[2 * i] += mono[i] * Lerp(from.left, to.left, t);
      out[2 * i + 1] += mono[i] * Lerp(from.right, to.right, t);
    }
    sounding_[slot] = !gate_[slot].IsSilent() && !(struck && strike_[slot].value() < 1.0e-5f);
  }
  return any;
}

}  // namespace kinetone::dsp
