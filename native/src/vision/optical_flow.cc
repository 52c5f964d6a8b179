// The coarse-to-fine loop.
#include "vision/optical_flow.h"

#include <algorithm>

#include "vision/flow_densify.h"

namespace kinetone::vision {
namespace {

// The level on which the finest patches lie; full-resolution pixels are reached by densification.
constexpr int kFinestLevel = 1;
constexpr int kSteps = 6;
constexpr float kSmoothness = 0.05F;
constexpr float kDominantScalePx = 0.5F;

}  // namespace

void FlowField::Resize(int new_width, int new_height) {
  width = new_width;
  height = new_height;
  const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  u.resize(pixels);
  v.resize(pixels);
}

// Takes the coarser level's smoothed vectors as the first guess.
void OpticalFlow::StartLevel(const ImagePyramid& from, int level) {
  PatchField& field = fields_[static_cast<std::size_t>(level)];
  const auto& luma = from.level(level).luma;
  field.Resize(luma.width(), luma.height());
  if (level + 1 >= from.levels()) return;
  const PatchField& coarse = fields_[static_cast<std::size_t>(level + 1)];
  std::size_t i = 0;
  for (int row = 0; row < field.rows.count(); ++row) {
    const GridPosition gy = coarse.rows.Locate((field.rows.center(row) - 0.5F) * 0.5F);
    for (int column = 0; column < field.columns.count(); ++column, ++i) {
      const GridPosition gx = coarse.columns.Locate((field.columns.center(column) - 0.5F) * 0.5F);
      const auto top = static_cast<std::size_t>(gy.index * coarse.columns.count());
      const auto bottom = static_cast<std::size_t>(gy.next * coarse.columns.count());
      const auto left = static_cast<std::size_t>(gx.index);
      const auto right = static_cast<std::size_t>(gx.next);
      const auto mix = [&](const std::vector<float>& f) {
        const float upper = f[top + left] + gx.t * (f[top + right] - f[top + left]);
        const float lower = f[bottom + left] + gx.t * (f[bottom + right] - f[bottom + left]);
        return 2.0F * (upper + gy.t * (lower - upper));
      };
      field.u[i] = mix(coarse.u);
      field.v[i] = mix(coarse.v);
    }
  }
}

Displacement OpticalFlow::BestCandidate(const PatchTemplate& patch, const Plane<std::uint8_t>& to, const PatchField& field,
                                        int column, int row, int level, float& error) const {
  const int columns = field.columns.count();
  const auto i = static_cast<std::size_t>(row * columns + column);
  Displacement best{field.u[i], field.v[i]};
  error = patch.Error(to, best);
  const auto offer = [&](Displacement candidate) {
    const float candidate_error = patch.Error(to, candidate);
    if (candidate_error < error) {
      error = candidate_error;
      best = candidate;
    }
  };
  if (column > 0) offer({field.u[i - 1], field.v[i - 1]});
  if (row > 0) offer({field.u[i - static_cast<std::size_t>(columns)], field.v[i - static_cast<std::size_t>(columns)]});
  if (level + 1 < static_cast<int>(fields_.size())) {
    const float x = field.columns.center(column) - static_cast<float>(to.width() - 1) * 0.5F;
    const float y = field.rows.center(row) - static_cast<float>(to.height() - 1) * 0.5F;
    offer({dominant_.U(x, y), dominant_.V(x, y)});
  }
  return best;
}

void OpticalFlow::MatchLevel(const PyramidLevel& from, const PyramidLevel& to, int level) {
  PatchField& field = fields_[static_cast<std::size_t>(level)];
  PatchTemplate patch;
  std::size_t i = 0;
  for (int row = 0; row < field.rows.count(); ++row) {
    for (int column = 0; column < field.columns.count(); ++column, ++i) {
      patch.Load(from, field.columns.origin(column), field.rows.origin(row));
      float error = 0.0F;
      Displacement d = BestCandidate(patch, to.luma, field, column, row, level, error);
      field.error[i] = patch.Refine(to.luma, kSteps, d);
      field.u[i] = d.u;
      field.v[i] = d.v;
      field.hxx[i] = patch.tensor().hxx;
      field.hxy[i] = patch.tensor().hxy;
      field.hyy[i] = patch.tensor().hyy;
      field.trust[i] = patch.Coverage(to.luma, d);
    }
  }
}

void OpticalFlow::Compute(const ImagePyramid& from, const ImagePyramid& to, FlowField& out) {
  fields_.resize(static_cast<std::size_t>(from.levels()));
  dominant_ = {};
  const int finest = std::min(kFinestLevel, from.levels() - 1);
  for (int level = from.levels() - 1; level >= finest; --level) {
    const auto& luma = from.level(level).luma;
    StartLevel(from, level);
    MatchLevel(from.level(level), to.level(level), level);
    PatchField& field = fields_[static_cast<std::size_t>(level)];
    dominant_ = FitAffineMotion(field, luma.width(), luma.height(), kDominantScalePx, dominant_);
    smoother_.Smooth(field, dominant_, luma.width(), luma.height(), kSmoothness);
    if (level > finest) dominant_ = dominant_.OnFinerLevel();
  }
  DensifyFlow(fields_[static_cast<std::size_t>(finest)], dominant_, from, to, finest, out);
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
