// The order of measurements: scene first, because nothing is compared across a cut.
#include "vision/vision_session.h"

#include <algorithm>
#include <cmath>

#include "vision/color_statistics.h"
#include "vision/motion_summary.h"

namespace kinetone::vision {

VisionSession::VisionSession(int width, int height) : width_(width), height_(height) {
  if (width < 2 || height < 2 || width % 2 != 0 || height % 2 != 0) {
    throw std::invalid_argument("expected an even width and height of at least 2");
  }
  field_.Resize(width, height);
}

void VisionSession::Restart() {
  history_.Clear();
  regions_.Reset();
  colors_.Reset();
}

void VisionSession::HoldStill() {
  std::fill(field_.u.begin(), field_.u.end(), 0.0F);
  std::fill(field_.v.begin(), field_.v.end(), 0.0F);
  is_field_spread_ = true;
  flow_seconds_ = 0.0;
}

const FlowField& VisionSession::flow() {
  if (!is_field_spread_) flow_.Spread(field_);
  is_field_spread_ = true;
  return field_;
}

// A strip of the field is made, added up and forgotten while it is in the cache.
MotionSummary VisionSession::SumMotion() {
  MotionSum sum(width_, height_);
  regions_.Begin(width_, height_);
  const std::size_t size = static_cast<std::size_t>(width_) * (kBlockPx / kMotionRowStep);
  strip_.resize(2 * size);
  float* const u = strip_.data();
  float* const v = u + size;
  for (int y = 0; y < height_; y += kBlockPx) {
    const int rows = std::min(kBlockPx, height_ - y) / kMotionRowStep;
    flow_.SpreadRows(y + kMotionRowStep / 2, kMotionRowStep, rows, u, v);
    sum.Add(u, v, rows);
    regions_.Add(u, v, rows);
  }
  return sum.Summary(flow_seconds_);
}

void VisionSession::MeasureMotion(double timestamp_s, const ImagePyramid& pyramid, FeatureRow& out) {
  const StoredFrame* reference = history_.Reference(timestamp_s);
  if (reference == nullptr) {
    HoldStill();
    return;
  }
  // Up to 40 frames a second the scene's comparison was with the same frame and has done the coarse levels.
  if (reference->pyramid.get() == scene_.compared()) {
    flow_.Continue(*reference->pyramid, pyramid);
  } else {
    flow_.Find(*reference->pyramid, pyramid, 0);
  }
  flow_seconds_ = timestamp_s - reference->timestamp_s;
  is_field_spread_ = false;
  const MotionSummary summary = SumMotion();
  out[kMagnitude] = summary.average_magnitude;
  std::copy(summary.directions.begin(), summary.directions.end(), out.begin() + kDirection);
  std::size_t at = kRegion;
  for (const MotionRegion& region : regions_.Update(flow_seconds_)) {
    for (const float value : {region.x, region.y, region.width, region.height, region.magnitude}) out[at++] = value;
  }
}

void VisionSession::MeasureColor(const FramePlanes& frame, FeatureRow& out) {
  const ColorStatistics statistics = vision::MeasureColor(frame);
  out[kColorfulness] = statistics.colorfulness;
  out[kBrightness] = statistics.brightness;
  histogram_.Compute(frame);
  std::size_t at = kColor;
  for (const DominantColor& slot : colors_.Update(histogram_.points())) {
    out[at++] = slot.weight > 0.0F ? static_cast<float>(PackedSrgb(slot.color)) : 0.0F;
    out[at++] = slot.weight;
  }
}

void VisionSession::MeasureEdges(const FramePlanes& frame, FeatureRow& out) {
  edges_.Compute(frame.y, frame.width, frame.height);
  out[kEdgeDensity] = edges_.Density();
  out[kHorizontalEdge] = edges_.HorizontalEdgeIntensity();
  out[kVerticalEdge] = edges_.VerticalEdgeIntensity();
  const EdgePatterns patterns = patterns_.Find(edges_);
  std::size_t at = kPattern;
  for (const EdgePattern& pattern : {patterns.lines, patterns.grid, patterns.texture, patterns.radial}) {
    out[at++] = pattern.strength;
    out[at++] = pattern.angle_deg;
  }
}

void VisionSession::Analyze(const FramePlanes& frame, double timestamp_s, FeatureRow& out) {
  if (frame.width != width_ || frame.height != height_) {
    throw std::invalid_argument("expected a frame of the session's size");
  }
  if (!std::isfinite(timestamp_s)) throw std::invalid_argument("expected a finite timestamp");
  out.fill(0.0F);
  if (has_last_ && timestamp_s < last_timestamp_s_) {
    Restart();
    scene_.Reset();
  }
  has_last_ = true;
  last_timestamp_s_ = timestamp_s;

  StoredFrame& stored = history_.Next();
  stored.timestamp_s = timestamp_s;
  // The frame before a flash is looked at for longer than it is stored.
  if (stored.pyramid.use_count() > 1) stored.pyramid = std::make_shared<ImagePyramid>();
  stored.pyramid->Build(frame.y, width_, height_);
  const SceneVerdict scene = scene_.Update(stored.pyramid, frame, timestamp_s, flow_);
  out[kSceneChange] = scene.change;
  if (scene.change >= kHardCut) Restart();
  if (scene.is_flash) {
    HoldStill();
  } else {
    MeasureMotion(timestamp_s, *history_.Next().pyramid, out);
    history_.Commit();
  }
  MeasureColor(frame, out);
  MeasureEdges(frame, out);
}

}  // namespace kinetone::vision
