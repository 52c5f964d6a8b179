#include "dsp/voice/drum_machine.h"

#include "dsp/random.h"
#include "dsp/voice_keys.h"

namespace kinetone::dsp {
namespace {

using control::Drum;

constexpr float kHumanVelocity = 0.08f;
// A full kick then peaks near -9 dBFS: room for bass and pads above it.
constexpr float kLevel = 0.36f;

}  // namespace

void DrumMachine::Init(float rate, std::uint32_t seed) {
  seed_ = seed;
  strokes_.Init(rate, static_cast<std::size_t>(control::kDrumCount * kStrokesPerDrum));
  next_.fill(0);
}

void DrumMachine::Trigger(const control::NoteEvent& event, std::int64_t position, const KitSpec& kit, float tone) {
  const auto drum = static_cast<std::size_t>(event.index);
  const DrumSpec& spec = kit.drums[drum];
  // The event is its place in time: the same stroke draws the same numbers whatever else plays.
  const auto moment = static_cast<std::uint64_t>(position + event.offset);
  const float human = 1.0f + kHumanVelocity * spec.human * Random(seed_, kVelocityKey + static_cast<std::uint32_t>(drum), moment).Bipolar();
  StrokeOf(event.index, 1 - next_[drum]).Choke();
  if (event.index == static_cast<int>(Drum::kClosedHat)) {
    for (int i = 0; i < kStrokesPerDrum; ++i) StrokeOf(static_cast<int>(Drum::kOpenHat), i).Choke();
  }
  StrokeOf(event.index, next_[drum])
      .Trigger(spec, {event.velocity * human, event.pitch, tone}, Random(seed_, kDrumKey + static_cast<std::uint32_t>(drum), moment), event.offset);
  next_[drum] = 1 - next_[drum];
}

void DrumMachine::Render(const control::ControlBlock& block, control::Kit kit_id, const SynthParameters& parameters, float* out, float* room) {
  const KitSpec& kit = KitOf(kit_id);
  for (int e = 0; e < block.event_count; ++e) {
    const control::NoteEvent& event = block.events[static_cast<std::size_t>(e)];
    if (event.kind == control::NoteKind::kDrum) Trigger(event, block.position, kit, parameters.End(Parameter::kRhythmTone));
  }
  const float gain = kLevel * GainOfDb(kit.trim_db);
  const float from = gain * parameters.Start(Parameter::kRhythmLevel), to = gain * parameters.End(Parameter::kRhythmLevel);
  strokes_.Render(from, to, out, room);
}

}  // namespace kinetone::dsp
