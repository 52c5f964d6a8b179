// Memory and order of the smoother; the loops stand in flow_smoothing_simd.cc.
#include "vision/flow_smoothing.h"

#include <initializer_list>

namespace kinetone::vision {
namespace {

constexpr int kReweightings = 4;
constexpr int kSweeps = 4;
constexpr int kVector = 8;

}  // namespace

SmoothingGrid MakeSmoothingGrid(int columns, int rows, std::vector<float>& memory) {
  SmoothingGrid grid{};
  grid.columns = columns;
  grid.rows = rows;
  grid.half = ((columns + 1) / 2 + kVector - 1) / kVector * kVector + kVector;
  grid.stride = 2 * grid.half;
  const std::initializer_list<float**> arrays = {&grid.u,     &grid.v,     &grid.match_u, &grid.match_v, &grid.luma,
                                                 &grid.dxx,   &grid.dxy,   &grid.dyy,     &grid.right,   &grid.below,
                                                 &grid.ixx,   &grid.ixy,   &grid.iyy,     &grid.data_u,  &grid.data_v};
  const auto size = static_cast<std::size_t>(grid.stride) * static_cast<std::size_t>(rows + 2);
  memory.assign(arrays.size() * size, 0.0F);
  float* next = memory.data() + grid.stride;
  for (float** array : arrays) {
    *array = next;
    next += size;
  }
  return grid;
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
  if (field.columns.count() != grid_.columns || field.rows.count() != grid_.rows) grid_ = MakeSmoothingGrid(field.columns.count(), field.rows.count(), memory_);
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
    for (std::size_t column = 0; column < columns; ++column) {
      const std::ptrdiff_t node = grid_.At(row, static_cast<int>(column));
      field.u[i + column] = grid_.u[node] + dominant_u_[column];
      field.v[i + column] = grid_.v[node] + dominant_v_[column];
    }
  }
}

}  // namespace kinetone::vision
