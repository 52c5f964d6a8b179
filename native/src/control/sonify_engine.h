// The whole of sonification: feature and control events at absolute samples in, audio out, the same bits whatever the
// caller's block size. Output sample n is the sound at sample n: the engine runs lookahead_frames() ahead of it, so an event
// must be pushed that much before it is due; a late one takes effect at the next control tick.
// Push and Schedule: any one thread, not during Render. Render: allocation only for the queue outside of it.
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
  SonifyEngine(const EngineOptions& options, std::unique_ptr<const Mapping> mapping);

  // Positions rise; equal ones keep the last.
  void PushFeatures(const FeatureEvent* events, std::size_t count);
  void ScheduleMapping(std::unique_ptr<const Mapping> mapping, std::int64_t at_sample);
  // master: 2 * frames interleaved; stems: 6 * frames interleaved, or null.
  void Render(std::size_t frames, float* master, float* stems);

  std::int64_t position() const { return position_; }
  std::size_t lookahead_frames() const { return static_cast<std::size_t>(synth_.latency_frames()); }
  std::size_t queued_features() const { return features_.size() - next_feature_; }
  const ControlBlock& last_block() const { return block_; }
  const Conductor& conductor() const { return conductor_; }
  bool has_faulted() const { return synth_.has_faulted(); }
  EngineTrace& trace() { return trace_; }

 private:
  void RenderBlock();
  void RunAhead();
  void TakeEvents();

  struct Change {
    std::int64_t at_sample;
    std::unique_ptr<const Mapping> mapping;
  };

  Conductor conductor_;
  dsp::Synth synth_;
  EngineTrace trace_;
  bool is_tracing_ = false;
  ControlBlock block_;
  std::unique_ptr<const Mapping> mapping_;
  std::vector<std::unique_ptr<const Mapping>> retired_;  // freed outside Render
  std::vector<Change> changes_;                          // by time
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
