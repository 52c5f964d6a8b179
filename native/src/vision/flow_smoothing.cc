// Gauss-Seidel with over-relaxation on the patch grid, reweighted twice.
#include "vision/flow_smoothing.h"

#include <cmath>

namespace kinetone::vision {
namespace {

constexpr int kReweightings = 2;
constexpr int kSweeps = 8;
constexpr float kOverRelaxation = 1.6F;
// Brightness noise every camera has (grey^2): the floor of a match's error.
constexpr float kNoiseFloor = 4.0F;
// A difference between neighbours below this is treated as smooth, above as an edge of motion (px of the level).
constexpr float kSmoothDifference = 0.1F;
// A match further than this from what its neighbours agree on loses its say (px of the level).
constexpr float kMatchScale = 1.0F;

}  // namespace

void FlowSmoother::Load(const PatchField& field, const AffineMotion& dominant, float cx, float cy) {
  nodes_.resize(field.size());
  std::size_t i = 0;
  for (int row = 0; row < field.rows.count(); ++row) {
    const float y = field.rows.center(row) - cy;
    for (int column = 0; column < field.columns.count(); ++column, ++i) {
      const float x = field.columns.center(column) - cx;
      Node& node = nodes_[i];
      node.match_u = field.u[i] - dominant.U(x, y);
      node.match_v = field.v[i] - dominant.V(x, y);
      // Without trust in the match the dominant motion is the better start for the iteration.
      node.u = node.match_u * field.trust[i];
      node.v = node.match_v * field.trust[i];
      const float certainty = field.trust[i] / (field.error[i] + kNoiseFloor);
      node.dxx = field.hxx[i] * certainty;
      node.dxy = field.hxy[i] * certainty;
      node.dyy = field.hyy[i] * certainty;
    }
  }
}

void FlowSmoother::Couple(int columns, int rows, float smoothness) {
  const auto coupling = [&](const Node& a, const Node& b) {
    const float du = a.u - b.u;
    const float dv = a.v - b.v;
    return smoothness / std::sqrt(kSmoothDifference * kSmoothDifference + du * du + dv * dv);
  };
  for (int row = 0; row < rows; ++row) {
    Node* line = nodes_.data() + static_cast<std::ptrdiff_t>(row) * columns;
    for (int column = 0; column < columns; ++column) {
      line[column].right = column + 1 < columns ? coupling(line[column], line[column + 1]) : 0.0F;
      line[column].below = row + 1 < rows ? coupling(line[column], line[column + columns]) : 0.0F;
    }
  }
}

void FlowSmoother::Visit(int column, int row, int columns, int rows) {
  Node* node = nodes_.data() + static_cast<std::ptrdiff_t>(row) * columns + column;
  float weight = 1e-6F;
  float sum_u = 0.0F;
  float sum_v = 0.0F;
  const auto add = [&](const Node& neighbour, float coupling) {
    weight += coupling;
    sum_u += coupling * neighbour.u;
    sum_v += coupling * neighbour.v;
  };
  if (column > 0) add(node[-1], node[-1].right);
  if (column + 1 < columns) add(node[1], node->right);
  if (row > 0) add(node[-columns], node[-columns].below);
  if (row + 1 < rows) add(node[columns], node->below);

  const float off_u = node->u - node->match_u;
  const float off_v = node->v - node->match_v;
  const float say = 1.0F / (1.0F + (off_u * off_u + off_v * off_v) / (kMatchScale * kMatchScale));
  const float dxx = node->dxx * say;
  const float dxy = node->dxy * say;
  const float dyy = node->dyy * say;
  const float bu = sum_u + dxx * node->match_u + dxy * node->match_v;
  const float bv = sum_v + dxy * node->match_u + dyy * node->match_v;
  const float axx = weight + dxx;
  const float ayy = weight + dyy;
  const float inverse = 1.0F / (axx * ayy - dxy * dxy);
  node->u += kOverRelaxation * ((ayy * bu - dxy * bv) * inverse - node->u);
  node->v += kOverRelaxation * ((axx * bv - dxy * bu) * inverse - node->v);
}

void FlowSmoother::Relax(int columns, int rows) {
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    for (int row = 0; row < rows; ++row) {
      for (int column = 0; column < columns; ++column) Visit(column, row, columns, rows);
    }
  }
}

void FlowSmoother::Smooth(PatchField& field, const AffineMotion& dominant, int width, int height, float smoothness) {
  const int columns = field.columns.count();
  const int rows = field.rows.count();
  const float cx = static_cast<float>(width - 1) * 0.5F;
  const float cy = static_cast<float>(height - 1) * 0.5F;
  Load(field, dominant, cx, cy);
  for (int round = 0; round < kReweightings; ++round) {
    Couple(columns, rows, smoothness);
    Relax(columns, rows);
  }
  std::size_t i = 0;
  for (int row = 0; row < rows; ++row) {
    const float y = field.rows.center(row) - cy;
    for (int column = 0; column < columns; ++column, ++i) {
      const float x = field.columns.center(column) - cx;
      field.u[i] = nodes_[i].u + dominant.U(x, y);
      field.v[i] = nodes_[i].v + dominant.V(x, y);
    }
  }
}

}  // namespace kinetone::vision
