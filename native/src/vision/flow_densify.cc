// Bilinear interpolation, separably: first between two rows of patches, then along the row.
#include "vision/flow_densify.h"

namespace kinetone::vision {

void FlowDensifier::Densify(const PatchField& field, const AffineMotion& dominant, int level, int width, int height,
                            FlowField& out) {
  out.Resize(width, height);
  const float up = static_cast<float>(1 << level);
  const auto to_level = [up](int pixel) { return (static_cast<float>(pixel) + 0.5F) / up - 0.5F; };
  const int nodes = field.columns.count();
  u_.resize(field.size());
  v_.resize(field.size());
  // Around the origin of the level instead of its centre: the dominant motion is only taken off here and put back below.
  for (std::size_t i = 0; i < field.size(); ++i) {
    const float x = field.columns.center(static_cast<int>(i) % nodes);
    const float y = field.rows.center(static_cast<int>(i) / nodes);
    u_[i] = field.u[i] - dominant.U(x, y);
    v_[i] = field.v[i] - dominant.V(x, y);
  }
  columns_.clear();
  for (int x = 0; x < width; ++x) columns_.push_back(field.columns.Locate(to_level(x)));
  row_u_.resize(static_cast<std::size_t>(nodes));
  row_v_.resize(static_cast<std::size_t>(nodes));
  for (int y = 0; y < height; ++y) {
    const float ly = to_level(y);
    const GridPosition gy = field.rows.Locate(ly);
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
    const float base_u = dominant.U(-0.5F + 0.5F / up, ly);
    const float base_v = dominant.V(-0.5F + 0.5F / up, ly);
    for (int x = 0; x < width; ++x) {
      const GridPosition& g = columns_[static_cast<std::size_t>(x)];
      const float lx = static_cast<float>(x) / up;
      const float left_u = row_u_[static_cast<std::size_t>(g.index)];
      const float left_v = row_v_[static_cast<std::size_t>(g.index)];
      u[x] = up * (left_u + g.t * (row_u_[static_cast<std::size_t>(g.next)] - left_u) + base_u + dominant.ux * lx);
      v[x] = up * (left_v + g.t * (row_v_[static_cast<std::size_t>(g.next)] - left_v) + base_v + dominant.vx * lx);
    }
  }
}

}  // namespace kinetone::vision
