// Cell means of a dense flow field.
#include "vision/flow_grid.h"

#include <algorithm>

namespace kinetone::vision {
namespace {

struct Range {
  int begin, end;
};

// The pixels of one cell along an axis, at least one.
Range CellRange(int cell, int cells, int length) {
  const auto edge = [&](int i) { return static_cast<int>(static_cast<std::int64_t>(i) * length / cells); };
  const int begin = std::min(edge(cell), length - 1);
  return {begin, std::max(edge(cell + 1), begin + 1)};
}

}  // namespace

void AverageFlowOnGrid(const FlowField& flow, double seconds, int columns, int rows, float* out) {
  for (int row = 0; row < rows; ++row) {
    const Range ys = CellRange(row, rows, flow.height);
    for (int column = 0; column < columns; ++column) {
      const Range xs = CellRange(column, columns, flow.width);
      double u = 0.0;
      double v = 0.0;
      for (int y = ys.begin; y < ys.end; ++y) {
        for (int x = xs.begin; x < xs.end; ++x) {
          const auto i = static_cast<std::size_t>(y) * static_cast<std::size_t>(flow.width) + static_cast<std::size_t>(x);
          u += flow.u[i];
          v += flow.v[i];
        }
      }
      const double pixels = static_cast<double>(ys.end - ys.begin) * (xs.end - xs.begin);
      const double scale = seconds > 0.0 ? 1.0 / (pixels * seconds) : 0.0;
      *out++ = static_cast<float>(u * scale);
      *out++ = static_cast<float>(v * scale);
    }
  }
}

}  // namespace kinetone::vision
