// A small queue whose elements are recycled.
#include "vision/frame_history.h"

#include <algorithm>

namespace kinetone::vision {
namespace {

constexpr double kLeastGapS = kComparisonS / 32.0;

}  // namespace

void FrameHistory::Clear() {
  if (live_ < frames_.size()) std::swap(frames_[0], frames_[live_]);
  live_ = 0;
}

const StoredFrame* FrameHistory::Reference(double timestamp_s) const {
  for (std::size_t i = live_; i > 0; --i) {
    if (timestamp_s - frames_[i - 1].timestamp_s >= kComparisonS - kTimestampRoundingS) return &frames_[i - 1];
  }
  return nullptr;
}

StoredFrame& FrameHistory::Next() {
  if (frames_.size() == live_) frames_.emplace_back();
  StoredFrame& frame = frames_[live_];
  if (frame.pyramid == nullptr) frame.pyramid = std::make_shared<ImagePyramid>();
  return frame;
}

void FrameHistory::Commit() {
  const double now = frames_[live_].timestamp_s;
  // The second newest is redundant when its neighbours are close enough to stand for it.
  if (live_ >= 2 && now - frames_[live_ - 2].timestamp_s < kLeastGapS) {
    std::swap(frames_[live_ - 1], frames_[live_]);
  } else {
    ++live_;
  }
  // Everything older than the frame a successor at the same instant would be compared with is free.
  const StoredFrame* reference = Reference(now);
  if (reference == nullptr) return;
  const auto unused = reference - frames_.data();
  std::rotate(frames_.begin(), frames_.begin() + unused, frames_.begin() + static_cast<std::ptrdiff_t>(live_));
  live_ -= static_cast<std::size_t>(unused);
}

}  // namespace kinetone::vision
