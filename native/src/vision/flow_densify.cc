// Bilinear interpolation, separably: first between two rows of patches, then along the row.
#include "vision/flow_densify.h"

namespace kinetone::vision {

// Around the origin of the picture instead of its centre: the dominant motion is only taken off here and put back below.
void FlowDensifier::Subtract(const PatchField& field, const AffineMotion& dominant) {
  u_.resize(field.size());
  v_.resize(field.size());
  std::size_t i = 0;
  for (int row = 0; row < field.rows.count(); ++row) {
    const float y = field.rows.center(row);
    for (int column = 0; column < field.columns.count(); ++column, ++i) {
      const float x = field.columns.center(column);
      u_[i] = field.u[i] - dominant.U(x, y);
      v_[i] = field.v[i] - dominant.V(x, y);
    }
  }
}

void FlowDensifier::Densify(const PatchField& field, const AffineMotion& dominant, int width, int height, FlowField& out) {
  out.Resize(width, height);
  Subtract(field, dominant);
  const int nodes = field.columns.count();
  row_.resize(static_cast<std::size_t>(nodes));
  const FlowDensifyKernels& kernels = FlowDensify();
  for (int y = 0; y < height; ++y) {
    const float fy = static_cast<float>(y);
    const GridPosition gy = field.rows.Locate(fy);
    const std::ptrdiff_t above = static_cast<std::ptrdiff_t>(gy.index) * nodes;
    const std::ptrdiff_t below = static_cast<std::ptrdiff_t>(gy.next) * nodes;
    const std::ptrdiff_t line = static_cast<std::ptrdiff_t>(y) * width;
    kernels.mix(u_.data() + above, u_.data() + below, gy.t, nodes, row_.data());
    kernels.row({row_.data(), field.columns.origins(), nodes, width, dominant.U(0.0F, fy), dominant.ux}, out.u.data() + line);
    kernels.mix(v_.data() + above, v_.data() + below, gy.t, nodes, row_.data());
    kernels.row({row_.data(), field.columns.origins(), nodes, width, dominant.V(0.0F, fy), dominant.vx}, out.v.data() + line);
  }
}

}  // namespace kinetone::vision
