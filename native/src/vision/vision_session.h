// One video or camera, frame after frame: everything a FeatureFrame holds, measured in C++ and written as a row.
#pragma once

#include <stdexcept>
#include <vector>

#include "vision/color_histogram.h"
#include "vision/dominant_colors.h"
#include "vision/edge_detector.h"
#include "vision/edge_patterns.h"
#include "vision/feature_row.h"
#include "vision/frame_history.h"
#include "vision/frame_planes.h"
#include "vision/motion_regions.h"
#include "vision/motion_summary.h"
#include "vision/optical_flow.h"
#include "vision/scene_change.h"

namespace kinetone::vision {

// Frames of one size in presentation order. Any thread, one call at a time. After the first frames it allocates only small lists.
class VisionSession {
 public:
  // Both even and at least 2; throws std::invalid_argument otherwise.
  VisionSession(int width, int height);

  // timestamp_s: presentation time, finite. A timestamp before the last one (a seek) begins a new sequence: motion and
  // scene_change are 0, as on the first frame. Every column of out is overwritten.
  // Throws std::invalid_argument when the frame has another size.
  void Analyze(const FramePlanes& frame, double timestamp_s, FeatureRow& out);

  int width() const { return width_; }
  int height() const { return height_; }

  // The maps of the last frame, for overlays. flow: pixels between the two compared frames, all 0 when none were compared;
  // seconds: the time between them, 0 when none were.
  const FlowField& flow();
  double flow_seconds() const { return flow_seconds_; }
  const EdgeDetector& edges() const { return edges_; }

 private:
  void MeasureMotion(double timestamp_s, const ImagePyramid& pyramid, FeatureRow& out);
  MotionSummary SumMotion();
  void MeasureColor(const FramePlanes& frame, FeatureRow& out);
  void MeasureEdges(const FramePlanes& frame, FeatureRow& out);
  void Restart();
  void HoldStill();

  int width_;
  int height_;
  bool has_last_ = false;
  double last_timestamp_s_ = 0.0;
  double flow_seconds_ = 0.0;
  FrameHistory history_;
  OpticalFlow flow_;
  FlowField field_;              // once it was asked for
  bool is_field_spread_ = true;  // all 0 before the first frame
  std::vector<float> strip_;     // kBlockPx rows of u, and as many of v
  MotionRegions regions_;
  SceneChange scene_;
  ColorHistogram histogram_;
  DominantColors colors_;
  EdgeDetector edges_;
  EdgePatternFinder patterns_;
};

}  // namespace kinetone::vision
