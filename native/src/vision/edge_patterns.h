// What the edges of a picture form: parallel lines, a grid, texture without direction, or figures around one centre.
// Method: moments of the orientation histogram at two and four times the angle, and the point nearest to all edge normals.
#pragma once

#include "vision/canny.h"
#include "vision/gradient_field.h"

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

// Cost: a few passes over the edge pixels.
EdgePatterns FindEdgePatterns(const GradientField& gradients, const CannyEdges& edges);

}  // namespace kinetone::vision
