// What crosses between the controlling thread and the audio thread: commands in, events and the newest state out.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "audio/feature_track.h"
#include "audio/film_transport.h"
#include "control/mapping.h"
#include "control/parameters.h"
#include "rt/spsc_ring.h"

namespace kinetone::audio {

// Audio on its way to a file: filled by the audio thread, emptied by the other, which owns it and keeps it until the audio
// thread is done with it.
struct RecordingTap {
  explicit RecordingTap(std::size_t frames) : samples(2 * frames) {}
  rt::SpscRing<float> samples;  // interleaved stereo
  std::int64_t start = 0;       // first sample, known once `is_running`
  std::atomic<bool> is_running{false}, is_done{false};
  std::atomic<std::int64_t> lost_frames{0};
};

struct LiveCommand {
  enum class Kind { kMapping, kRow, kTrack, kTransport, kSeek, kCeiling, kVolume, kPanic, kOpen, kStop, kRecord };
  Kind kind{};
  const control::Mapping* mapping = nullptr;  // owned by whoever holds the command
  const FeatureTrack* track = nullptr;
  RecordingTap* tap = nullptr;
  std::int64_t morph_frames = 0;
  std::uint32_t serial = 0;  // of the mapping, for the log
  TransportState transport;
  double seconds = 0.0;
  float value = 0.0f;
  vision::FeatureRow row{};
};

// What took effect and where: enough to render the performance again.
struct LiveEvent {
  enum class Kind : std::uint32_t { kRow, kMapping, kCeiling };
  Kind kind{};
  std::uint32_t serial = 0;
  std::int64_t position = 0;
  std::int64_t morph_frames = 0;
  float value = 0.0f;
  vision::FeatureRow row{};
};

// Things the audio thread is done with.
struct LiveReturn {
  const control::Mapping* mapping = nullptr;
  const FeatureTrack* track = nullptr;
};

struct LiveState {
  std::int64_t position = 0;  // samples given to the device so far
  double film_s = 0.0;        // place in the film of sample `position`
  bool is_playing = false;
  bool is_silenced = false;   // after panic or stop
  bool is_starved = false;
  bool has_faulted = false;
  float speed = 1.0f;
  int bpm = 0;
  float beat = 0.0f;
  std::int64_t bar = 0;
  float wobble_hz = 0.0f;
  int chord_root = 0, chord_place = 0, chord_quality = 0, rhythm_level = 0;
  std::uint32_t mapping_serial = 0;
  bool is_morphing = false;
  std::uint32_t row_count = 0;
  std::array<float, control::kMaxRows> inputs{}, outputs{};
  control::ParameterValues parameters{};
  vision::FeatureRow seen{};  // the newest feature frame
};

}  // namespace kinetone::audio
