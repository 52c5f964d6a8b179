// Bilinear interpolation, separably: first between two rows of patches, then along the row.
#include "vision/flow_densify.h"

namespace kinetone::vision {

// Around the origin of the picture instead of its centre: the dominant motion is only taken off here and put back below.
void FlowDensifier::Start(const PatchField& field, const AffineMotion& dominant, int width) {
  width_ = width;
  columns_ = field.columns;
  rows_ = field.rows;
  dominant_ = dominant;
  u_.resize(field.size());
  v_.resize(field.size());
  row_.resize(static_cast<std::size_t>(columns_.count()));
  std::size_t i = 0;
  for (int row = 0; row < rows_.count(); ++row) {
    const float y = rows_.center(row);
    for (int column = 0; column < columns_.count(); ++column, ++i) {
      const float x = columns_.center(column);
      u_[i] = field.u[i] - dominant.U(x, y);
      v_[i] = field.v[i] - dominant.V(x, y);
    }
  }
}

void FlowDensifier::Rows(int first, int step, int count, float* u, float* v) {
  const int nodes = columns_.count();
  const FlowDensifyKernels& kernels = FlowDensify();
  for (int y = first; y < first + count * step; y += step) {
    const float fy = static_cast<float>(y);
    const GridPosition gy = rows_.Locate(fy);
    const std::ptrdiff_t above = static_cast<std::ptrdiff_t>(gy.index) * nodes;
    const std::ptrdiff_t below = static_cast<std::ptrdiff_t>(gy.next) * nodes;
    kernels.mix(u_.data() + above, u_.data() + below, gy.t, nodes, row_.data());
    kernels.row({row_.data(), columns_.origins(), nodes, width_, dominant_.U(0.0F, fy), dominant_.ux}, u);
    kernels.mix(v_.data() + above, v_.data() + below, gy.t, nodes, row_.data());
    kernels.row({row_.data(), columns_.origins(), nodes, width_, dominant_.V(0.0F, fy), dominant_.vx}, v);
    u += width_;
    v += width_;
  }
}

}  // namespace kinetone::vision
