// Per-pixel flow from the four nearest patches.
#include "vision/flow_densify.h"

#include <algorithm>
#include <cmath>

namespace kinetone::vision {
namespace {

struct AxisTable {
  std::vector<GridPosition> at;

  AxisTable(const GridAxis& axis, int length, float scale) {
    at.reserve(static_cast<std::size_t>(length));
    for (int i = 0; i < length; ++i) at.push_back(axis.Locate((static_cast<float>(i) + 0.5F) * scale - 0.5F));
  }
};

}  // namespace

void DensifyFlow(const PatchField& field, const AffineMotion& dominant, const ImagePyramid& from, const ImagePyramid& to,
                 int level, FlowField& out) {
  (void)to;
  const auto& luma = from.level(0).luma;
  const int width = luma.width();
  const int height = luma.height();
  out.Resize(width, height);
  const float up = static_cast<float>(1 << level);
  const AxisTable columns(field.columns, width, 1.0F / up);
  const AxisTable rows(field.rows, height, 1.0F / up);
  const float cx = static_cast<float>(from.level(level).luma.width() - 1) * 0.5F;
  const float cy = static_cast<float>(from.level(level).luma.height() - 1) * 0.5F;
  const int stride = field.columns.count();
  for (int y = 0; y < height; ++y) {
    const GridPosition gy = rows.at[static_cast<std::size_t>(y)];
    const float ly = (static_cast<float>(y) + 0.5F) / up - 0.5F;
    for (int x = 0; x < width; ++x) {
      const GridPosition gx = columns.at[static_cast<std::size_t>(x)];
      const float lx = (static_cast<float>(x) + 0.5F) / up - 0.5F;
      float sum_u = 0.0F;
      float sum_v = 0.0F;
      const auto add = [&](int r, int c, float w) {
        const auto i = static_cast<std::size_t>(r * stride + c);
        const float nx = field.columns.center(c) - cx;
        const float ny = field.rows.center(r) - cy;
        sum_u += w * (field.u[i] - dominant.U(nx, ny));
        sum_v += w * (field.v[i] - dominant.V(nx, ny));
      };
      add(gy.index, gx.index, (1 - gy.t) * (1 - gx.t));
      add(gy.index, gx.next, (1 - gy.t) * gx.t);
      add(gy.next, gx.index, gy.t * (1 - gx.t));
      add(gy.next, gx.next, gy.t * gx.t);
      const auto i = static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
      out.u[i] = (sum_u + dominant.U(lx - cx, ly - cy)) * up;
      out.v[i] = (sum_v + dominant.V(lx - cx, ly - cy)) * up;
    }
  }
}

}  // namespace kinetone::vision
