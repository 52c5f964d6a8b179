// The coarse-to-fine loop.
#include "vision/optical_flow.h"

#include <cmath>

namespace kinetone::vision {
namespace {

constexpr int kSteps = 2;
constexpr float kSmoothness = 0.8F;
constexpr float kDominantScalePx = 0.5F;

// Candidates nearer to each other than this are one: refinement reaches the same minimum from both.
constexpr float kSamePx = 0.25F;

bool IsSame(Displacement a, Displacement b) {
  return std::abs(a.u - b.u) < kSamePx && std::abs(a.v - b.v) < kSamePx;
}

// Keeps the candidate that explains the patch best.
class Contest {
 public:
  Contest(const PatchTemplate& patch, const Plane<std::uint8_t>& to, Displacement first)
      : patch_(patch), to_(to), best_(patch.Compare(to, first)) {}

  void Offer(Displacement candidate) {
    if (IsSame(candidate, best_.at)) return;
    const PatchComparison comparison = patch_.Compare(to_, candidate);
    if (comparison.error < best_.error) best_ = comparison;
  }
  const PatchComparison& best() const { return best_; }

 private:
  const PatchTemplate& patch_;
  const Plane<std::uint8_t>& to_;
  PatchComparison best_;
};

}  // namespace

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
      field.u[i] = field.expected_u[i] = mix(coarse.u);
      field.v[i] = field.expected_v[i] = mix(coarse.v);
    }
  }
}

// First pass, left to right and down: the coarser level's vector, the left and upper neighbours' and the dominant motion
// compete; the best is refined.
void OpticalFlow::MatchForward(const PyramidLevel& from, const PyramidLevel& to, int level) {
  PatchField& field = fields_[static_cast<std::size_t>(level)];
  const auto columns = static_cast<std::size_t>(field.columns.count());
  const float cx = static_cast<float>(to.luma.width() - 1) * 0.5F;
  const float cy = static_cast<float>(to.luma.height() - 1) * 0.5F;
  const bool has_dominant = level + 1 < static_cast<int>(fields_.size());
  PatchTemplate patch;
  std::size_t i = 0;
  for (int row = 0; row < field.rows.count(); ++row) {
    for (int column = 0; column < field.columns.count(); ++column, ++i) {
      patch.Load(from, field.columns.origin(column), field.rows.origin(row));
      Contest contest(patch, to.luma, {field.u[i], field.v[i]});
      if (column > 0) contest.Offer({field.u[i - 1], field.v[i - 1]});
      if (row > 0) contest.Offer({field.u[i - columns], field.v[i - columns]});
      if (has_dominant) {
        const float x = field.columns.center(column) - cx;
        const float y = field.rows.center(row) - cy;
        contest.Offer({dominant_.U(x, y), dominant_.V(x, y)});
      }
      const PatchComparison match = patch.Refine(to.luma, kSteps, contest.best());
      field.Accept(i, match.at.u, match.at.v, match.error, patch.Coverage(to.luma, match.at));
      field.luma[i] = patch.mean_luma();
      field.hxx[i] = patch.tensor().hxx;
      field.hxy[i] = patch.tensor().hxy;
      field.hyy[i] = patch.tensor().hyy;
    }
  }
}

// Second pass, right to left and up: a patch takes over the right or lower neighbour's vector where it fits better.
void OpticalFlow::MatchBackward(const PyramidLevel& from, const PyramidLevel& to, int level) {
  PatchField& field = fields_[static_cast<std::size_t>(level)];
  const auto columns = static_cast<std::size_t>(field.columns.count());
  PatchTemplate patch;
  for (std::size_t i = field.size(); i-- > 0;) {
    const std::size_t column = i % columns;
    const Displacement own{field.u[i], field.v[i]};
    const bool has_right = column + 1 < columns;
    const bool has_below = i + columns < field.size();
    const Displacement right = has_right ? Displacement{field.u[i + 1], field.v[i + 1]} : own;
    const Displacement below = has_below ? Displacement{field.u[i + columns], field.v[i + columns]} : own;
    if (IsSame(own, right) && IsSame(own, below)) continue;
    patch.Load(from, field.columns.origin(static_cast<int>(column)), field.rows.origin(static_cast<int>(i / columns)));
    Contest contest(patch, to.luma, own);
    contest.Offer(right);
    contest.Offer(below);
    if (IsSame(contest.best().at, own)) continue;
    const PatchComparison match = patch.Refine(to.luma, kSteps, contest.best());
    field.Accept(i, match.at.u, match.at.v, match.error, patch.Coverage(to.luma, match.at));
  }
}

void OpticalFlow::Compute(const ImagePyramid& from, const ImagePyramid& to, FlowField& out) {
  fields_.resize(static_cast<std::size_t>(from.levels()));
  dominant_ = {};
  for (int level = from.levels() - 1; level >= 0; --level) {
    const auto& luma = from.level(level).luma;
    const float noise = from.level(level).noise_variance;
    StartLevel(from, level);
    MatchForward(from.level(level), to.level(level), level);
    MatchBackward(from.level(level), to.level(level), level);
    PatchField& field = fields_[static_cast<std::size_t>(level)];
    dominant_ = FitAffineMotion(field, luma.width(), luma.height(), noise, kDominantScalePx, dominant_);
    smoother_.Smooth(field, dominant_, luma.width(), luma.height(), noise, kSmoothness);
    if (level > 0) dominant_ = dominant_.OnFinerLevel();
  }
  const auto& picture = from.level(0).luma;
  densifier_.Densify(fields_[0], dominant_, picture.width(), picture.height(), out);
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
