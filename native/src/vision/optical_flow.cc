// The coarse-to-fine loop.
#include "vision/optical_flow.h"

#include <algorithm>

#include "vision/patch_search.h"

namespace kinetone::vision {
namespace {

static_assert(kPlaneBorder >= kPatchReach + kPatchSize + 1);

constexpr int kSteps = 2;
constexpr float kSmoothness = 0.8F;
constexpr float kDominantScalePx = 0.5F;

// Pixels from patch to patch: wide where patches are many, for a fine level only sharpens what the coarser ones found.
int StrideOf(int level) { return std::max(kPatchSize - 2 * level, kPatchSize / 2); }

}  // namespace

// Takes the coarser level's smoothed vectors as the first guess: bilinear, first between two rows, then along them.
void OpticalFlow::StartLevel(const ImagePyramid& from, int level) {
  PatchField& field = fields_[static_cast<std::size_t>(level)];
  const auto& luma = from.level(level).luma;
  field.Resize(luma.width(), luma.height(), StrideOf(level));
  if (level + 1 >= from.levels()) {
    for (auto* values : {&field.u, &field.v, &field.expected_u, &field.expected_v}) std::fill(values->begin(), values->end(), 0.0F);
    return;
  }
  const PatchField& coarse = fields_[static_cast<std::size_t>(level + 1)];
  const int nodes = coarse.columns.count();
  columns_.clear();
  for (int column = 0; column < field.columns.count(); ++column) {
    columns_.push_back(coarse.columns.Locate((field.columns.center(column) - 0.5F) * 0.5F));
  }
  row_u_.resize(static_cast<std::size_t>(nodes));
  row_v_.resize(static_cast<std::size_t>(nodes));
  const FlowDensifyKernels& kernels = FlowDensify();
  std::size_t i = 0;
  for (int row = 0; row < field.rows.count(); ++row) {
    const GridPosition gy = coarse.rows.Locate((field.rows.center(row) - 0.5F) * 0.5F);
    const std::ptrdiff_t above = static_cast<std::ptrdiff_t>(gy.index) * nodes;
    const std::ptrdiff_t below = static_cast<std::ptrdiff_t>(gy.next) * nodes;
    kernels.mix(coarse.u.data() + above, coarse.u.data() + below, gy.t, nodes, row_u_.data());
    kernels.mix(coarse.v.data() + above, coarse.v.data() + below, gy.t, nodes, row_v_.data());
    for (const GridPosition& g : columns_) {
      const float left_u = row_u_[static_cast<std::size_t>(g.index)];
      const float left_v = row_v_[static_cast<std::size_t>(g.index)];
      field.u[i] = field.expected_u[i] = 2.0F * (left_u + g.t * (row_u_[static_cast<std::size_t>(g.next)] - left_u));
      field.v[i] = field.expected_v[i] = 2.0F * (left_v + g.t * (row_v_[static_cast<std::size_t>(g.next)] - left_v));
      ++i;
    }
  }
}

void OpticalFlow::Match(const PyramidLevel& from, const PyramidLevel& to, int level) {
  PatchField& f = fields_[static_cast<std::size_t>(level)];
  PatchSearchLevel search{from.luma.Row(0), to.luma.Row(0), from.luma.stride(), from.luma.width(), from.luma.height(),
                          f.columns.count(), f.rows.count(), f.columns.origins(), f.rows.origins(),
                          level + 1 < static_cast<int>(fields_.size()), dominant_,
                          kSteps, from.noise_variance,
                          f.u.data(), f.v.data(), f.hxx.data(), f.hxy.data(), f.hyy.data(), f.error.data(), f.trust.data(), f.luma.data()};
  const PatchSearchKernels& kernels = PatchSearch();
  kernels.forward(search);
  kernels.backward(search);
}

void OpticalFlow::Descend(const ImagePyramid& from, const ImagePyramid& to, int first, int last) {
  for (int level = first; level >= last; --level) {
    const auto& luma = from.level(level).luma;
    const float noise = from.level(level).noise_variance;
    if (level + 1 < from.levels()) dominant_ = dominant_.OnFinerLevel();
    StartLevel(from, level);
    Match(from.level(level), to.level(level), level);
    PatchField& field = fields_[static_cast<std::size_t>(level)];
    dominant_ = fit_.Fit(field, luma.width(), luma.height(), noise, kDominantScalePx, dominant_);
    smoother_.Smooth(field, dominant_, luma.width(), luma.height(), noise, kSmoothness);
  }
  level_ = last;
  width_ = from.level(last).luma.width();
  height_ = from.level(last).luma.height();
  densifier_.Start(fields_[static_cast<std::size_t>(last)], dominant_, width_);
}

void OpticalFlow::Find(const ImagePyramid& from, const ImagePyramid& to, int level) {
  fields_.resize(static_cast<std::size_t>(from.levels()));
  dominant_ = {};
  Descend(from, to, from.levels() - 1, level);
}

void OpticalFlow::Continue(const ImagePyramid& from, const ImagePyramid& to) { Descend(from, to, level_ - 1, 0); }

void OpticalFlow::Spread(FlowField& out) {
  out.Resize(width_, height_);
  SpreadRows(0, 1, height_, out.u.data(), out.v.data());
}

void OpticalFlow::Compute(const ImagePyramid& from, const ImagePyramid& to, FlowField& out) {
  Find(from, to, 0);
  Spread(out);
}

void ComputeOpticalFlow(const std::uint8_t* from, const std::uint8_t* to, int width, int height, float* out) {
  ImagePyramid first;
  ImagePyramid second;
  first.Build(from, width, height);
  second.Build(to, width, height);
  OpticalFlow flow;
  FlowField field;
  flow.Compute(first, second, field);
  for (std::size_t i = 0; i < field.u.size(); ++i) {
    out[2 * i] = field.u[i];
    out[2 * i + 1] = field.v[i];
  }
}

}  // namespace kinetone::vision
