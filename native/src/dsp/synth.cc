#include "dsp/synth.h"

#include "dsp/mix/finalizer.h"
#include "dsp/mix/nan_guard.h"
#include "dsp/osc/blep_table.h"
#include "dsp/voice/kits.h"
#include "dsp/voice/pad_shapes.h"

namespace kinetone::dsp {
namespace {

using control::ControlBlock;
using control::SoundSettings;

constexpr float kParameterSmoothMs = 10.0f;
constexpr float kPadFadePerBlock = 1.0f / 48.0f;  // 64 ms
constexpr float kCeilingDb = -1.0f;
constexpr float kEchoToHall = 0.35f;
constexpr float kRoomSize = 0.35f;

}  // namespace

void Synth::Init(float rate, std::uint32_t seed) {
  rate_ = rate;
  parameter_keep_ = DecayPerStep(kParameterSmoothMs * 0.001f * rate / kBlockFrames);
  started_ = has_faulted_ = false;
  BlepTable::Shared();  // built here, not by the first note
  bass_.Init(rate, seed);
  drums_.Init(rate, seed);
  pads_.Init(rate, seed);
  hall_.Init(rate, 1.0f);
  room_.Init(rate, kRoomSize);
  delay_.Init(rate);
  chorus_.Init(rate);
  formant_.Init(rate);
  pad_fade_ = 1.0f;
  duck_.Init(rate);
  for (Strip& strip : strips_) strip.Init(rate);
  dc_blockers_.Init(rate);
  compressor_.Init(rate);
  limiter_.Init(rate, Finalizer::LatencyFor(rate), kCeilingDb);
  stem_delay_.assign(static_cast<std::size_t>(kStemChannels * limiter_.latency_frames()), 0.0f);
  stem_head_ = 0;
}

void Synth::SmoothParameters(const ControlBlock& block) {
  parameters_.from = parameters_.to;
  for (std::size_t p = 0; p < control::kParameterCount; ++p) {
    const float target = block.parameters[p];
    parameters_.to[p] = started_ ? target + (parameters_.to[p] - target) * parameter_keep_ : target;
  }
  if (!started_) parameters_.from = parameters_.to;
}

void Synth::RenderRhythm(const ControlBlock& block, const SoundSettings& settings, Stereo& stem) {
  Stereo room{}, wet{};
  drums_.Render(block, settings.kit, parameters_, stem.data(), room.data());
  room_.SetDecay(KitOf(settings.kit).room_seconds);
  room_.ProcessAdd(room.data(), wet.data());
  const float from = parameters_.Start(Parameter::kRhythmRoom), to = parameters_.End(Parameter::kRhythmRoom);
  for (int i = 0; i < kBlockFrames; ++i) {
    const float gain = 2.0f * Lerp(from, to, static_cast<float>(i + 1) / kBlockFrames);
    stem[static_cast<std::size_t>(2 * i)] += gain * wet[static_cast<std::size_t>(2 * i)];
    stem[static_cast<std::size_t>(2 * i + 1)] += gain * wet[static_cast<std::size_t>(2 * i + 1)];
  }
}

void Synth::FollowPadShape(control::PadShape wanted) {
  if (!started_) pad_shape_ = wanted;
  if (pad_shape_ == wanted) {
    pad_fade_ += kPadFadePerBlock;
  } else {
    pad_fade_ -= kPadFadePerBlock;
    if (pad_fade_ <= 0.0f) {
      pad_shape_ = wanted;
    }
  }
  pad_fade_ = Clamp(pad_fade_, 0.0f, 1.0f);
}

void Synth::RenderAtmosphere(const ControlBlock& block, const SoundSettings& settings, Stereo& stem) {
  const float fade_from = pad_fade_;
  FollowPadShape(settings.pad);
  const PadShapeSpec& shape = kPadShapes[static_cast<std::size_t>(pad_shape_)];
  Stereo dry{}, to_hall{}, to_delay{}, echoes{};
  pads_.Render(block, shape, parameters_, dry.data());
  formant_.Process(dry.data(), shape.formant);
  chorus_.Process(dry.data(), shape.chorus * Lerp(0.4f, 1.0f, parameters_.End(Parameter::kPadWidth)));
  const float trim = GainOfDb(shape.trim_db);
  const auto gain_of = [&](float level, float fade) { return trim * level * level * fade; };
  const float gain_from = gain_of(parameters_.Start(Parameter::kPadLevel), fade_from);
  const float gain_to = gain_of(parameters_.End(Parameter::kPadLevel), pad_fade_);
  for (int i = 0; i < 2 * kBlockFrames; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const float t = static_cast<float>(i / 2 + 1) / kBlockFrames;
    const float x = dry[at] * Lerp(gain_from, gain_to, t);
    stem[at] = x;
    to_hall[at] = x * shape.reverb_scale * Lerp(parameters_.Start(Parameter::kReverbSend), parameters_.End(Parameter::kReverbSend), t);
    to_delay[at] = x * shape.delay_scale * Lerp(parameters_.Start(Parameter::kDelaySend), parameters_.End(Parameter::kDelaySend), t);
  }
  delay_.ProcessAdd(to_delay.data(), echoes.data(), static_cast<float>(block.bpm), parameters_.End(Parameter::kDelayFeedback));
  for (std::size_t i = 0; i < stem.size(); ++i) {
    stem[i] += echoes[i];
    to_hall[i] += kEchoToHall * echoes[i];
  }
  hall_.SetDecay(shape.reverb_seconds);
  hall_.ProcessAdd(to_hall.data(), stem.data());
}

void Synth::DelayStems(const Buses& stems, float* out) {
  const std::size_t frames = stem_delay_.size() / kStemChannels;
  for (int i = 0; i < kBlockFrames; ++i) {
    float* slot = stem_delay_.data() + stem_head_ * kStemChannels;
    for (int channel = 0; channel < kStemChannels; ++channel) {
      out[i * kStemChannels + channel] = slot[channel];
      slot[channel] = stems[static_cast<std::size_t>(channel / 2)][static_cast<std::size_t>(2 * i + channel % 2)];
    }
    stem_head_ = stem_head_ + 1 == frames ? 0 : stem_head_ + 1;
  }
}

void Synth::Guard(float* samples, int count) {
  if (!MuteUnlessSound(samples, count)) has_faulted_ = true;
}

void Synth::DuckUnderKick(const ControlBlock& block, const SoundSettings& settings, Buses& buses) {
  const KitSpec& kit = KitOf(settings.kit);
  float depth[kBlockFrames];
  duck_.Render(block, kit.duck_ms, depth);
  const float level = Clamp(parameters_.End(Parameter::kRhythmLevel), 0.0f, 1.0f);
  for (int i = 0; i < 2 * kBlockFrames; ++i) {
    buses[control::kBassStrip][static_cast<std::size_t>(i)] *= 1.0f - level * kit.duck_bass * depth[i / 2];
    buses[control::kAtmosphereStrip][static_cast<std::size_t>(i)] *= 1.0f - level * kit.duck_pad * depth[i / 2];
  }
}

void Synth::PassFaders(const SoundSettings& settings, Buses& buses) {
  bool any_solo = false;
  for (const auto& strip : settings.strips) any_solo |= strip.solo;
  for (Stereo& bus : buses) Guard(bus.data(), 2 * kBlockFrames);
  dc_blockers_.Process(buses);
  for (std::size_t s = 0; s < buses.size(); ++s) {
    const auto& strip = settings.strips[s];
    strips_[s].Process(buses[s].data(), strip, strip.mute || (any_solo && !strip.solo));
  }
}

void Synth::Master(const SoundSettings& settings, const Buses& buses, float* master) {
  const float gain = GainOfDb(settings.master_gain_db);
  if (!started_) master_gain_ = gain;
  const float gain_to = gain + (master_gain_ - gain) * parameter_keep_;
  for (int i = 0; i < 2 * kBlockFrames; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const float premaster = (buses[0][at] + buses[1][at]) + buses[2][at];
    master[i] = premaster * Lerp(master_gain_, gain_to, static_cast<float>(i / 2 + 1) / kBlockFrames);
  }
  master_gain_ = gain_to;
  compressor_.Process(master, settings.compression);
  limiter_.Process(master, kBlockFrames);
  Guard(master, 2 * kBlockFrames);
}

void Synth::Render(const ControlBlock& block, const SoundSettings& settings, float* master, float* stems) {
  SmoothParameters(block);
  Buses buses{};
  bass_.Render(block, settings, parameters_, buses[control::kBassStrip].data());
  RenderRhythm(block, settings, buses[control::kRhythmStrip]);
  RenderAtmosphere(block, settings, buses[control::kAtmosphereStrip]);
  DuckUnderKick(block, settings, buses);
  PassFaders(settings, buses);
  Master(settings, buses, master);
  DelayStems(buses, stems);
  started_ = true;
}

}  // namespace kinetone::dsp
