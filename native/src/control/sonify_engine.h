// The whole of sonification: feature and control events at absolute samples in, audio out, the same bits whatever the
// caller's block size. Output sample n is the sound at sample n: the engine runs lookahead_frames() ahead of it, so an event
// must be given that much before it is due; a late one takes effect at the next control tick.
// Events: any one thread, not during Render; without allocation while no more than kReserved of a kind wait. Render: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "control/conductor.h"
#include "control/engine_trace.h"
#include "dsp/synth.h"

namespace kinetone::control {

struct FeatureEvent {
  std::int64_t position;
  vision::FeatureRow row;
};

struct EngineOptions {
  double rate = 48000.0;
  std::uint32_t seed = 0;
  std::int64_t start = 0;    // absolute position of the first output sample; beats count from sample 0 all the same
  double trace_hz = 0.0;     // rows of values per second to keep, 0 for none
  bool keep_events = false;  // keep every note for TakeEvents
};

class SonifyEngine {
 public:
  static constexpr std::size_t kReserved = 128;
  using MappingPointer = std::unique_ptr<const Mapping>;

  SonifyEngine(const EngineOptions& options, MappingPointer mapping);

  // Positions rise; equal ones keep the last.
  void PushFeatures(const FeatureEvent* events, std::size_t count);
  // morph_frames: over how long the new mapping comes in, 0 for at once (a running morph then goes on towards it).
  void ScheduleMapping(MappingPointer mapping, std::int64_t at_sample, std::int64_t morph_frames = 0);
  // The limiter's ceiling in dBTP, -60 .. -1; -1 at the beginning.
  void ScheduleCeiling(float ceiling_db, std::int64_t at_sample);
  // A mapping that is no longer used, or null; to be called until null now and then, where freeing memory is allowed.
  MappingPointer TakeRetired();

  // master: 2 * frames interleaved; stems: 6 * frames interleaved, or null.
  void Render(std::size_t frames, float* master, float* stems);

  std::int64_t position() const { return position_; }
  // Where the next control tick stands; events with a position up to it take effect there.
  std::int64_t next_tick() const { return tick_; }
  // Frames that Render gives out before it comes to the next tick.
  std::size_t frames_until_tick() const { return ready_; }
  bool is_running() const { return is_ahead_; }
  std::size_t lookahead_frames() const { return static_cast<std::size_t>(synth_.latency_frames()); }
  std::size_t queued_features() const { return features_.size() - next_feature_; }
  const ControlBlock& last_block() const { return block_; }
  const Conductor& conductor() const { return conductor_; }
  bool has_faulted() const { return synth_.has_faulted(); }
  EngineTrace& trace() { return trace_; }

 private:
  struct Change {
    std::int64_t at_sample = 0;
    MappingPointer mapping;  // null for a change of the ceiling
    std::int64_t morph_frames = 0;
    float ceiling_db = 0.0f;
  };

  void RenderBlock();
  void RunAhead();
  void TakeEvents();
  void Insert(Change change);
  void Apply(Change& change);
  void Retire(MappingPointer mapping);

  Conductor conductor_;
  dsp::Synth synth_;
  EngineTrace trace_;
  bool is_tracing_ = false;
  ControlBlock block_;
  MappingPointer mapping_, morph_from_;
  std::vector<MappingPointer> retired_;
  std::vector<Change> changes_;  // by time
  std::vector<FeatureEvent> features_;
  std::size_t next_feature_ = 0;

  std::int64_t position_ = 0;  // next output sample
  bool is_ahead_ = false;
  std::int64_t tick_ = 0;      // next block to synthesise
  float master_[2 * dsp::kBlockFrames] = {};
  float stems_[dsp::kStemChannels * dsp::kBlockFrames] = {};
  std::size_t ready_ = 0;  // frames of the present block not given out yet
};

}  // namespace kinetone::control
