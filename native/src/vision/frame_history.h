// The pyramids of the last frames of the current shot, so that motion can be measured over at least 25 ms at any rate.
#pragma once

#include <memory>
#include <vector>

#include "vision/image_pyramid.h"

namespace kinetone::vision {

// Two frames are compared when they are at least this far apart. Half a millisecond is allowed for containers that round
// timestamps, so that 120 fps (3 frames = 25 ms) compares every frame alike.
inline constexpr double kComparisonS = 0.025;
inline constexpr double kTimestampRoundingS = 0.0005;

// The pyramid is shared with who still looks at it, and never changes while it is.
struct StoredFrame {
  double timestamp_s = 0.0;
  std::shared_ptr<ImagePyramid> pyramid;
};

// Reuses its frames' memory. Any thread, one at a time.
class FrameHistory {
 public:
  // Forgets all committed frames; the one from Next stays as it is.
  void Clear();

  // The newest stored frame at least kComparisonS older than the timestamp, or null.
  const StoredFrame* Reference(double timestamp_s) const;

  // The frame to fill and then Commit; its pyramid is there, its content undefined. The same frame until Commit.
  StoredFrame& Next();

  // Adds the frame from Next as the newest; frames no longer needed become free. Timestamps must not fall. Of frames closer
  // together than 1/32 of the comparison time only some are kept, so memory is bounded at any rate.
  void Commit();

 private:
  std::vector<StoredFrame> frames_;  // the live ones first, oldest to newest; then free ones
  std::size_t live_ = 0;
};

}  // namespace kinetone::vision
