#include "audio/live_player.h"

#include <algorithm>

#include "rt/denormals.h"

namespace kinetone::audio {
namespace {

constexpr double kMonitorSeconds = 2.0;

control::EngineOptions OptionsOf(double rate, std::uint32_t seed) {
  control::EngineOptions options;
  options.rate = rate;
  options.seed = seed;
  return options;
}

}  // namespace

LivePlayer::LivePlayer(double rate, std::uint32_t seed, std::unique_ptr<const control::Mapping> mapping)
    : rate_(rate),
      engine_(OptionsOf(rate, seed), std::move(mapping)),
      commands_(kMostCommands),
      returns_(4 * kMostCommands),
      events_(kMostEvents),
      monitor_(static_cast<std::size_t>(2 * kMonitorSeconds * rate)) {
  transport_.Init(rate);
  output_.Init(static_cast<float>(rate));
}

LivePlayer::~LivePlayer() {
  Collect();
  LiveCommand command;
  while (commands_.Pop(command)) {
    delete command.mapping;
    delete command.track;
  }
  delete track_;
}

bool LivePlayer::Send(LiveCommand&& command) {
  Collect();
  // A camera goes on while a device takes seconds to open: what a person does has its place all the same.
  if (command.kind == LiveCommand::Kind::kRow && commands_.size() >= kMostCommands / 2) return false;
  return commands_.Push(std::move(command));
}

void LivePlayer::Collect() {
  LiveReturn done;
  while (returns_.Pop(done)) {
    delete done.mapping;
    delete done.track;
  }
}

std::size_t LivePlayer::TakeOutput(float* stereo, std::size_t frames) {
  return monitor_.PopSome(stereo, 2 * frames) / 2;
}

std::array<float, control::kStripCount> LivePlayer::TakeStripPeaks() {
  std::array<float, control::kStripCount> peaks;
  for (std::size_t s = 0; s < peaks.size(); ++s) peaks[s] = strip_peaks_[s].exchange(0.0f, std::memory_order_relaxed);
  return peaks;
}

void LivePlayer::Log(LiveEvent&& event) {
  if (!events_.Push(std::move(event))) lost_events_.fetch_add(1, std::memory_order_relaxed);
}

void LivePlayer::Observe(const vision::FeatureRow& row, std::int64_t position, bool is_guess) {
  const control::FeatureEvent event{position, row};
  engine_.PushFeatures(&event, 1);
  LiveEvent entry;
  entry.kind = LiveEvent::Kind::kRow;
  entry.position = position;
  entry.row = row;
  Log(std::move(entry));
  if (is_guess) return;
  seen_ = row;
  seen_at_ = position;
  fade_step_ = 0;
}

void LivePlayer::Obey(LiveCommand& command, std::int64_t tick) {
  using Kind = LiveCommand::Kind;
  LiveEvent entry;
  entry.position = tick;
  switch (command.kind) {
    case Kind::kMapping:
      mapping_serial_ = command.serial;
      engine_.ScheduleMapping(std::unique_ptr<const control::Mapping>(command.mapping), tick, command.morph_frames);
      entry.kind = LiveEvent::Kind::kMapping;
      entry.serial = command.serial;
      entry.morph_frames = command.morph_frames;
      return Log(std::move(entry));
    case Kind::kCeiling:
      engine_.ScheduleCeiling(command.value, tick);
      entry.kind = LiveEvent::Kind::kCeiling;
      entry.value = command.value;
      return Log(std::move(entry));
    case Kind::kRow:
      has_camera_ = true;
      return Observe(command.row, tick, false);
    case Kind::kTrack:
      if (track_ != nullptr) returns_.Push({nullptr, track_});
      track_ = command.track;
      has_camera_ = false;
      return transport_.SetTrack(track_, tick);
    case Kind::kTransport: return transport_.Change(command.transport, tick);
    case Kind::kSeek: return transport_.Seek(command.seconds, tick);
    case Kind::kVolume: return output_.SetVolume(command.value);
    case Kind::kPanic: return output_.Close(OutputStage::kPanicSeconds);
    case Kind::kStop: return output_.Close(OutputStage::kStopSeconds);
    case Kind::kOpen: return output_.Open();
    case Kind::kRecord:
      if (tap_ != nullptr) tap_->is_done.store(true, std::memory_order_release);
      tap_ = command.tap;
      return;
  }
}

void LivePlayer::TakeCommands(std::int64_t tick) {
  LiveCommand command;
  // What a change retires goes back with the next tick; a queue that is full would only keep it a little longer.
  for (std::size_t taken = 0; taken < control::SonifyEngine::kReserved / 2 && commands_.Pop(command); ++taken) Obey(command, tick);
}

// A camera that stopped, or a film that is not seen in time: what was seen last is held, then fades to the colours alone.
void LivePlayer::FadeWhenBlind(std::int64_t tick) {
  const bool is_blind = has_camera_ || transport_.is_starved(tick);
  if (!is_blind || fade_step_ >= kFadeSteps) return;
  const double wait = kBlindSeconds + kFadeSeconds * (fade_step_ + 1) / kFadeSteps;
  if (static_cast<double>(tick - seen_at_) < wait * rate_) return;
  ++fade_step_;
  Observe(Faded(seen_, 1.0f - static_cast<float>(fade_step_) / kFadeSteps), tick, true);
}

void LivePlayer::BeginTick() {
  const std::int64_t tick = engine_.next_tick();
  TakeCommands(tick);
  // Before its first sample the engine runs ahead of the limiter's delay in one go.
  const std::int64_t horizon = engine_.is_running() ? tick : tick + static_cast<std::int64_t>(engine_.lookahead_frames());
  transport_.Feed(tick, horizon, [this](const vision::FeatureRow& row, std::int64_t position) { Observe(row, position, false); });
  FadeWhenBlind(tick);
  while (auto retired = engine_.TakeRetired()) {
    // Never full: every command sent empties it first. If it were, memory would be lost, not the sound.
    returns_.Push({retired.get(), nullptr});
    retired.release();
  }
}

void LivePlayer::Finish(float* stereo, std::size_t frames) {
  if (tap_ != nullptr) {
    if (!tap_->is_running.load(std::memory_order_relaxed)) {
      tap_->start = engine_.position() - static_cast<std::int64_t>(frames);
      tap_->is_running.store(true, std::memory_order_release);
    }
    if (!tap_->samples.PushAll(stereo, 2 * frames)) tap_->lost_frames.fetch_add(static_cast<std::int64_t>(frames), std::memory_order_relaxed);
  }
  for (std::size_t s = 0; s < control::kStripCount; ++s) {
    float peak = strip_peaks_[s].load(std::memory_order_relaxed);
    for (std::size_t i = 0; i < frames; ++i) {
      const float* pair = stems_.data() + i * dsp::kStemChannels + 2 * s;
      peak = std::max({peak, pair[0], -pair[0], pair[1], -pair[1]});
    }
    strip_peaks_[s].store(peak, std::memory_order_relaxed);
  }
  output_.Process(stereo, frames);
  monitor_.PushAll(stereo, 2 * frames);
}

void LivePlayer::Publish() {
  const control::ControlBlock& block = engine_.last_block();
  const control::Matrix& matrix = engine_.conductor().matrix();
  const std::int64_t tick = engine_.next_tick();
  now_.position = engine_.position();
  now_.film_s = transport_.FilmTime(now_.position);
  now_.is_playing = transport_.state().is_playing;
  now_.speed = transport_.state().speed;
  now_.is_silenced = output_.is_closed();
  now_.is_starved = transport_.is_starved(tick);
  now_.has_faulted = engine_.has_faulted();
  now_.bpm = block.bpm;
  now_.beat = static_cast<float>(block.beat_in_bar);
  now_.bar = block.bar;
  now_.wobble_hz = block.wobble_hz;
  now_.chord_root = block.chord_root;
  now_.chord_place = block.chord_place;
  now_.chord_quality = block.chord_quality;
  now_.rhythm_level = block.rhythm_level;
  now_.mapping_serial = mapping_serial_;
  now_.is_morphing = engine_.conductor().is_morphing();
  now_.row_count = static_cast<std::uint32_t>(matrix.row_count());
  for (std::size_t row = 0; row < matrix.row_count(); ++row) {
    now_.inputs[row] = matrix.input(row);
    now_.outputs[row] = matrix.output(row);
  }
  now_.parameters = block.parameters;
  now_.seen = seen_;
  state_.Write(now_);
}

void LivePlayer::Render(float* stereo, std::size_t frames) noexcept {
  const rt::ScopedFlushDenormals flush;
  for (std::size_t done = 0; done < frames;) {
    if (engine_.frames_until_tick() == 0) BeginTick();
    const std::size_t there = engine_.frames_until_tick();
    const std::size_t count = std::min(frames - done, there > 0 ? there : kPieceFrames);
    engine_.Render(count, stereo + 2 * done, stems_.data());
    Finish(stereo + 2 * done, count);
    done += count;
  }
  Publish();
}

}  // namespace kinetone::audio
