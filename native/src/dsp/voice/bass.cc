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

// The wobble opens on the beat.
float WobbleAt(const control::WobblePhase& phase, int sub_block) {
  const float t = static_cast<float>(sub_block + 1) / kSubBlocks;
  const float now = 0.5f + 0.5f * CosCycles(phase.phase + phase.increment * t);
  const float before = 0.5f + 0.5f * CosCycles(phase.old_phase + phase.old_increment * t);
  return Lerp(before, now, Lerp(phase.blend_from, phase.blend_to, t));
}

float DampingOf(float resonance) { return 1.41421356f * Exp2(-3.4f * Clamp(resonance, 0.0f, 1.2f)); }

}  // namespace

void BassVoice::Init(float rate, std::uint32_t seed) {
  rate_ = rate;
  seed_ = seed;
  for (std::size_t i = 0; i < saws_.size(); ++i) saws_[i].Init(Random(seed, kBassPhaseKey, i).Uniform());
  for (auto* pair : {&first_, &second_, &formants_}) {
    for (Svf& filter : *pair) filter.Init();
  }
  clips_ = {};
  sub_phase_ = 0.0f;
  has_note_ = false;
  shape_fade_ = 1.0f;
  pluck_.Init();
  filter_envelope_.Init();
  pluck_gain_ = 0.0f;
  for (Ramp* ramp : {&drive_, &level_, &sub_}) ramp->Init(0.0f);
  soft_.now = sharp_.now = SvfCoefficients::Of(0.01f, kSoftDamping);
  left_.Init(1.0f);
  right_.Init(1.0f);
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
         level_.value() < 1.0e-6f && sub_.value() < 1.0e-6f;
}

void BassVoice::RenderSaws(const SynthParameters& parameters) {
  const float detune = 0.5f * parameters.End(Parameter::kBassDetune) * spec_->detune_scale;
  float centre[kBlockFrames] = {}, up[kBlockFrames] = {}, down[kBlockFrames] = {};
  const auto frequency = [this](float semitones) {
    return Clamp(HzOfMidi(note_ + 12.0f * spec_->octave + semitones) / rate_, 1.0e-5f, 0.45f);
  };
  saws_[0].RenderAdd(frequency(0.0f), spec_->saw_levels[0], centre);
  saws_[1].RenderAdd(frequency(detune), spec_->saw_levels[1], up);
  saws_[2].RenderAdd(frequency(-detune), spec_->saw_levels[2], down);
  const float near = 1.0f + spec_->spread, far = 1.0f - spec_->spread;
  for (int i = 0; i < kBlockFrames; ++i) {
    left_buffer_[i] = centre[i] + near * up[i] + far * down[i];
    right_buffer_[i] = centre[i] + far * up[i] + near * down[i];
  }
  sub_frequency_ = HzOfMidi(note_) / rate_;
}

BassVoice::Targets BassVoice::TargetsAt(const SynthParameters& parameters, float wobble, int sub_block) const {
  const auto at = [&](Parameter parameter) { return parameters.AtSubBlock(parameter, sub_block); };
  Targets t;
  const float octaves = at(Parameter::kWobbleDepth) * spec_->depth_scale * wobble + spec_->envelope_octaves * filter_envelope_.value();
  t.cutoff_g = WarpedCutoff(Clamp(at(Parameter::kBassCutoff) * spec_->cutoff_scale * Exp2(octaves), 30.0f, 14000.0f), rate_);
  const float resonance = at(Parameter::kFilterResonance) * spec_->resonance_scale;
  t.damping = DampingOf(resonance);
  const float drive = Clamp(at(Parameter::kBassDrive) + spec_->drive_offset, 0.0f, 1.0f);
  t.drive = 1.0f + 8.0f * drive * drive;
  const float intensity = at(Parameter::kBassIntensity);
  const float open = 1.0f - spec_->amplitude_wobble * (1.0f - wobble);
  const float pluck = spec_->pluck_ms > 0.0f ? pluck_gain_ : 1.0f;
  // The 2.5th power: half the intensity is 15 dB less.
  const float gain = intensity * intensity * Sqrt(intensity) * shape_fade_ * pluck * GainOfDb(spec_->trim_db);
  // What drive and resonance add in level is taken back, so that they change colour rather than loudness.
  t.level = gain * open * kLevel * Lerp(1.0f, 0.6f, drive) * Lerp(1.0f, 0.75f, Clamp(resonance, 0.0f, 1.0f));
  t.sub = gain * Lerp(open, 1.0f, 0.4f) * kSubLevel * at(Parameter::kBassSub) * spec_->sub_scale;
  t.vowel = wobble;
  return t;
}

