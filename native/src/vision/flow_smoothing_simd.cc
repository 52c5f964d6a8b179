// Plain loops over rows of the smoothing grid, written so that every compiler turns them into vectors of eight.
#include <math.h>

#include "rt/vectorize.h"
#include "vision/flow_smoothing.h"

namespace kinetone::vision::KINETONE_SIMD {
namespace {

constexpr int kVector = 8;
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

// The nodes of a row that lie together, even columns or odd ones, and where their neighbours along the row do.
struct Half {
  std::ptrdiff_t own, left, right;
  int parity, count;  // count: nodes
};

Half HalfOf(const SmoothingGrid& grid, int row, int parity) {
  const std::ptrdiff_t even = row * grid.stride, odd = even + grid.half;
  if (parity == 0) return {even, odd - 1, odd, 0, (grid.columns + 1) / 2};
  return {odd, even, even + 1, 1, grid.columns / 2};
}

void LoadHalf(const SmoothingGrid& grid, const Half& half, const SmoothingRow& from) {
  const std::ptrdiff_t line = half.own;
  KINETONE_INDEPENDENT
  for (int i = 0; i < half.count; ++i) {
    const int x = 2 * i + half.parity;
    const float trace = from.hxx[x] + from.hyy[x];
    const float texture = 1.0F - kNoiseLimit * from.noise_variance / (trace + 1e-3F);
    const float say = (texture > 0.0F ? texture : 0.0F) * from.trust[x];
    // Without texture the coarser level's vector is the better start for the iteration.
    grid.u[line + i] = from.expected_u[x] + say * (from.u[x] - from.expected_u[x]) - from.dominant_u[x];
    grid.v[line + i] = from.expected_v[x] + say * (from.v[x] - from.expected_v[x]) - from.dominant_v[x];
    grid.match_u[line + i] = from.u[x] - from.dominant_u[x];
    grid.match_v[line + i] = from.v[x] - from.dominant_v[x];
    grid.luma[line + i] = from.luma[x];
    const float certainty = say / (from.error[x] + kNoiseFloor);
    grid.dxx[line + i] = from.hxx[x] * certainty;
    grid.dxy[line + i] = from.hxy[x] * certainty;
    grid.dyy[line + i] = from.hyy[x] * certainty;
  }
}

void Load(const SmoothingGrid& grid, int row, const SmoothingRow& from) {
  for (const int parity : {0, 1}) LoadHalf(grid, HalfOf(grid, row, parity), from);
}

// The coupling of each of `count` nodes from `own` on with those from `other` on.
void CoupleNodes(const SmoothingGrid& grid, std::ptrdiff_t own, std::ptrdiff_t other, int count, float smoothness, float* out) {
  const float *u = grid.u + own, *v = grid.v + own, *luma = grid.luma + own;
  const float *other_u = grid.u + other, *other_v = grid.v + other, *other_luma = grid.luma + other;
  KINETONE_INDEPENDENT
  for (int x = 0; x < count; ++x) {
    const float du = u[x] - other_u[x];
    const float dv = v[x] - other_v[x];
    const float edge = (luma[x] - other_luma[x]) * (1.0F / kLumaEdge);
    const float distance = sqrtf(kSmoothDifference * kSmoothDifference + du * du + dv * dv);
    out[own + x] = smoothness / ((1.0F + edge * edge) * distance);
  }
}

void SolveHalf(const SmoothingGrid& grid, const Half& half, float pull) {
  const std::ptrdiff_t line = half.own;
  const float *right = grid.right + line, *left = grid.right + half.left, *below = grid.below + line;
  const float *u = grid.u + line, *v = grid.v + line, *match_u = grid.match_u + line, *match_v = grid.match_v + line;
  KINETONE_INDEPENDENT
  for (int x = 0; x < half.count; ++x) {
    const float weight = pull + right[x] + below[x] + left[x] + below[x - grid.stride];
    const float off_u = u[x] - match_u[x];
    const float off_v = v[x] - match_v[x];
    const float say = 1.0F / (1.0F + (off_u * off_u + off_v * off_v) * (1.0F / (kMatchScale * kMatchScale)));
    const float dxx = grid.dxx[line + x] * say;
    const float dxy = grid.dxy[line + x] * say;
    const float dyy = grid.dyy[line + x] * say;
    grid.data_u[line + x] = dxx * match_u[x] + dxy * match_v[x];
    grid.data_v[line + x] = dxy * match_u[x] + dyy * match_v[x];
    const float axx = weight + dxx;
    const float ayy = weight + dyy;
    const float inverse = kOverRelaxation / (axx * ayy - dxy * dxy);
    grid.ixx[line + x] = ayy * inverse;
    grid.ixy[line + x] = -dxy * inverse;
    grid.iyy[line + x] = axx * inverse;
  }
}

void Couple(const SmoothingGrid& grid, float smoothness) {
  for (int row = 0; row < grid.rows; ++row) {
    const Half halves[] = {HalfOf(grid, row, 0), HalfOf(grid, row, 1)};
    for (const Half& half : halves) {
      CoupleNodes(grid, half.own, half.right, half.count, smoothness, grid.right);
      if (row + 1 < grid.rows) CoupleNodes(grid, half.own, half.own + grid.stride, half.count, smoothness, grid.below);
    }
    grid.right[grid.At(row, grid.columns - 1)] = 0.0F;
    for (const Half& half : halves) SolveHalf(grid, half, kPull * smoothness);
  }
}

// One colour of a row. Whole vectors: what lies behind the nodes is and stays 0.
void RelaxHalf(const SmoothingGrid& grid, const Half& half) {
  const float *right = grid.right + half.own, *left = grid.right + half.left, *below = grid.below + half.own;
  const float *right_u = grid.u + half.right, *left_u = grid.u + half.left, *right_v = grid.v + half.right, *left_v = grid.v + half.left;
  const float *data_u = grid.data_u + half.own, *data_v = grid.data_v + half.own;
  const float *ixx = grid.ixx + half.own, *ixy = grid.ixy + half.own, *iyy = grid.iyy + half.own;
  float *u = grid.u + half.own, *v = grid.v + half.own;
  const std::ptrdiff_t stride = grid.stride;
  const int count = (half.count + kVector - 1) / kVector * kVector;
  KINETONE_INDEPENDENT
  for (int x = 0; x < count; ++x) {
    const float bu = data_u[x] + left[x] * left_u[x] + right[x] * right_u[x] + below[x - stride] * u[x - stride] + below[x] * u[x + stride];
    const float bv = data_v[x] + left[x] * left_v[x] + right[x] * right_v[x] + below[x - stride] * v[x - stride] + below[x] * v[x + stride];
    u[x] += ixx[x] * bu + ixy[x] * bv - kOverRelaxation * u[x];
    v[x] += ixy[x] * bu + iyy[x] * bv - kOverRelaxation * v[x];
  }
}

// All sweeps in one pass over the memory: half a sweep (one colour) follows the one before it by one row, which is all it needs.
void Relax(const SmoothingGrid& grid, int sweeps) {
  const int halves = 2 * sweeps;
  for (int step = 0; step < grid.rows + halves - 1; ++step) {
    for (int half = 0; half < halves; ++half) {
      const int row = step - half;
      if (row >= 0 && row < grid.rows) RelaxHalf(grid, HalfOf(grid, row, (row + half) & 1));
    }
  }
}

}  // namespace

extern const FlowSmoothingKernels kFlowSmoothing = {Load, Couple, Relax};

}  // namespace kinetone::vision::KINETONE_SIMD
