// The instrument while it is played: the sound engine on the audio thread, with a film or a camera before it and the device
// behind it. Commands come through a queue, mappings and series as pointers that go back to be freed; nothing here locks,
// allocates or calls into JavaScript. What took effect at which sample is logged: the log renders the same bits again.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "audio/audio_backend.h"
#include "audio/live_messages.h"
#include "audio/output_stage.h"
#include "control/sonify_engine.h"
#include "dsp/block.h"
#include "rt/spsc_ring.h"
#include "rt/triple_buffer.h"

namespace kinetone::audio {

class LivePlayer final : public AudioSource {
 public:
  LivePlayer(double rate, std::uint32_t seed, std::unique_ptr<const control::Mapping> mapping);
  // Not while a backend calls it.
  ~LivePlayer() override;

  // Controlling thread. False when the audio thread has not taken the last 256 (it stands; of rows, 128); the command is not taken
  // over.
  bool Send(LiveCommand&& command);
  // Controlling thread: frees what the audio thread gave back. Often.
  void Collect();
  const LiveState& State() { return state_.Read(); }
  // What left for the device since the last call: interleaved stereo, at most `frames`; returns how many.
  std::size_t TakeOutput(float* stereo, std::size_t frames);
  std::size_t TakeEvents(LiveEvent* events, std::size_t most) { return events_.PopSome(events, most); }
  // Peak of each strip since the last call, linear.
  std::array<float, control::kStripCount> TakeStripPeaks();
  std::uint64_t lost_events() const { return lost_events_.load(std::memory_order_relaxed); }
  double rate() const { return rate_; }

  // Audio thread.
  void Render(float* stereo, std::size_t frames) noexcept override;

 private:
  void BeginTick();
  void TakeCommands(std::int64_t tick);
  void Obey(LiveCommand& command, std::int64_t tick);
  void Observe(const vision::FeatureRow& row, std::int64_t position, bool is_guess);
  void FadeWhenBlind(std::int64_t tick);
  void Finish(float* stereo, std::size_t frames);
  void Publish();
  void Log(LiveEvent&& event);

  static constexpr std::size_t kMostCommands = 256, kMostEvents = 8192, kPieceFrames = dsp::kBlockFrames;
  static constexpr double kBlindSeconds = 1.5, kFadeSeconds = 2.0;
  static constexpr int kFadeSteps = 20;

  const double rate_;
  control::SonifyEngine engine_;
  FilmTransport transport_;
  OutputStage output_;
  const FeatureTrack* track_ = nullptr;
  RecordingTap* tap_ = nullptr;

  vision::FeatureRow seen_{};
  std::int64_t seen_at_ = 0;   // tick of the newest real frame
  bool has_camera_ = false;    // frames come one by one, and are missed when they do not
  int fade_step_ = 0;
  std::uint32_t mapping_serial_ = 0;

  rt::SpscRing<LiveCommand> commands_;
  rt::SpscRing<LiveReturn> returns_;
  rt::SpscRing<LiveEvent> events_;
  rt::SpscRing<float> monitor_;
  rt::TripleBuffer<LiveState> state_;
  LiveState now_;
  std::array<std::atomic<float>, control::kStripCount> strip_peaks_{};
  std::atomic<std::uint64_t> lost_events_{0};
  std::array<float, dsp::kStemChannels * kPieceFrames> stems_{};
};

}  // namespace kinetone::audio
