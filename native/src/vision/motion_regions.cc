// Thresholding with hysteresis and connected components on the block grid.
#include "vision/motion_regions.h"

#include <algorithm>
#include <cmath>

#include "vision/motion_summary.h"

namespace kinetone::vision {
namespace {

// A block belongs to a region when it is this fast compared with the fastest of the frame; less if it did before.
constexpr float kEnter = 0.5F;
constexpr float kStay = 0.35F;
// The fastest: mean of this share of the blocks, so that one wild block does not decide.
constexpr float kFastestShare = 0.01F;
// Smaller groups of blocks are noise, in pictures large enough to have larger ones.
constexpr int kLeastBlocks = 4;

int Blocks(int length) { return (length + kBlockPx - 1) / kBlockPx; }

}  // namespace

void MotionRegions::Reset() { previous_.clear(); }

void MotionRegions::Begin(int width, int height) {
  width_ = width;
  height_ = height;
  columns_ = Blocks(width);
  rows_ = Blocks(height);
  next_ = 0;
  const auto blocks = static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_);
  u_.assign(blocks, 0.0F);
  v_.assign(blocks, 0.0F);
  magnitude_.resize(blocks);
  line_.resize(static_cast<std::size_t>(width));
}

void MotionRegions::Add(const float* u, const float* v, int rows) {
  const MotionKernels& kernels = MotionRows();
  kernels.rows(u, rows, width_, line_.data());
  kernels.blocks(line_.data(), width_, kBlockPx, &u_[next_]);
  kernels.rows(v, rows, width_, line_.data());
  kernels.blocks(line_.data(), width_, kBlockPx, &v_[next_]);
  next_ += static_cast<std::size_t>(columns_);
}

// From sums to means per second.
void MotionRegions::Average(double seconds) {
  for (int row = 0; row < rows_; ++row) {
    const int looked_at = std::min(kBlockPx, height_ - row * kBlockPx) / kMotionRowStep;
    for (int column = 0; column < columns_; ++column) {
      const int width = std::min(kBlockPx, width_ - column * kBlockPx);
      const auto i = static_cast<std::size_t>(row * columns_ + column);
      const auto scale = static_cast<float>(1.0 / (width * looked_at * seconds));
      u_[i] *= scale;
      v_[i] *= scale;
      magnitude_[i] = std::sqrt(u_[i] * u_[i] + v_[i] * v_[i]);
    }
  }
}

void MotionRegions::Mark(float still_per_second) {
  std::vector<float> sorted = magnitude_;
  const auto count = std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<float>(sorted.size()) * kFastestShare));
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(count - 1);
  std::nth_element(sorted.begin(), middle, sorted.end(), std::greater<>());
  float fastest = 0.0F;
  for (auto it = sorted.begin(); it <= middle; ++it) fastest += *it;
  fastest /= static_cast<float>(count);

  if (previous_.size() != magnitude_.size()) previous_.assign(magnitude_.size(), 0);
  active_.resize(magnitude_.size());
  for (std::size_t i = 0; i < magnitude_.size(); ++i) {
    const float share = previous_[i] != 0 ? kStay : kEnter;
    active_[i] = magnitude_[i] >= std::max(still_per_second, fastest * share) ? 1 : 0;
  }
  previous_ = active_;
}

// Flood fill over the four neighbours; takes the blocks it visits out of active_.
MotionRegions::Component MotionRegions::Collect(int start) {
  Component found{columns_, rows_, -1, -1, 0, 0.0F};
  stack_.assign(1, start);
  active_[static_cast<std::size_t>(start)] = 0;
  while (!stack_.empty()) {
    const int at = stack_.back();
    stack_.pop_back();
    const int x = at % columns_;
    const int y = at / columns_;
    found.left = std::min(found.left, x);
    found.right = std::max(found.right, x);
    found.top = std::min(found.top, y);
    found.bottom = std::max(found.bottom, y);
    ++found.blocks;
    found.sum += magnitude_[static_cast<std::size_t>(at)];
    const auto visit = [&](bool is_inside, int next) {
      if (!is_inside || active_[static_cast<std::size_t>(next)] == 0) return;
      active_[static_cast<std::size_t>(next)] = 0;
      stack_.push_back(next);
    };
    visit(x > 0, at - 1);
    visit(x + 1 < columns_, at + 1);
    visit(y > 0, at - columns_);
    visit(y + 1 < rows_, at + columns_);
  }
  return found;
}

const std::vector<MotionRegion>& MotionRegions::Update(double seconds) {
  Average(seconds);
  Mark(static_cast<float>(kStillPx / seconds));
  std::vector<Component> components;
  const int least = columns_ * rows_ >= 64 ? kLeastBlocks : 1;
  for (int i = 0; i < columns_ * rows_; ++i) {
    if (active_[static_cast<std::size_t>(i)] == 0) continue;
    const Component component = Collect(i);
    if (component.blocks >= least) components.push_back(component);
  }
  std::stable_sort(components.begin(), components.end(), [](const auto& a, const auto& b) { return a.sum > b.sum; });
  if (components.size() > kRegions) components.resize(kRegions);

  const auto width = static_cast<float>(width_);
  const auto height = static_cast<float>(height_);
  regions_.clear();
  for (const Component& c : components) {
    const float left = static_cast<float>(c.left * kBlockPx) / width;
    const float top = static_cast<float>(c.top * kBlockPx) / height;
    const float right = std::min(1.0F, static_cast<float>((c.right + 1) * kBlockPx) / width);
    const float bottom = std::min(1.0F, static_cast<float>((c.bottom + 1) * kBlockPx) / height);
    regions_.push_back({left, top, right - left, bottom - top, c.sum / static_cast<float>(c.blocks) / std::hypot(width, height)});
  }
  return regions_;
}

}  // namespace kinetone::vision
