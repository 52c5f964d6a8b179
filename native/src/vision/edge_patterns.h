// What the edges of a picture form: parallel lines, a grid, texture without direction, or figures around one centre.
// Method: moments of the orientation histogram at two and four times the angle, and the point nearest to all edge normals.
#pragma once

#include <vector>

#include "rt/dispatch.h"
#include "vision/edge_detector.h"

namespace kinetone::vision {

// strength 0..1 (0 = absent). Angles in degrees, counter-clockwise from right.
struct EdgePattern {
  float strength = 0.0F;
  float angle_deg = 0.0F;
};

// lines: edges share one direction; angle 0..180 is that direction (0 = horizontal lines).
// grid: edges share two directions at right angles; angle 0..90 is one of them.
// texture: many edges in all directions, around no centre; angle 0.
// radial: edges circle one point or point at it; angle 0..360 leads from the picture's centre to that point.
struct EdgePatterns {
  EdgePattern lines;
  EdgePattern grid;
  EdgePattern texture;
  EdgePattern radial;
};

// Edge pixels as the sums want them: positions from the picture's centre in units of its diagonal, unit gradients n. `count` is a
// multiple of eight, filled up with zero gradients, which add nothing to any sum.
struct EdgeNormals {
  const float *x, *y, *nx, *ny;
  int count;
};

// Sums over edges; t = (-ny, nx) is the edge's own direction.
struct EdgeMoments {
  float nxx, nxy, nyy;      // of n n^T
  float cos4, sin4;         // of four times the gradient's angle
  float ray_x, ray_y;       // of (n . p) n
  float ring_x, ring_y;     // of (t . p) t
};

struct EdgePatternKernels {
  // Unit normals of `count` gradients.
  void (*normals)(const std::int16_t* gx, const std::int16_t* gy, int count, float* nx, float* ny);
  // out[i] = (position[i] - center) * scale.
  void (*positions)(const std::int16_t* position, float center, float scale, int count, float* out);
  EdgeMoments (*moments)(const EdgeNormals& edges);
  // Sum of the cosine of twice the angle between n and the direction from (x, y), over edges further than `near` from it.
  float (*alignment)(const EdgeNormals& edges, float x, float y, float near);
};

KINETONE_DISPATCH(EdgePatternKernels, EdgePatternSums)

// Keeps its working memory between calls. Any thread, one at a time.
class EdgePatternFinder {
 public:
  // Cost: a few passes over the edge pixels.
  EdgePatterns Find(const EdgeDetector& edges);

 private:
  struct Center {
    float x = 0.0F, y = 0.0F;  // as in EdgeNormals
    float strength = 0.0F;
  };

  EdgeNormals Normals(const EdgeDetector& edges);
  static Center CommonCenter(const EdgeDetector& picture, const EdgeNormals& edges, const EdgeMoments& m, bool rays);

  std::vector<float> x_, y_, nx_, ny_;
};

}  // namespace kinetone::vision
