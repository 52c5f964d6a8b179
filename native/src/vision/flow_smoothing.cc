// Memory and order of the smoother; the loops stand in flow_smoothing_simd.cc.
#include "vision/flow_smoothing.h"

namespace kinetone::vision {
namespace {

constexpr int kReweightings = 4;
constexpr int kSweeps = 4;
constexpr int kVector = 8;

}  // namespace

void FlowSmoother::Resize(int columns, int rows) {
  if (columns == grid_.columns && rows == grid_.rows) return;
  grid_.columns = columns;
  grid_.rows = rows;
  grid_.stride = (columns + kVector - 1) / kVector * kVector + 2 * kVector;
  const auto size = static_cast<std::size_t>(grid_.stride) * static_cast<std::size_t>(rows + 2);
  memory_.assign(kArrays * size, 0.0F);
  float* next = memory_.data() + grid_.stride + kVector;
  for (float** array : {&grid_.u, &grid_.v, &grid_.match_u, &grid_.match_v, &grid_.luma, &grid_.dxx, &grid_.dxy, &grid_.dyy,
                        &grid_.right, &grid_.below, &grid_.ixx, &grid_.ixy, &grid_.iyy, &grid_.data_u, &grid_.data_v}) {
    *array = next;
    next += size;
  }
}

void FlowSmoother::SetDominant(const PatchField& field, const AffineMotion& dominant, int row, float cx, float cy) {
  const float y = field.rows.center(row) - cy;
  for (int column = 0; column < field.columns.count(); ++column) {
    const float x = field.columns.center(column) - cx;
    dominant_u_[static_cast<std::size_t>(column)] = dominant.U(x, y);
    dominant_v_[static_cast<std::size_t>(column)] = dominant.V(x, y);
  }
}

void FlowSmoother::Smooth(PatchField& field, const AffineMotion& dominant, int width, int height, float noise_variance,
                          float smoothness) {
  const float cx = static_cast<float>(width - 1) * 0.5F;
  const float cy = static_cast<float>(height - 1) * 0.5F;
  const auto columns = static_cast<std::size_t>(field.columns.count());
  Resize(field.columns.count(), field.rows.count());
  dominant_u_.resize(columns);
  dominant_v_.resize(columns);
  const FlowSmoothingKernels& kernels = FlowSmoothing();
  for (int row = 0; row < grid_.rows; ++row) {
    SetDominant(field, dominant, row, cx, cy);
    const std::size_t i = static_cast<std::size_t>(row) * columns;
    kernels.load(grid_, row,
                 {&field.u[i], &field.v[i], &field.expected_u[i], &field.expected_v[i], &field.hxx[i], &field.hxy[i], &field.hyy[i],
                  &field.error[i], &field.trust[i], &field.luma[i], dominant_u_.data(), dominant_v_.data(), noise_variance});
  }
  for (int round = 0; round < kReweightings; ++round) {
    kernels.couple(grid_, smoothness);
    kernels.relax(grid_, kSweeps);
  }
  for (int row = 0; row < grid_.rows; ++row) {
    SetDominant(field, dominant, row, cx, cy);
    const std::size_t i = static_cast<std::size_t>(row) * columns;
    const float* u = grid_.u + row * grid_.stride;
    const float* v = grid_.v + row * grid_.stride;
    for (std::size_t column = 0; column < columns; ++column) {
      field.u[i + column] = u[column] + dominant_u_[column];
      field.v[i + column] = v[column] + dominant_v_[column];
    }
  }
}

}  // namespace kinetone::vision