void BassVoice::AimAt(const Targets& t, float pan) {
  soft_.Towards(SvfCoefficients::Of(t.cutoff_g, kSoftDamping), kSubBlockFrames);
  sharp_.Towards(SvfCoefficients::Of(t.cutoff_g, t.damping), kSubBlockFrames);
  drive_.Towards(t.drive, kSubBlockFrames);
  level_.Towards(t.level, kSubBlockFrames);
  sub_.Towards(t.sub, kSubBlockFrames);
  const PanGains gains = PanOf(pan);
  left_.Towards(gains.left, kSubBlockFrames);
  right_.Towards(gains.right, kSubBlockFrames);
  vowel_ = t.vowel;
  if (spec_->formant > 0.0f) {
    // From "o" to "a" to "e" as the wobble opens.
    formant_coefficients_[0] = SvfCoefficients::Of(WarpedCutoff(320.0f + 430.0f * vowel_, rate_), 0.16f);
    formant_coefficients_[1] = SvfCoefficients::Of(WarpedCutoff(780.0f + 1300.0f * vowel_ * vowel_, rate_), 0.14f);
  }
}

void BassVoice::FilterSubBlock(float* left, float* right) {
  // Copies: what lives in registers need not be read back from memory each sample.
  Svf first[2] = {first_[0], first_[1]}, second[2] = {second_[0], second_[1]};
  SvfRamp soft = soft_, sharp = sharp_;
  for (int i = 0; i < kSubBlockFrames; ++i) {
    const SvfCoefficients c1 = soft.Next(), c2 = sharp.Next();
    left[i] = second[0].LowPass(first[0].LowPass(left[i], c1), c2);
    right[i] = second[1].LowPass(first[1].LowPass(right[i], c1), c2);
  }
  first_ = {first[0], first[1]};
  second_ = {second[0], second[1]};
  soft_ = soft;
  sharp_ = sharp;
}

void BassVoice::MixVowel(const float* left_in, const float* right_in, float* left, float* right) {
  const float amount = spec_->formant;
  Svf low = formants_[0], high = formants_[1];
  for (int i = 0; i < kSubBlockFrames; ++i) {
    const float middle = 0.5f * (left_in[i] + right_in[i]);
    const float voice = kFormantGain * (low.BandPass(middle, formant_coefficients_[0]) + 0.7f * high.BandPass(middle, formant_coefficients_[1]));
    left[i] += amount * (voice - left[i]);
    right[i] += amount * (voice - right[i]);
  }
  formants_ = {low, high};
}

void BassVoice::RenderSubBlock(int start, float* out) {
  float left[kSubBlockFrames], right[kSubBlockFrames], sub[kSubBlockFrames], gain[kSubBlockFrames];
  for (int i = 0; i < kSubBlockFrames; ++i) {
    left[i] = left_buffer_[start + i];
    right[i] = right_buffer_[start + i];
  }
  FilterSubBlock(left, right);
  if (spec_->formant > 0.0f) MixVowel(left_buffer_ + start, right_buffer_ + start, left, right);
  drive_.Fill(gain, kSubBlockFrames);
  for (int i = 0; i < kSubBlockFrames; ++i) left[i] *= gain[i];
  for (int i = 0; i < kSubBlockFrames; ++i) right[i] *= gain[i];
  clips_[0].ProcessBlock<kSubBlockFrames>(left);
  clips_[1].ProcessBlock<kSubBlockFrames>(right);
  level_.Fill(gain, kSubBlockFrames);
  for (int i = 0; i < kSubBlockFrames; ++i) left[i] *= gain[i];
  for (int i = 0; i < kSubBlockFrames; ++i) right[i] *= gain[i];
  for (int i = 0; i < kSubBlockFrames; ++i) sub[i] = sub_phase_ + sub_frequency_ * static_cast<float>(i + 1);
  sub_phase_ = sub[kSubBlockFrames - 1] - (sub[kSubBlockFrames - 1] >= 1.0f ? 1.0f : 0.0f);
  sub_.Fill(gain, kSubBlockFrames);
  for (int i = 0; i < kSubBlockFrames; ++i) sub[i] = gain[i] * SinCycles(sub[i]);
  float pan_left[kSubBlockFrames], pan_right[kSubBlockFrames];
  left_.Fill(pan_left, kSubBlockFrames);
  right_.Fill(pan_right, kSubBlockFrames);
  for (int i = 0; i < kSubBlockFrames; ++i) {
    out[2 * (start + i)] += pan_left[i] * (left[i] + sub[i]);
    out[2 * (start + i) + 1] += pan_right[i] * (right[i] + sub[i]);
  }
}

void BassVoice::Render(const ControlBlock& block, const SoundSettings& settings, const SynthParameters& parameters, float* out) {
  FollowShape(settings.bass);
  Glide(block, parameters);
  if (IsSilent(parameters)) return;
  RenderSaws(parameters);
  for (int s = 0; s < kSubBlocks; ++s) {
    for (int e = 0; e < block.event_count; ++e) {
      const auto& event = block.events[static_cast<std::size_t>(e)];
      if (event.kind == NoteKind::kBassNote && event.offset / kSubBlockFrames == s) StartNote(block, settings);
    }
    const float pluck = pluck_.Next();
    pluck_gain_ += (pluck > pluck_gain_ ? 0.3f : 1.0f) * (pluck - pluck_gain_);
    AimAt(TargetsAt(parameters, WobbleAt(block.wobble, s), s), parameters.AtSubBlock(Parameter::kBassPan, s));
    filter_envelope_.Next();
    RenderSubBlock(s * kSubBlockFrames, out);
  }
}

}  // namespace kinetone::dsp
