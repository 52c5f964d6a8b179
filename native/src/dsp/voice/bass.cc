#include "dsp/voice/bass.h"

#include "control/clock.h"
#include "control/scale.h"
#include "dsp/mix/pan.h"
#include "dsp/random.h"
#include "dsp/voice_keys.h"

namespace kinetone::dsp {
namespace {

using control::ControlBlock;
using control::SoundSettings;
using control::NoteKind;

constexpr int kLowestNote = 28;  // E1, 41 Hz: the root lies within the octave above it
constexpr float kShapeFadePerBlock = 1.0f / 12.0f;
constexpr float kLevel = 1.0f;
constexpr float kSubLevel = 0.65f;
constexpr float kFormantGain = 2.4f;
constexpr float kLeadingInterval = -5.0f;
constexpr float kSoftDamping = 1.3f;  // of the low-pass's first, unresonant stage
// A line's intervals over the chord's root, drawn by chance: mostly root, some octave and fifth.
constexpr std::array<int, 12> kLineIntervals{0, 0, 0, 12, 0, 7, 0, 12, 10, 0, 7, 3};

constexpr float kNothing[kBlockFrames] = {};

float DampingOf(float resonance) { return 1.41421356f * Exp2(-3.4f * Clamp(resonance, 0.0f, 1.2f)); }

}  // namespace

void BassVoice::Init(float rate, std::uint32_t seed) {
  rate_ = rate;
  seed_ = seed;
  for (std::size_t i = 0; i < saws_.size(); ++i) {
    saws_[i] = {};
    saws_[i].SetPhase(0, Random(seed, kBassPhaseKey, i).Uniform());
  }
  for (Svf& filter : formants_) filter.Init();
  lanes_ = {};
  const SvfCoefficients closed = SvfCoefficients::Of(0.01f, kSoftDamping);
  for (WobbleLanes::Stage* stage : {&lanes_.soft, &lanes_.sharp}) {
    for (std::size_t lane = 0; lane < kVoiceLanes; ++lane) {
      stage->p[lane] = closed.p;
      stage->q[lane] = closed.q;
      stage->r[lane] = closed.r;
    }
  }
  aims_ = {};
  aims_.rate = rate;
  aims_.soft_damping = kSoftDamping;
  drive_ = {};
  drive_.pan_left[kSubBlocks] = drive_.pan_right[kSubBlocks] = 1.0f;
  has_note_ = false;
  shape_fade_ = 1.0f;
  pluck_.Init();
  filter_envelope_.Init();
  pluck_gain_ = 0.0f;
}

void BassVoice::FollowShape(control::BassShape wanted) {
  if (!has_note_) {
    shape_ = wanted;
  } else if (shape_ != wanted) {
    shape_fade_ -= kShapeFadePerBlock;
    if (shape_fade_ <= 0.0f) shape_ = wanted;
  } else {
    shape_fade_ += kShapeFadePerBlock;
  }
  shape_fade_ = Clamp(shape_fade_, 0.0f, 1.0f);
  spec_ = &kBassShapes[static_cast<std::size_t>(shape_)];
  trim_ = GainOfDb(spec_->trim_db);
}

void BassVoice::StartNote(const ControlBlock& block, const SoundSettings& settings) {
  line_offset_ = 0.0f;
  if (spec_->line) {
    const auto step = static_cast<std::int64_t>(block.beat_in_bar * control::kStepsPerBeat + 0.5) + block.bar % 2 * control::kStepsPerBar;
    const std::uint32_t drawn = Random(seed_, kBassLineKey, static_cast<std::uint64_t>(step)).Bits();
    // The bar's first note is the root: the ear keeps its ground.
    const int interval = step % control::kStepsPerBar == 0 ? 0 : kLineIntervals[drawn % kLineIntervals.size()];
    line_offset_ = static_cast<float>(control::SnapToMode(settings.mode, interval));
  }
  const float rate = rate_ * 0.001f;
  pluck_.Trigger(1.0f, spec_->pluck_ms * rate / kSubBlockFrames);
  filter_envelope_.Trigger(1.0f, spec_->envelope_ms * rate / kSubBlockFrames);
}

void BassVoice::Glide(const ControlBlock& block, const SynthParameters& parameters) {
  const int above = ((block.chord_root - kLowestNote) % 12 + 12) % 12;
  // The last beat of every fourth bar leads back home from the fifth below.
  const float lead = !spec_->line && block.bar % 4 == 3 && block.beat_in_bar >= 3.0 ? kLeadingInterval : 0.0f;
  const float target = static_cast<float>(kLowestNote + above) + lead + line_offset_ + parameters.End(Parameter::kBassPitch);
  const float keep = DecayPerStep(spec_->glide_ms * 0.001f * rate_ / kBlockFrames);
  note_ = has_note_ ? target + (note_ - target) * keep : target;
  has_note_ = true;
}

bool BassVoice::IsSilent(const SynthParameters& parameters) const {
  // 4e-3 to the 2.5th power is -120 dB.
  return parameters.Start(Parameter::kBassIntensity) < 4.0e-3f && parameters.End(Parameter::kBassIntensity) < 4.0e-3f &&
         drive_.level[kSubBlocks] < 1.0e-6f && drive_.sub[kSubBlocks] < 1.0e-6f;
}

void BassVoice::AimSaws(const SynthParameters& parameters) {
  const float detune = 0.5f * parameters.End(Parameter::kBassDetune) * spec_->detune_scale;
  const float apart[kSaws] = {0.0f, detune, -detune};
  const float near = 1.0f + spec_->spread, far = 1.0f - spec_->spread;
  const float left[kSaws] = {1.0f, near, far}, right[kSaws] = {1.0f, far, near};
  for (std::size_t saw = 0; saw < kSaws; ++saw) {
    const float frequency = HzOfMidi(note_ + 12.0f * spec_->octave + apart[saw]) / rate_;
    const SawTone tone{Clamp(frequency, 1.0e-5f, 0.45f), spec_->saw_levels[saw]};
    SawKernels().render(saws_[saw], &tone, 1, BlepTable::Shared());
    aims_.gains.left[saw] = 0.25f * left[saw];
    aims_.gains.right[saw] = 0.25f * right[saw];
  }
  drive_.sub_frequency = HzOfMidi(note_) / rate_;
}

void BassVoice::PlayNotes(const ControlBlock& block, const SoundSettings& settings, int sub_block) {
  for (int e = 0; e < block.event_count; ++e) {
    const auto& event = block.events[static_cast<std::size_t>(e)];
    if (event.kind == NoteKind::kBassNote && event.offset / kSubBlockFrames == sub_block) StartNote(block, settings);
  }
  const float pluck = pluck_.Next();
  pluck_gain_ += (pluck > pluck_gain_ ? 0.3f : 1.0f) * (pluck - pluck_gain_);
  pluck_gains_[sub_block] = spec_->pluck_ms > 0.0f ? pluck_gain_ : 1.0f;
}

void BassVoice::AimFilters(const ControlBlock& block, const SoundSettings& settings, const SynthParameters& parameters) {
  const float damping_from = damping_;
  damping_ = DampingOf(parameters.End(Parameter::kFilterResonance) * spec_->resonance_scale);
  for (std::size_t lane = 0; lane < kSaws; ++lane) {
    aims_.phase[lane] = block.wobble.phase;
    aims_.step[lane] = block.wobble.increment;
    aims_.old_phase[lane] = block.wobble.old_phase;
    aims_.old_step[lane] = block.wobble.old_increment;
    aims_.blend_from[lane] = block.wobble.blend_from;
    aims_.blend_to[lane] = block.wobble.blend_to;
  }
  for (int s = 0; s < kSubBlocks; ++s) {
    PlayNotes(block, settings, s);
    float hz = parameters.AtSubBlock(Parameter::kBassCutoff, s) * spec_->cutoff_scale;
    const float envelope = filter_envelope_.Next();
    if (spec_->envelope_octaves > 0.0f) hz *= Exp2(spec_->envelope_octaves * envelope);
    const float depth = parameters.AtSubBlock(Parameter::kWobbleDepth, s) * spec_->depth_scale;
    const float damping = Lerp(damping_from, damping_, static_cast<float>(s + 1) / kSubBlocks);
    for (std::size_t lane = 0; lane < kSaws; ++lane) {
      aims_.cutoff_hz[s][lane] = hz;
      aims_.depth[s][lane] = depth;
      aims_.damping[s][lane] = damping;
    }
  }
}

void BassVoice::AimDrive(const SynthParameters& parameters, int sub_block) {
  const auto at = [&](Parameter parameter) { return parameters.AtSubBlock(parameter, sub_block); };
  const int end = sub_block + 1;
  const float wobble = wobble_[sub_block][0];
  const float drive = Clamp(at(Parameter::kBassDrive) + spec_->drive_offset, 0.0f, 1.0f);
  drive_.drive[end] = 1.0f + 8.0f * drive * drive;
  const float intensity = at(Parameter::kBassIntensity);
  const float open = 1.0f - spec_->amplitude_wobble * (1.0f - wobble);
  // The 2.5th power: half the intensity is 15 dB less.
  const float gain = intensity * intensity * Sqrt(intensity) * shape_fade_ * pluck_gains_[sub_block] * trim_;
  const float resonance = Clamp(at(Parameter::kFilterResonance) * spec_->resonance_scale, 0.0f, 1.0f);
  // What drive and resonance add in level is taken back, so that they change colour rather than loudness.
  drive_.level[end] = gain * open * kLevel * Lerp(1.0f, 0.6f, drive) * Lerp(1.0f, 0.75f, resonance);
  drive_.sub[end] = gain * Lerp(open, 1.0f, 0.4f) * kSubLevel * at(Parameter::kBassSub) * spec_->sub_scale;
  const PanGains pan = PanOf(at(Parameter::kBassPan));
  drive_.pan_left[end] = pan.left;
  drive_.pan_right[end] = pan.right;
}

void BassVoice::MixVowel(float* left, float* right) {
  const float amount = spec_->formant;
  Svf low = formants_[0], high = formants_[1];
  for (int s = 0; s < kSubBlocks; ++s) {
    // From "o" to "a" to "e" as the wobble opens.
    const float open = wobble_[s][0];
    const SvfCoefficients o = SvfCoefficients::Of(WarpedCutoff(320.0f + 430.0f * open, rate_), 0.16f);
    const SvfCoefficients e = SvfCoefficients::Of(WarpedCutoff(780.0f + 1300.0f * open * open, rate_), 0.14f);
    for (int i = s * kSubBlockFrames; i < (s + 1) * kSubBlockFrames; ++i) {
      const float middle = saws_[0].line[i] + saws_[1].line[i] + saws_[2].line[i];
      const float voice = kFormantGain * (low.BandPass(middle, o) + 0.7f * high.BandPass(middle, e));
      left[i] += amount * (voice - left[i]);
      right[i] += amount * (voice - right[i]);
    }
  }
  formants_ = {low, high};
}

void BassVoice::Render(const ControlBlock& block, const SoundSettings& settings, const SynthParameters& parameters, float* out) {
  FollowShape(settings.bass);
  Glide(block, parameters);
  if (IsSilent(parameters)) return;
  AimSaws(parameters);
  AimFilters(block, settings, parameters);
  const float* lines[kVoiceLanes];
  for (std::size_t lane = 0; lane < kVoiceLanes; ++lane) lines[lane] = lane < kSaws ? saws_[lane].line : kNothing;
  alignas(64) float left[kBlockFrames] = {}, right[kBlockFrames] = {};
  WobbleKernels().render(lanes_, aims_, kSaws, lines, left, right, wobble_);
  if (spec_->formant > 0.0f) MixVowel(left, right);
  for (float* course : {drive_.drive, drive_.level, drive_.sub, drive_.pan_left, drive_.pan_right}) course[0] = course[kSubBlocks];
  for (int s = 0; s < kSubBlocks; ++s) AimDrive(parameters, s);
  BassDriveKernels().process(drive_, left, right);
  for (int i = 0; i < kBlockFrames; ++i) {
    out[2 * i] += left[i];
    out[2 * i + 1] += right[i];
  }
}

}  // namespace kinetone::dsp
