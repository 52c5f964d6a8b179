#include "audio/film_transport.h"

#include <cmath>

namespace kinetone::audio {

double FilmTransport::FilmTime(std::int64_t sample) const {
  if (!state_.is_playing) return anchor_s_;
  return anchor_s_ + static_cast<double>(sample - anchor_sample_) / rate_ * static_cast<double>(state_.speed);
}

// Rounds half up, as the offline render places its frames.
std::int64_t FilmTransport::PositionOf(double film_s) const {
  return anchor_sample_ + static_cast<std::int64_t>(std::floor((film_s - anchor_s_) * rate_ / static_cast<double>(state_.speed) + 0.5));
}

void FilmTransport::Anchor(double film_s, std::int64_t tick) {
  anchor_s_ = film_s;
  anchor_sample_ = tick;
}

void FilmTransport::SetTrack(const FeatureTrack* track, std::int64_t) {
  track_ = track;
  has_jumped_ = true;
}

void FilmTransport::Change(const TransportState& state, std::int64_t tick) {
  const bool starts = state.is_playing && !state_.is_playing, stops = !state.is_playing && state_.is_playing;
  Anchor(FilmTime(tick), tick);
  if (starts || state.speed != state_.speed) has_jumped_ = true;
  if (stops) still_at_ = tick;
  state_ = state;
}

void FilmTransport::Seek(double film_s, std::int64_t tick) {
  Anchor(film_s, tick);
  has_jumped_ = true;
  if (!state_.is_playing) still_at_ = tick + static_cast<std::int64_t>(kScrubSeconds * rate_);
}

void FilmTransport::TurnAtEnd(std::int64_t tick) {
  if (state_.end_s <= state_.start_s || FilmTime(tick) < state_.end_s) return;
  if (state_.is_looping) {
    Seek(state_.start_s, tick);
    return;
  }
  Anchor(state_.end_s, tick);
  state_.is_playing = false;
  still_at_ = tick;
}

bool FilmTransport::is_starved(std::int64_t tick) const {
  if (track_ == nullptr || !state_.is_playing || track_->is_finished()) return false;
  return next_ >= track_->count() && (next_ == 0 || track_->timestamp(next_ - 1) < FilmTime(tick));
}

}  // namespace kinetone::audio
