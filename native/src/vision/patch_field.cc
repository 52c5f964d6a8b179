// Geometry of the patch grid.
#include "vision/patch_field.h"

#include <algorithm>

namespace kinetone::vision {

void GridAxis::Resize(int length, int stride) {
  if (length == length_ && stride == stride_) return;
  length_ = length;
  stride_ = stride;
  origins_.clear();
  if (length <= kPatchSize) {
    origins_.push_back((length - kPatchSize) / 2);
    return;
  }
  for (int origin = 0; origin < length - kPatchSize; origin += stride) origins_.push_back(origin);
  origins_.push_back(length - kPatchSize);
}

GridPosition GridAxis::Locate(float coordinate) const {
  const int last = count() - 1;
  if (last == 0 || coordinate <= center(0)) return {0, 0, 0.0F};
  if (coordinate >= center(last)) return {last, last, 0.0F};
  const int index = std::clamp(static_cast<int>((coordinate - center(0)) / static_cast<float>(stride_)), 0, last - 1);
  const float span = static_cast<float>(origin(index + 1) - origin(index));
  return {index, index + 1, std::clamp((coordinate - center(index)) / span, 0.0F, 1.0F)};
}

float PatchField::Texture(std::size_t i, float noise_variance) const {
  const float trace = hxx[i] + hyy[i];
  return std::max(0.0F, 1.0F - kNoiseLimit * noise_variance / (trace + 1e-3F));
}

void PatchField::Resize(int width, int height, int stride) {
  columns.Resize(width, stride);
  rows.Resize(height, stride);
  const auto nodes = static_cast<std::size_t>(columns.count()) * static_cast<std::size_t>(rows.count());
  if (nodes == size()) return;
  for (auto* values : {&u, &v, &hxx, &hxy, &hyy, &error, &trust, &luma, &expected_u, &expected_v}) values->assign(nodes, 0.0F);
}

}  // namespace kinetone::vision
