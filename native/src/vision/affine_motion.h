// The dominant motion of a picture as an affine map: what a pan, a zoom or a rotation of the camera does to every pixel.
// Source: iteratively reweighted least squares, Odobez and Bouthemy, J. Visual Communication 1995.
#pragma once

#include <vector>

#include "rt/dispatch.h"
#include "vision/patch_field.h"

namespace kinetone::vision {

// Displacement at (x, y), pixels from the picture's centre: (u0 + ux x + uy y, v0 + vx x + vy y).
struct AffineMotion {
  float u0 = 0.0F, ux = 0.0F, uy = 0.0F;
  float v0 = 0.0F, vx = 0.0F, vy = 0.0F;

  float U(float x, float y) const { return u0 + ux * x + uy * y; }
  float V(float x, float y) const { return v0 + vx * x + vy * y; }
  // The same motion on the pyramid level twice as large.
  AffineMotion OnFinerLevel() const { return {2.0F * u0, ux, uy, 2.0F * v0, vx, vy}; }
};

// Sums over samples (x, y, u, v, support; a multiple of eight of each), each weighted by support / (1 + d^2 / scale_px^2)^2, d being its
// distance from `motion`. out: xx xy x yy y 1, then u times (x, y, 1) and v times (x, y, 1).
struct AffineMotionKernels {
  void (*sum)(const float* x, const float* y, const float* u, const float* v, const float* support, int count,
              const AffineMotion& motion, float scale_px, float out[12]);
};

KINETONE_DISPATCH(AffineMotionKernels, AffineMotionSums)

// Keeps its working memory between calls. Any thread, one at a time.
class AffineMotionFit {
 public:
  // Fits the field's trusted vectors; those further than about scale_px from the dominant motion lose their say.
  // Starts from `initial` and returns it unchanged when there is nothing to fit. width, height, noise_variance: of the
  // field's level.
  AffineMotion Fit(const PatchField& field, int width, int height, float noise_variance, float scale_px, const AffineMotion& initial);

 private:
  void Collect(const PatchField& field, float noise_variance, float cx, float cy);
  void Add(float x, float y, float u, float v, float support);

  std::vector<float> x_, y_, u_, v_, support_;
};

}  // namespace kinetone::vision
