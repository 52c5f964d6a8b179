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

// Image y points down, angles turn counter-clockwise: the sign of the sine changes.
float Degrees(double radians, double period) {
  double degrees = radians * 180.0 / std::numbers::pi;
  degrees = std::fmod(degrees, period);
  if (degrees < 0.0) degrees += period;
  return static_cast<float>(degrees >= period ? 0.0 : degrees);
}

}  // namespace

EdgeNormals EdgePatternFinder::Normals(const EdgeDetector& edges) {
  constexpr std::size_t kLanes = 8;
  const EdgePixels& pixels = edges.pixels();
  const std::size_t count = (pixels.count + kLanes - 1) / kLanes * kLanes;
  for (auto* values : {&x_, &y_, &nx_, &ny_}) values->resize(std::max(values->size(), count));
  const float scale = 1.0F / std::hypot(static_cast<float>(edges.width()), static_cast<float>(edges.height()));
  const float center_x = static_cast<float>(edges.width() - 1) * 0.5F;
  const float center_y = static_cast<float>(edges.height() - 1) * 0.5F;
  const EdgePatternKernels& kernels = EdgePatternSums();
  const int edge_count = static_cast<int>(pixels.count);
  kernels.normals(pixels.gx.data(), pixels.gy.data(), edge_count, nx_.data(), ny_.data());
  kernels.positions(pixels.x.data(), center_x, scale, edge_count, x_.data());
  kernels.positions(pixels.y.data(), center_y, scale, edge_count, y_.data());
  for (std::size_t i = pixels.count; i < count; ++i) x_[i] = y_[i] = nx_[i] = ny_[i] = 0.0F;
  return {x_.data(), y_.data(), nx_.data(), ny_.data(), static_cast<int>(count)};
}

// The point nearest, in the least squares, to the lines through all edge pixels, drawn along the normal (rings) or along
// the edge (rays). Strength: mean cos of twice the angle by which the edges miss it. Plain least squares: a robust fit jumps
// between the centres of a picture that has two.
EdgePatternFinder::Center EdgePatternFinder::CommonCenter(const EdgeDetector& picture, const EdgeNormals& edges, const EdgeMoments& m,
                                                          bool rays) {
  const double xx = rays ? m.nxx : m.nyy;
  const double xy = rays ? m.nxy : -m.nxy;
  const double yy = rays ? m.nyy : m.nxx;
  const double bx = rays ? m.ray_x : m.ring_x;
  const double by = rays ? m.ray_y : m.ring_y;
  const double det = xx * yy - xy * xy;
  if (det < 1e-3 * (xx + yy) * (xx + yy)) return {};
  Center center{static_cast<float>((yy * bx - xy * by) / det), static_cast<float>((xx * by - xy * bx) / det), 0.0F};
  constexpr float kNear = 0.02F;
  const double aligned = EdgePatternSums().alignment(edges, center.x, center.y, kNear) * (rays ? -1.0 : 1.0);
  // A centre far outside makes parallel lines of rings: it counts less and less over half a diagonal.
  const double size = std::hypot(picture.width(), picture.height());
  const double outside = std::max({std::abs(center.x) - 0.5 * picture.width() / size, std::abs(center.y) - 0.5 * picture.height() / size, 0.0});
  const double nearness = std::clamp(1.0 - outside / 0.5, 0.0, 1.0);
  const double mean = aligned / static_cast<double>(picture.pixels().count);
  center.strength = static_cast<float>(nearness * std::clamp((mean - kChanceAlignment) / (1.0 - kChanceAlignment), 0.0, 1.0));
  return center;
}

EdgePatterns EdgePatternFinder::Find(const EdgeDetector& edges) {
  EdgePatterns out;
  if (edges.pixels().count == 0) return out;
  const EdgeNormals normals = Normals(edges);
  const EdgeMoments m = EdgePatternSums().moments(normals);
  const double count = static_cast<double>(edges.pixels().count);
  const double cos2 = static_cast<double>(m.nxx) - m.nyy;
  const double sin2 = 2.0 * m.nxy;
  const double density = edges.Density();
  const double amount = std::min(1.0, density / kFullShare);
  const double one = std::hypot(cos2, sin2) / count;
  const double two = std::hypot(m.cos4, m.sin4) / count;

  // The edge runs at right angles to its gradient.
  out.lines.strength = static_cast<float>(amount * one);
  out.lines.angle_deg = Degrees(0.5 * std::atan2(-sin2, cos2) + std::numbers::pi / 2.0, 180.0);
  out.grid.strength = static_cast<float>(amount * std::max(0.0, two - one));
  out.grid.angle_deg = Degrees(0.25 * std::atan2(-m.sin4, m.cos4), 90.0);

  const Center rings = CommonCenter(edges, normals, m, false);
  const Center rays = CommonCenter(edges, normals, m, true);
  const Center& center = rings.strength >= rays.strength ? rings : rays;
  out.radial.strength = static_cast<float>(amount * center.strength * (1.0 - one));
  if (out.radial.strength > 0.0F) out.radial.angle_deg = Degrees(std::atan2(-center.y, center.x), 360.0);
  const double shaped = std::max({one, two, static_cast<double>(out.radial.strength)});
  out.texture.strength = static_cast<float>(std::min(1.0, density / kTextureDensity) * (1.0 - shaped));
  for (EdgePattern* pattern : {&out.lines, &out.grid, &out.texture, &out.radial}) {
    pattern->strength = std::clamp(pattern->strength, 0.0F, 1.0F);
    if (pattern->strength == 0.0F) pattern->angle_deg = 0.0F;
  }
  return out;
}

}  // namespace kinetone::vision
