// Gauss-Seidel with over-relaxation on the patch grid, reweighted as it goes.
#include "vision/flow_smoothing.h"

#include <cmath>

namespace kinetone::vision {
namespace {

constexpr int kReweightings = 4;
constexpr int kSweeps = 4;
constexpr float kOverRelaxation = 1.6F;
// Brightness noise every camera has (grey^2): the floor of a match's error.
constexpr float kNoiseFloor = 4.0F;
// Pull towards the dominant motion where nothing else is known, in units of the coupling between neighbours.
constexpr float kPull = 0.01F;
// A difference between neighbours below this is treated as smooth, above as an edge of motion (px of the level).
constexpr float kSmoothDifference = 0.1F;
// Motion may change where brightness does: a step of this size between neighbours halves their coupling (grey).
constexpr float kLumaEdge = 16.0F;
// A match further than this from what its neighbours agree on loses its say (px of the level).
constexpr float kMatchScale = 1.0F;

}  // namespace

void FlowSmoother::Load(const PatchField& field, const AffineMotion& dominant, float noise_variance, float cx, float cy) {
  columns_ = field.columns.count();
  rows_ = field.rows.count();
  stride_ = columns_ + 2;
  nodes_.assign(static_cast<std::size_t>(stride_) * static_cast<std::size_t>(rows_ + 2), Node{});
  std::size_t i = 0;
  for (int row = 0; row < rows_; ++row) {
    const float y = field.rows.center(row) - cy;
    Node* line = Line(row);
    for (int column = 0; column < columns_; ++column, ++i) {
      const float x = field.columns.center(column) - cx;
      Node& node = line[column];
      node.match_u = field.u[i] - dominant.U(x, y);
      node.match_v = field.v[i] - dominant.V(x, y);
      const float texture = field.Texture(i, noise_variance) * field.trust[i];
      // Without texture the coarser level's vector is the better start for the iteration.
      node.u = field.expected_u[i] + texture * (field.u[i] - field.expected_u[i]) - dominant.U(x, y);
      node.v = field.expected_v[i] + texture * (field.v[i] - field.expected_v[i]) - dominant.V(x, y);
      const float certainty = texture / (field.error[i] + kNoiseFloor);
      node.luma = field.luma[i];
      node.dxx = field.hxx[i] * certainty;
      node.dxy = field.hxy[i] * certainty;
      node.dyy = field.hyy[i] * certainty;
    }
  }
}

// Sets the robust weights from the current estimate, and each node's system for the sweeps that follow.
void FlowSmoother::Couple(float smoothness) {
  const auto coupling = [&](const Node& a, const Node& b) {
    const float du = a.u - b.u;
    const float dv = a.v - b.v;
    const float step = (a.luma - b.luma) / kLumaEdge;
    return smoothness / (1.0F + step * step) / std::sqrt(kSmoothDifference * kSmoothDifference + du * du + dv * dv);
  };
  for (int row = 0; row < rows_; ++row) {
    Node* line = Line(row);
    for (int column = 0; column < columns_; ++column) {
      Node& node = line[column];
      node.right = column + 1 < columns_ ? coupling(node, line[column + 1]) : 0.0F;
      node.below = row + 1 < rows_ ? coupling(node, line[column + stride_]) : 0.0F;
      const float weight = kPull * smoothness + node.right + node.below + line[column - 1].right + line[column - stride_].below;
      const float off_u = node.u - node.match_u;
      const float off_v = node.v - node.match_v;
      const float say = 1.0F / (1.0F + (off_u * off_u + off_v * off_v) / (kMatchScale * kMatchScale));
      const float dxx = node.dxx * say;
      const float dxy = node.dxy * say;
      const float dyy = node.dyy * say;
      node.data_u = dxx * node.match_u + dxy * node.match_v;
      node.data_v = dxy * node.match_u + dyy * node.match_v;
      const float axx = weight + dxx;
      const float ayy = weight + dyy;
      const float inverse = kOverRelaxation / (axx * ayy - dxy * dxy);
      node.ixx = ayy * inverse;
      node.ixy = -dxy * inverse;
      node.iyy = axx * inverse;
    }
  }
}

void FlowSmoother::Relax() {
  const float keep = 1.0F - kOverRelaxation;
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    for (int row = 0; row < rows_; ++row) {
      Node* line = Line(row);
      for (Node* node = line; node < line + columns_; ++node) {
        const Node& left = node[-1];
        const Node& right = node[1];
        const Node& above = node[-stride_];
        const Node& below = node[stride_];
        const float bu = node->data_u + left.right * left.u + node->right * right.u + above.below * above.u +
                         node->below * below.u;
        const float bv = node->data_v + left.right * left.v + node->right * right.v + above.below * above.v +
                         node->below * below.v;
        node->u = keep * node->u + node->ixx * bu + node->ixy * bv;
        node->v = keep * node->v + node->ixy * bu + node->iyy * bv;
      }
    }
  }
}

void FlowSmoother::Smooth(PatchField& field, const AffineMotion& dominant, int width, int height, float noise_variance,
                          float smoothness) {
  const float cx = static_cast<float>(width - 1) * 0.5F;
  const float cy = static_cast<float>(height - 1) * 0.5F;
  Load(field, dominant, noise_variance, cx, cy);
  for (int round = 0; round < kReweightings; ++round) {
    Couple(smoothness);
    Relax();
  }
  std::size_t i = 0;
  for (int row = 0; row < rows_; ++row) {
    const float y = field.rows.center(row) - cy;
    const Node* line = Line(row);
    for (int column = 0; column < columns_; ++column, ++i) {
      const float x = field.columns.center(column) - cx;
      field.u[i] = line[column].u + dominant.U(x, y);
      field.v[i] = line[column].v + dominant.V(x, y);
    }
  }
}

}  // namespace kinetone::vision
