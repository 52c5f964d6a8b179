// Orientation moments and the common centre of the edges.
#include "vision/edge_patterns.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace kinetone::vision {
namespace {

// Fewer edge pixels than this share of the picture form no pattern yet; strengths rise to full over it.
constexpr double kFullShare = 0.004;
// Texture is a matter of amount: full strength from this edge density on.
constexpr double kTextureDensity = 0.08;
// Edges of any picture point somewhat towards their best centre; only what exceeds this is a figure around it.
constexpr double kChanceAlignment = 0.35;

struct Moments {
  double cos2 = 0.0, sin2 = 0.0, cos4 = 0.0, sin4 = 0.0;
  double count = 0.0;
};

struct Center {
  double x = 0.0;
  double y = 0.0;
  double strength = 0.0;
};

// Calls visit(x, y, nx, ny) for each edge pixel, n being the unit gradient.
template <typename Visit>
void ForEachEdge(const GradientField& gradients, const CannyEdges& edges, Visit visit) {
  const int width = gradients.width();
  for (const std::int32_t at : edges.pixels()) {
    const int y = at / width;
    const int x = at % width;
    const double gx = gradients.X(y)[x];
    const double gy = gradients.Y(y)[x];
    const double length = std::sqrt(gx * gx + gy * gy);
    visit(static_cast<double>(x), static_cast<double>(y), gx / length, gy / length);
  }
}

Moments Orientation(const GradientField& gradients, const CannyEdges& edges) {
  Moments m;
  ForEachEdge(gradients, edges, [&](double, double, double nx, double ny) {
    const double c2 = nx * nx - ny * ny;
    const double s2 = 2.0 * nx * ny;
    m.cos2 += c2;
    m.sin2 += s2;
    m.cos4 += c2 * c2 - s2 * s2;
    m.sin4 += 2.0 * c2 * s2;
    m.count += 1.0;
  });
  return m;
}

// The point nearest, in the least squares, to the lines through all edge pixels, drawn along the normal (circles) or along
// the edge (rays). Strength: mean cos of twice the angle by which the edges miss it. Plain least squares: a robust fit jumps
// between the centres of a picture that has two.
Center CommonCenter(const GradientField& gradients, const CannyEdges& edges, bool rays, double count) {
  double xx = 0.0, xy = 0.0, yy = 0.0, bx = 0.0, by = 0.0;
  ForEachEdge(gradients, edges, [&](double x, double y, double nx, double ny) {
    const double tx = rays ? nx : -ny;
    const double ty = rays ? ny : nx;
    const double along = tx * x + ty * y;
    xx += tx * tx;
    xy += tx * ty;
    yy += ty * ty;
    bx += along * tx;
    by += along * ty;
  });
  const double det = xx * yy - xy * xy;
  if (det < 1e-3 * (xx + yy) * (xx + yy)) return {};
  Center center{(yy * bx - xy * by) / det, (xx * by - xy * bx) / det, 0.0};
  const double size = std::hypot(gradients.width(), gradients.height());
  const double near = 0.02 * size;
  double aligned = 0.0;
  ForEachEdge(gradients, edges, [&](double x, double y, double nx, double ny) {
    const double dx = x - center.x;
    const double dy = y - center.y;
    const double distance2 = dx * dx + dy * dy;
    if (distance2 < near * near) return;
    const double along = nx * dx + ny * dy;
    const double cos2 = 2.0 * along * along / distance2 - 1.0;
    aligned += rays ? -cos2 : cos2;
  });
  // A centre far outside makes parallel lines of rings: it counts less and less over half a diagonal.
  const double outside = std::max({-center.x, center.x - gradients.width(), -center.y, center.y - gradients.height(), 0.0});
  const double nearness = std::clamp(1.0 - outside / (0.5 * size), 0.0, 1.0);
  center.strength = nearness * std::clamp((aligned / count - kChanceAlignment) / (1.0 - kChanceAlignment), 0.0, 1.0);
  return center;
}

// Image y points down, angles turn counter-clockwise: the sign of the sine changes.
float Degrees(double radians, double period) {
  double degrees = radians * 180.0 / std::numbers::pi;
  degrees = std::fmod(degrees, period);
  if (degrees < 0.0) degrees += period;
  return static_cast<float>(degrees >= period ? 0.0 : degrees);
}

}  // namespace

EdgePatterns FindEdgePatterns(const GradientField& gradients, const CannyEdges& edges) {
  EdgePatterns out;
  const Moments m = Orientation(gradients, edges);
  if (m.count == 0.0) return out;
  const double density = edges.Density();
  const double amount = std::min(1.0, density / kFullShare);
  const double one = std::hypot(m.cos2, m.sin2) / m.count;
  const double two = std::hypot(m.cos4, m.sin4) / m.count;

  // The edge runs at right angles to its gradient.
  out.lines.strength = static_cast<float>(amount * one);
  out.lines.angle_deg = Degrees(0.5 * std::atan2(-m.sin2, m.cos2) + std::numbers::pi / 2.0, 180.0);
  out.grid.strength = static_cast<float>(amount * std::max(0.0, two - one));
  out.grid.angle_deg = Degrees(0.25 * std::atan2(-m.sin4, m.cos4), 90.0);

  const Center circles = CommonCenter(gradients, edges, false, m.count);
  const Center rays = CommonCenter(gradients, edges, true, m.count);
  const Center& center = circles.strength >= rays.strength ? circles : rays;
  out.radial.strength = static_cast<float>(amount * center.strength * (1.0 - one));
  if (out.radial.strength > 0.0F) {
    out.radial.angle_deg = Degrees(
        std::atan2((gradients.height() - 1) * 0.5 - center.y, center.x - (gradients.width() - 1) * 0.5), 360.0);
  }
  const double shaped = std::max({one, two, static_cast<double>(out.radial.strength)});
  out.texture.strength = static_cast<float>(std::min(1.0, density / kTextureDensity) * (1.0 - shaped));
  for (EdgePattern* pattern : {&out.lines, &out.grid, &out.texture, &out.radial}) {
    pattern->strength = std::clamp(pattern->strength, 0.0F, 1.0F);
    if (pattern->strength == 0.0F) pattern->angle_deg = 0.0F;
  }
  return out;
}

}  // namespace kinetone::vision
