// The sparse form of a flow field: one vector per 8x8 patch, patches a few pixels apart, structure of arrays.
#pragma once

#include <cstddef>
#include <vector>

namespace kinetone::vision {

inline constexpr int kPatchSize = 8;

// Where a coordinate lies between two patch centres: value = (1 - t) * node[index] + t * node[next].
struct GridPosition {
  int index;
  int next;
  float t;  // 0..1; a coordinate outside the outermost centres is clamped to them
};

// Patch origins along one axis: multiples of the stride, the last one moved in so that it ends with the picture.
// A side shorter than a patch has one patch that hangs over both ends.
class GridAxis {
 public:
  // stride: 1..kPatchSize.
  void Resize(int length, int stride);

  int count() const { return static_cast<int>(origins_.size()); }
  int origin(int node) const { return origins_[static_cast<std::size_t>(node)]; }
  const int* origins() const { return origins_.data(); }
  float center(int node) const { return static_cast<float>(origin(node)) + (kPatchSize - 1) * 0.5F; }
  GridPosition Locate(float coordinate) const;

 private:
  int length_ = -1;
  int stride_ = kPatchSize;
  std::vector<int> origins_;
};

// u, v: displacement in pixels of the level (x right, y down), rows * columns, row-major. hxx..hyy: the patch's structure tensor
// (mean over its pixels, grey^2/px^2). error: mean squared brightness difference after matching (grey^2).
// trust: 0..1, how far the match may be believed (0 = its target lies outside the picture).
struct PatchField {
  GridAxis columns;
  GridAxis rows;
  std::vector<float> u, v, hxx, hxy, hyy, error, trust;
  std::vector<float> luma;  // mean of the patch, grey
  // What the coarser level expected of u and v.
  std::vector<float> expected_u, expected_v;

  // 0..1: the part of a patch's structure tensor that is texture and not noise of the given variance (grey^2).
  float Texture(std::size_t i, float noise_variance) const;

  // For a picture of this size; all vectors are 0 when it changes, else old.
  void Resize(int width, int height, int stride);
  std::size_t size() const { return u.size(); }
};

// Noise adds its variance to the tensor's trace on average; this many times that no patch of pure noise reaches.
inline constexpr float kNoiseLimit = 3.0F;

}  // namespace kinetone::vision
