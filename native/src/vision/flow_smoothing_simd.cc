// Plain loops over rows of the smoothing grid, written so that every compiler turns them into vectors of eight.
#include <math.h>
#include <string.h>

#include "rt/vectorize.h"
#include "vision/flow_smoothing.h"

namespace kinetone::vision::KINETONE_SIMD {
namespace {

constexpr int kVector = 8;
constexpr int kStretch = 16 * kVector;
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

void Load(const SmoothingGrid& grid, int row, const SmoothingRow& from) {
  const std::ptrdiff_t line = row * grid.stride;
  KINETONE_INDEPENDENT
  for (int x = 0; x < grid.columns; ++x) {
    const float trace = from.hxx[x] + from.hyy[x];
    const float texture = 1.0F - kNoiseLimit * from.noise_variance / (trace + 1e-3F);
    const float say = (texture > 0.0F ? texture : 0.0F) * from.trust[x];
    // Without texture the coarser level's vector is the better start for the iteration.
    grid.u[line + x] = from.expected_u[x] + say * (from.u[x] - from.expected_u[x]) - from.dominant_u[x];
    grid.v[line + x] = from.expected_v[x] + say * (from.v[x] - from.expected_v[x]) - from.dominant_v[x];
    grid.match_u[line + x] = from.u[x] - from.dominant_u[x];
    grid.match_v[line + x] = from.v[x] - from.dominant_v[x];
    grid.luma[line + x] = from.luma[x];
    const float certainty = say / (from.error[x] + kNoiseFloor);
    grid.dxx[line + x] = from.hxx[x] * certainty;
    grid.dxy[line + x] = from.hxy[x] * certainty;
    grid.dyy[line + x] = from.hyy[x] * certainty;
  }
}

// The coupling of each node of a row with the one `step` floats further on.
void CoupleRow(const SmoothingGrid& grid, std::ptrdiff_t line, std::ptrdiff_t step, float smoothness, float* out) {
  const float *u = grid.u + line, *v = grid.v + line, *luma = grid.luma + line;
  KINETONE_INDEPENDENT
  for (int x = 0; x < grid.columns; ++x) {
    const float du = u[x] - u[x + step];
    const float dv = v[x] - v[x + step];
    const float edge = (luma[x] - luma[x + step]) * (1.0F / kLumaEdge);
    const float distance = sqrtf(kSmoothDifference * kSmoothDifference + du * du + dv * dv);
    out[line + x] = smoothness / ((1.0F + edge * edge) * distance);
  }
}

void SolveRow(const SmoothingGrid& grid, std::ptrdiff_t line, float pull) {
  const float *right = grid.right + line, *below = grid.below + line;
  const float *u = grid.u + line, *v = grid.v + line, *match_u = grid.match_u + line, *match_v = grid.match_v + line;
  KINETONE_INDEPENDENT
  for (int x = 0; x < grid.columns; ++x) {
    const float weight = pull + right[x] + below[x] + right[x - 1] + below[x - grid.stride];
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
    const std::ptrdiff_t line = row * grid.stride;
    CoupleRow(grid, line, 1, smoothness, grid.right);
    grid.right[line + grid.columns - 1] = 0.0F;
    if (row + 1 < grid.rows) CoupleRow(grid, line, grid.stride, smoothness, grid.below);
    SolveRow(grid, line, kPull * smoothness);
  }
}

// One colour of a stretch of a row. Neighbours have the other colour, so the stretch is computed as a whole and then written:
// a load that overlaps a store just made would wait for it.
void RelaxStretch(const SmoothingGrid& grid, std::ptrdiff_t begin, int parity, int count) {
  const std::ptrdiff_t up = -grid.stride;
  const std::ptrdiff_t down = grid.stride;
  float u[kStretch], v[kStretch];
  for (int i = 0; i < count; ++i) {
    const std::ptrdiff_t x = begin + i;
    const float step = (i & 1) == parity ? 1.0F : 0.0F;
    const float left = grid.right[x - 1], right = grid.right[x], above = grid.below[x + up], below = grid.below[x];
    const float bu = grid.data_u[x] + left * grid.u[x - 1] + right * grid.u[x + 1] + above * grid.u[x + up] + below * grid.u[x + down];
    const float bv = grid.data_v[x] + left * grid.v[x - 1] + right * grid.v[x + 1] + above * grid.v[x + up] + below * grid.v[x + down];
    u[i] = grid.u[x] + step * (grid.ixx[x] * bu + grid.ixy[x] * bv - kOverRelaxation * grid.u[x]);
    v[i] = grid.v[x] + step * (grid.ixy[x] * bu + grid.iyy[x] * bv - kOverRelaxation * grid.v[x]);
  }
  memcpy(grid.u + begin, u, static_cast<std::size_t>(count) * sizeof *u);
  memcpy(grid.v + begin, v, static_cast<std::size_t>(count) * sizeof *v);
}

void RelaxRow(const SmoothingGrid& grid, std::ptrdiff_t line, int parity) {
  for (int x = 0; x < grid.columns; x += kStretch) {
    const int rest = (grid.columns - x + kVector - 1) / kVector * kVector;
    RelaxStretch(grid, line + x, parity, rest < kStretch ? rest : kStretch);
  }
}

// All sweeps in one pass over the memory: half a sweep (one colour) follows the one before it by one row, which is all it needs.
void Relax(const SmoothingGrid& grid, int sweeps) {
  const int halves = 2 * sweeps;
  for (int step = 0; step < grid.rows + halves - 1; ++step) {
    for (int half = 0; half < halves; ++half) {
      const int row = step - half;
      if (row >= 0 && row < grid.rows) RelaxRow(grid, row * grid.stride, (row + half) & 1);
    }
  }
}

}  // namespace

extern const FlowSmoothingKernels kFlowSmoothing = {Load, Couple, Relax};

}  // namespace kinetone::vision::KINETONE_SIMD
