// The dominant motion of a picture as an affine map: what a pan, a zoom or a rotation of the camera does to every pixel.
// Source: iteratively reweighted least squares, Odobez and Bouthemy, J. Visual Communication 1995.
#pragma once

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

// Fits the field's trusted vectors; those further than about scale_px from the dominant motion lose their say.
// Starts from `initial` and returns it unchanged when there is nothing to fit. width, height, noise_variance: of the
// field's level.
AffineMotion FitAffineMotion(const PatchField& field, int width, int height, float noise_variance, float scale_px,
                             const AffineMotion& initial);

}  // namespace kinetone::vision
