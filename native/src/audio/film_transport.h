// A film's place in the sound: which frame acts on which sample while it plays at some speed, stands, is scrubbed or runs
// in a loop. Played from sample 0 at speed 1, frames take effect where the offline render has them. Audio thread.
#pragma once

#include <cstdint>

#include "audio/feature_track.h"

namespace kinetone::audio {

struct TransportState {
  bool is_playing = false;
  float speed = 1.0f;  // 0.25 .. 2
  bool is_looping = false;
  double start_s = 0.0, end_s = 0.0;  // of the film, or of the loop
};

class FilmTransport {
 public:
  void Init(double rate) { rate_ = rate; }
  // `tick`: the control tick from which it holds.
  void SetTrack(const FeatureTrack* track, std::int64_t tick);
  void Change(const TransportState& state, std::int64_t tick);
  void Seek(double film_s, std::int64_t tick);

  // Gives emit(row, position) for everything that is due up to `horizon`; called once per tick. At most kMostPerTick.
  template <typename Emit>
  void Feed(std::int64_t tick, std::int64_t horizon, Emit&& emit);

  double FilmTime(std::int64_t sample) const;
  const TransportState& state() const { return state_; }
  bool has_track() const { return track_ != nullptr; }
  // The film plays, but what it shows now is not known yet.
  bool is_starved(std::int64_t tick) const;

 private:
  static constexpr std::size_t kMostPerTick = 32;
  static constexpr double kScrubSeconds = 0.25, kUnknownSeconds = 0.5;

  std::int64_t PositionOf(double film_s) const;
  void Anchor(double film_s, std::int64_t tick);
  void TurnAtEnd(std::int64_t tick);

  double rate_ = 48000.0;
  const FeatureTrack* track_ = nullptr;
  TransportState state_;
  std::int64_t anchor_sample_ = 0;
  double anchor_s_ = 0.0;
  std::size_t next_ = 0;
  bool has_jumped_ = true;       // the frame shown now is to be given anew
  std::int64_t still_at_ = -1;   // when a film that stands has come to rest; -1 when it has
};

}  // namespace kinetone::audio

#include "audio/film_transport_feed.h"
