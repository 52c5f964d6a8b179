// The feature series of a film, shared by the thread that fills it and the audio thread that plays it. Grows at its end
// while it is read; memory is taken at once. One writing thread, any number of readers, no lock.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <vector>

#include "vision/feature_row.h"

namespace kinetone::audio {

class FeatureTrack {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  // Room for `capacity` frames, 220 bytes each.
  explicit FeatureTrack(std::size_t capacity) : timestamps_(capacity), rows_(capacity) {}

  // Writing thread: frames in presentation order, times in seconds that never fall. False when there is no room.
  bool Append(const double* timestamps_s, const float* rows, std::size_t count) {
    const std::size_t at = count_.load(std::memory_order_relaxed);
    if (at + count > rows_.size()) return false;
    for (std::size_t i = 0; i < count; ++i) {
      timestamps_[at + i] = timestamps_s[i];
      std::copy_n(rows + i * vision::kColumns, vision::kColumns, rows_[at + i].begin());
    }
    count_.store(at + count, std::memory_order_release);
    return true;
  }
  // Writing thread: nothing more comes.
  void Finish() { is_finished_.store(true, std::memory_order_release); }

  std::size_t count() const { return count_.load(std::memory_order_acquire); }
  bool is_finished() const { return is_finished_.load(std::memory_order_acquire); }
  double timestamp(std::size_t frame) const { return timestamps_[frame]; }
  const vision::FeatureRow& row(std::size_t frame) const { return rows_[frame]; }

  // The frame shown at a time, kNone before the first.
  std::size_t FrameAt(double time_s) const {
    const auto end = timestamps_.begin() + static_cast<std::ptrdiff_t>(count());
    const auto later = std::upper_bound(timestamps_.begin(), end, time_s);
    return later == timestamps_.begin() ? kNone : static_cast<std::size_t>(later - timestamps_.begin()) - 1;
  }

 private:
  std::vector<double> timestamps_;
  std::vector<vision::FeatureRow> rows_;
  std::atomic<std::size_t> count_{0};
  std::atomic<bool> is_finished_{false};
};

}  // namespace kinetone::audio
