// A mapping as the engine runs it: numbers and tables only, made outside the audio thread from the Mapping document
// (src-main/core/sonify/mapping/compile.ts). Indices of the enums are the order of the contract's lists.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "control/parameters.h"
#include "control/sources.h"

namespace kinetone::control {

inline constexpr std::size_t kMaxRows = 64;
inline constexpr std::size_t kCurvePoints = 513;

enum class Quantisation : int { kNone, kSteps, kScale, kDivisions };
enum class Combine : int { kSet, kAdd, kMultiply };
enum class TempoSource : int { kFixed, kTapped, kSong, kMotion };
enum class Mode : int { kMajor, kMinor, kDorian, kPhrygian, kLydian, kMixolydian, kPentatonic, kCount };
enum class BassShape : int { kWobble, kGrowl, kSub, kPluck, kReese, kAcid, kCount };
enum class Kit : int { kHouse, kBreaks, kTrap, kGlitch, kHand, kSoft, kCount };
enum class PadShape : int { kWarm, kGlass, kChoir, kStrings, kDrone, kKeys, kCount };
enum Strips : int { kBassStrip, kRhythmStrip, kAtmosphereStrip, kStripCount };

struct MappingRow {
  Source source{};
  Parameter target{};
  float input_low = 0, input_high = 1;    // source values at the curve's 0 and 1
  float output_low = 0, output_high = 1;  // parameter values at the curve's 0 and 1
  float attack_ms = 0, release_ms = 0;    // time constants of the smoothing, rising and falling
  Quantisation quantisation{};
  int steps = 2;
  Combine combine{};
  bool active = true;  // enabled, and soloed if any row is
  std::uint32_t id = 0;  // hash of the row's id: smoothing goes on through an edit of the same row
  std::array<float, kCurvePoints> curve{};
};

struct StripSettings {
  float gain_db = 0, pan = 0;
  bool mute = false, solo = false;
};

// What the sound engine reads beside the parameters.
struct SoundSettings {
  Mode mode{};
  BassShape bass{};
  Kit kit{};
  PadShape pad{};
  std::array<StripSettings, kStripCount> strips{};
  float master_gain_db = 0;
  float compression = 0;
};

struct Mapping : SoundSettings {
  std::array<MappingRow, kMaxRows> rows{};
  std::size_t row_count = 0;
  ParameterValues resting{};
  TempoSource tempo_source{};
  int bpm = 120;
  int tonic = 0;  // semitones above C
  bool sync = true;
  bool plays_cuts = true;  // accent, fill and new bar; off when only rows of another sense are soloed
};

}  // namespace kinetone::control
