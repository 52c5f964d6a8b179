#include "control/conductor.h"

#include "dsp/block.h"
#include "dsp/math.h"
#include "dsp/random.h"
#include "dsp/voice_keys.h"

namespace kinetone::control {
namespace {

using dsp::kBlockFrames;

constexpr float kHardCut = 0.5f;
// Cuts 250 ms apart each get their accent; frame times round, so the bar is a little lower.
constexpr double kCutGapSeconds = 0.24;
// A swung sixteenth comes up to a third of a step late: the triplet's place.
constexpr double kSwingSteps = 1.0 / 3.0;
constexpr int kPadCentreNote = 62;
constexpr float kGroove = 0.12f;
constexpr float kBassAsleep = 0.02f;
// Kick and crash take the beat itself; then the fill falls through its sixteenths.
constexpr std::array<DrumHit, 4> kFill{{{Drum::kKick, 1.0f}, {Drum::kSnare, 0.85f}, {Drum::kTom, 1.0f, 4.0f}, {Drum::kTom, 1.0f, -3.0f}}};

}  // namespace

void Conductor::Init(double rate, std::uint32_t seed, std::int64_t start) {
  rate_ = rate;
  seed_ = seed;
  const auto ticks_per_second = static_cast<float>(rate / kBlockFrames);
  sources_.Reset();
  matrix_.Reset();
  tempo_.Init(ticks_per_second);
  rhythm_.Init();
  harmony_.Init();
  pads_.Init();
  wobble_.Init(ticks_per_second);
  started_ = has_cut_ = cut_now_ = new_bar_due_ = is_bass_awake_ = false;
  next_step_ = bar_start_beat_ = bar_ = 0;
  last_cut_ = start;
  fill_beat_ = -1;
}

void Conductor::SetMapping(const Mapping& mapping) {
  mapping_ = &mapping;
  matrix_.SetMapping(mapping, static_cast<float>(rate_ / kBlockFrames));
}

void Conductor::MorphTo(const Mapping& mapping, std::int64_t ticks) {
  morph_.Begin(*mapping_, matrix_, heard_, ticks);
  SetMapping(mapping);
}

void Conductor::Observe(const vision::FeatureRow& row, std::int64_t position) {
  sources_.Read(row);
  if (!(sources_.value(Source::kSceneChange) >= kHardCut)) return;
  if (has_cut_ && static_cast<double>(position - last_cut_) < kCutGapSeconds * rate_) return;
  has_cut_ = true;
  last_cut_ = position;
  cut_now_ = true;
}

void Conductor::Tick(std::int64_t position, ControlBlock& block) {
  matrix_.Tick(sources_, clock_.bpm());
  block.position = position;
  block.parameters = matrix_.parameters();
  if (morph_.is_running()) morph_.Tick(sources_, clock_.bpm(), block.parameters);
  heard_ = block.parameters;
  settings_ = morph_.Settings(*mapping_);
  settings_.mode = playing().mode;
  block.event_count = 0;
  tempo_.Follow(sources_.value(Source::kMotionMagnitude));
  if (!started_) Start(position, block);
  if (cut_now_) Accent(block);
  // Read before the steps: a tempo change inside the block moves the anchor, not this block's beats.
  const double beats = clock_.BeatAt(position);
  const double beats_per_block = clock_.beats_per_sample() * kBlockFrames;
  Steps(position, block);

  wobble_.Tick(beats, beats_per_block, playing().sync, At(block.parameters, Parameter::kModulationRate),
               static_cast<float>(rate_ / kBlockFrames), block);
  int offset = 0;
  if (wobble_.CycleStarts(offset) && block.event_count < kMaxEventsPerBlock) {
    block.events[static_cast<std::size_t>(block.event_count++)] = {NoteKind::kBassNote, offset, 0, 0.0f, 1.0f, true};
  }

  const Chord chord = harmony_.ChordIn(playing().tonic, playing().mode);
  block.bpm = clock_.bpm();
  block.bar = bar_;
  const double beat_in_bar = beats - static_cast<double>(bar_start_beat_);
  block.beat_in_bar = beat_in_bar > 0.0 ? beat_in_bar : 0.0;
  block.chord_root = chord.root;
  block.chord_place = harmony_.place();
  block.chord_quality = chord.tones[1] == 3 ? 1 : chord.tones[3] == 10 ? 2 : 0;
  block.rhythm_level = rhythm_.level();
}

void Conductor::Start(std::int64_t position, const ControlBlock& block) {
  started_ = true;
  clock_.Init(rate_, tempo_.OnBeat(playing().tempo_source, At(block.parameters, Parameter::kBpm)));
  next_step_ = static_cast<std::int64_t>(clock_.BeatAt(position) * kStepsPerBeat);
  if (clock_.SampleAt(static_cast<double>(next_step_) / kStepsPerBeat) < position) ++next_step_;
  bar_ = next_step_ / kStepsPerBar;
  bar_start_beat_ = bar_ * static_cast<std::int64_t>(kBeatsPerBar);
  wobble_.BeginAt(0.0);
}

void Conductor::Steps(std::int64_t position, ControlBlock& block) {
  const std::int64_t end = position + kBlockFrames;
  for (;;) {
    const bool is_offbeat = next_step_ % 2 != 0;
    const double swing = is_offbeat ? kSwingSteps * static_cast<double>(At(block.parameters, Parameter::kRhythmSwing)) : 0.0;
    const std::int64_t at = clock_.SampleAt((static_cast<double>(next_step_) + swing) / kStepsPerBeat);
    if (at >= end) return;
    OnStep(next_step_, static_cast<int>(at > position ? at - position : 0), block);
    ++next_step_;
  }
}

void Conductor::OnStep(std::int64_t step, int offset, ControlBlock& block) {
  if (step % kStepsPerBeat == 0) OnBeat(step / kStepsPerBeat, offset, block);
  wobble_.OnStep(At(block.parameters, Parameter::kModulationRate), clock_.bpm());
  WakeBass(offset, block);
  PlayDrums(step, offset, block);
  const auto step_in_bar = static_cast<int>(step - bar_start_beat_ * kStepsPerBeat) % kStepsPerBar;
  if (At(block.parameters, Parameter::kPadLevel) > 0.0f) {
    dsp::Random random(seed_, dsp::kArpeggioKey, static_cast<std::uint64_t>(bar_ / 2));
    pads_.OnStep(harmony_, StyleOf(settings_.pad), step_in_bar, random.Bits(), offset, block);
  }
}

// A bass that comes out of silence begins its note on the next sixteenth, not when a slow wobble happens to come round.
void Conductor::WakeBass(int offset, ControlBlock& block) {
  const bool is_audible = At(block.parameters, Parameter::kBassIntensity) > kBassAsleep;
  if (is_audible && !is_bass_awake_ && block.event_count < kMaxEventsPerBlock) {
    block.events[static_cast<std::size_t>(block.event_count++)] = {NoteKind::kBassNote, offset, 0, 0.0f, 1.0f, true};
  }
  is_bass_awake_ = is_audible;
}

void Conductor::StartBar(std::int64_t beat) {
  ++bar_;
  bar_start_beat_ = beat;
}

void Conductor::OnBeat(std::int64_t beat, int offset, ControlBlock& block) {
  if (new_bar_due_) {
    StartBar(beat);
    wobble_.BeginAt(static_cast<double>(beat));
    fill_beat_ = beat;
    new_bar_due_ = false;
    Hit({Drum::kCrash, 0.65f}, offset, block);
  } else if (beat - bar_start_beat_ >= static_cast<std::int64_t>(kBeatsPerBar)) {
    StartBar(beat);
  }
  clock_.SetBpm(tempo_.OnBeat(playing().tempo_source, At(block.parameters, Parameter::kBpm)), block.position + offset);
  rhythm_.Choose(At(block.parameters, Parameter::kRhythmComplexity), At(block.parameters, Parameter::kRhythmBalance));
  harmony_.Choose(At(block.parameters, Parameter::kPadHue));
  const int centre = kPadCentreNote + dsp::RoundToInt(12.0f * At(block.parameters, Parameter::kPadRegister));
  harmony_.Voice(harmony_.ChordIn(playing().tonic, playing().mode),
                 dsp::Clamp(dsp::RoundToInt(At(block.parameters, Parameter::kPadVoices)), 1, kMaxPadVoices), centre, bar_);
  pads_.OnChord(harmony_, StyleOf(settings_.pad), offset, block);
}

void Conductor::Hit(const DrumHit& hit, int offset, ControlBlock& block) const {
  // Two layers that meet on one drum are one stroke, the stronger.
  for (int i = 0; i < block.event_count; ++i) {
    NoteEvent& event = block.events[static_cast<std::size_t>(i)];
    if (event.kind == NoteKind::kDrum && event.index == static_cast<int>(hit.drum) && event.offset == offset) {
      if (hit.velocity > event.velocity) event.velocity = hit.velocity;
      return;
    }
  }
  if (block.event_count >= kMaxEventsPerBlock) return;
  block.events[static_cast<std::size_t>(block.event_count++)] = {NoteKind::kDrum, offset, static_cast<int>(hit.drum), hit.pitch, hit.velocity, true};
}

void Conductor::PlayDrums(std::int64_t step, int offset, ControlBlock& block) const {
  const std::int64_t step_in_bar = (step - bar_start_beat_ * kStepsPerBeat) % kStepsPerBar;
  std::array<DrumHit, kMaxHitsPerStep> hits;
  const int count = rhythm_.HitsAt(settings_.kit, static_cast<int>(step_in_bar), hits);
  for (int i = 0; i < count; ++i) {
    DrumHit hit = hits[static_cast<std::size_t>(i)];
    TurnAround(static_cast<int>(step_in_bar), hit);
    // A groove of this seed's own: the same in every bar, never on the kick, which carries the time.
    if (hit.drum != Drum::kKick) {
      dsp::Random groove(seed_, dsp::kGrooveKey + static_cast<std::uint32_t>(hit.drum), static_cast<std::uint64_t>(step_in_bar));
      hit.velocity *= 1.0f + kGroove * groove.Bipolar();
    }
    Hit(hit, offset, block);
  }
  if (step / kStepsPerBeat == fill_beat_) Hit(kFill[static_cast<std::size_t>(step % kStepsPerBeat)], offset, block);
}

// The end of every fourth bar speaks differently, with as many strokes as ever: an open hat, then a tom.
void Conductor::TurnAround(int step_in_bar, DrumHit& hit) const {
  if (bar_ % 4 != 3 || hit.drum != Drum::kClosedHat) return;
  if (step_in_bar == 14) hit.drum = Drum::kOpenHat;
  if (step_in_bar == 15) hit = {Drum::kTom, hit.velocity, 2.0f};
}

void Conductor::Accent(ControlBlock& block) {
  cut_now_ = false;
  if (!playing().plays_cuts) return;
  new_bar_due_ = true;
  Hit({Drum::kImpact, 1.0f}, 0, block);
}

}  // namespace kinetone::control
