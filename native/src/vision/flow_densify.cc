// Bilinear interpolation, separably: first between two rows of patches, then along the row.
#include "vision/flow_densify.h"

namespace kinetone::vision {

// Around the origin of the picture instead of its centre: the dominant motion is only taken off here and put back below.
void FlowDensifier::Subtract(const PatchField& field, const AffineMotion& dominant) {
  const int nodes = field.columns.count();
  u_.resize(field.size());
  v_.resize(field.size());
  for (std::size_t i = 0; i < field.size(); ++i) {
    const float x = field.columns.center(static_cast<int>(i) % nodes);
    const float y = field.rows.center(static_cast<int>(i) / nodes);
    u_[i] = field.u[i] - dominant.U(x, y);
    v_[i] = field.v[i] - dominant.V(x, y);
  }
}

void FlowDensifier::Densify(const PatchField& field, const AffineMotion& dominant, int width, int height, FlowField& out) {
  out.Resize(width, height);
  Subtract(field, dominant);
  const int nodes = field.columns.count();
  columns_.clear();
  for (int x = 0; x < width; ++x) columns_.push_back(field.columns.Locate(static_cast<float>(x)));
  row_u_.resize(static_cast<std::size_t>(nodes));
  row_v_.resize(static_cast<std::size_t>(nodes));
  for (int y = 0; y < height; ++y) {
    const float fy = static_cast<float>(y);
    const GridPosition gy = field.rows.Locate(fy);
    const float* above_u = u_.data() + static_cast<std::ptrdiff_t>(gy.index) * nodes;
    const float* below_u = u_.data() + static_cast<std::ptrdiff_t>(gy.next) * nodes;
    const float* above_v = v_.data() + static_cast<std::ptrdiff_t>(gy.index) * nodes;
    const float* below_v = v_.data() + static_cast<std::ptrdiff_t>(gy.next) * nodes;
    for (int n = 0; n < nodes; ++n) {
      row_u_[static_cast<std::size_t>(n)] = above_u[n] + gy.t * (below_u[n] - above_u[n]);
      row_v_[static_cast<std::size_t>(n)] = above_v[n] + gy.t * (below_v[n] - above_v[n]);
    }
    float* u = out.u.data() + static_cast<std::ptrdiff_t>(y) * width;
    float* v = out.v.data() + static_cast<std::ptrdiff_t>(y) * width;
    const float base_u = dominant.U(0.0F, fy);
    const float base_v = dominant.V(0.0F, fy);
    for (int x = 0; x < width; ++x) {
      const GridPosition& g = columns_[static_cast<std::size_t>(x)];
      const float fx = static_cast<float>(x);
      const float left_u = row_u_[static_cast<std::size_t>(g.index)];
      const float left_v = row_v_[static_cast<std::size_t>(g.index)];
      u[x] = left_u + g.t * (row_u_[static_cast<std::size_t>(g.next)] - left_u) + base_u + dominant.ux * fx;
      v[x] = left_v + g.t * (row_v_[static_cast<std::size_t>(g.next)] - left_v) + base_v + dominant.vx * fx;
    }
  }
}

}  // namespace kinetone::vision
