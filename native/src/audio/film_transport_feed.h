// FilmTransport::Feed, apart because it is a template.
#pragma once

#include "audio/seen_row.h"

namespace kinetone::audio {

template <typename Emit>
void FilmTransport::Feed(std::int64_t tick, std::int64_t horizon, Emit&& emit) {
  if (track_ == nullptr) return;
  if (state_.is_playing) TurnAtEnd(tick);
  const std::size_t count = track_->count();
  if (count == 0) return;
  if (!track_->is_finished() && FilmTime(tick) > track_->timestamp(count - 1) + kUnknownSeconds) {
    // What comes in meanwhile is of another place: it is not heard, and this place anew once it is known.
    next_ = count;
    has_jumped_ = true;
    return;
  }
  const std::size_t shown = has_jumped_ || next_ + kMostPerTick < count ? track_->FrameAt(FilmTime(tick)) : FeatureTrack::kNone;
  // After a jump, or far behind: the frame of now, and on from there.
  if (has_jumped_ || (shown != FeatureTrack::kNone && shown >= next_ + kMostPerTick)) {
    next_ = shown == FeatureTrack::kNone ? 0 : shown + 1;
    if (shown != FeatureTrack::kNone) emit(AtSpeed(track_->row(shown), state_.speed), tick);
    has_jumped_ = false;
  }
  if (!state_.is_playing) {
    if (still_at_ >= 0 && tick >= still_at_ && next_ > 0) {
      emit(Still(track_->row(next_ - 1)), tick);
      still_at_ = -1;
    }
    return;
  }
  while (next_ < count) {
    const std::int64_t position = PositionOf(track_->timestamp(next_));
    if (position > horizon) return;
    emit(AtSpeed(track_->row(next_), state_.speed), position > tick ? position : tick);
    ++next_;
  }
}

}  // namespace kinetone::audio
