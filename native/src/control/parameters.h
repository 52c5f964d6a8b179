// Every parameter of the sound engine that a mapping row can drive. The TypeScript twin is
// src-main/contract/documents/parameters.ts; a test compares order, names, ranges, defaults and scales.
#pragma once

#include <array>
#include <cstddef>

namespace kinetone::control {

enum class Parameter : int {
  kBassIntensity, kModulationRate, kFilterResonance, kRhythmComplexity, kBpm,
  kBassCutoff, kWobbleDepth, kBassDrive, kBassDetune, kBassSub, kBassPan,
  kRhythmBalance, kRhythmLevel, kRhythmTone, kRhythmSwing,
  kPadHue, kPadRegister, kPadCutoff, kPadVoices, kPadWidth, kPadLevel, kReverbSend, kDelaySend,
  kBassPitch, kRhythmRoom, kPadAttack, kDelayFeedback,
  kCount
};
inline constexpr std::size_t kParameterCount = static_cast<std::size_t>(Parameter::kCount);

struct ParameterSpec {
  const char* id;
  float min, max, rest;
  bool log;  // a row's output range is walked in equal ratios
};

inline constexpr std::array<ParameterSpec, kParameterCount> kParameters{{
    {"bass_intensity", 0, 1, 0, false},
    {"modulation_rate", 0.1f, 20, 0.5f, true},
    {"filter_resonance", 0, 1, 0.4f, false},
    {"rhythm_complexity", 0, 1, 0, false},
    {"bpm", 40, 240, 120, false},
    {"bass_cutoff", 40, 12000, 200, true},
    {"wobble_depth", 0, 5, 2, false},
    {"bass_drive", 0, 1, 0.2f, false},
    {"bass_detune", 0, 1, 0.12f, false},
    {"bass_sub", 0, 1, 0.6f, false},
    {"bass_pan", -1, 1, 0, false},
    {"rhythm_balance", 0, 1, 0.5f, false},
    {"rhythm_level", 0, 1, 0.8f, false},
    {"rhythm_tone", 0, 1, 0.5f, false},
    {"rhythm_swing", 0, 1, 0, false},
    {"pad_hue", 0, 1, 0, false},
    {"pad_register", -2, 2, 0, false},
    {"pad_cutoff", 100, 16000, 1200, true},
    {"pad_voices", 1, 8, 3, false},
    {"pad_width", 0, 1, 0.5f, false},
    {"pad_level", 0, 1, 0, false},
    {"reverb_send", 0, 1, 0.3f, false},
    {"delay_send", 0, 1, 0.2f, false},
    {"bass_pitch", -12, 24, 0, false},
    {"rhythm_room", 0, 1, 0.2f, false},
    {"pad_attack", 5, 4000, 400, true},
    {"delay_feedback", 0, 0.7f, 0.4f, false},
}};

using ParameterValues = std::array<float, kParameterCount>;

constexpr float& At(ParameterValues& values, Parameter parameter) { return values[static_cast<std::size_t>(parameter)]; }
constexpr float At(const ParameterValues& values, Parameter parameter) { return values[static_cast<std::size_t>(parameter)]; }

}  // namespace kinetone::control
