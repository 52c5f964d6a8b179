// Geometry of the patch grid.
#include "vision/patch_field.h"

#include <algorithm>

namespace kinetone::vision {

void GridAxis::Resize(int length) {
  origins_.clear();
  if (length <= kPatchSize) {
    origins_.push_back((length - kPatchSize) / 2);
    return;
  }
  for (int origin = 0; origin < length - kPatchSize; origin += kPatchStride) origins_.push_back(origin);
  origins_.push_back(length - kPatchSize);
}

GridPosition GridAxis::Locate(float coordinate) const {
  const int last = count() - 1;
  if (last == 0 || coordinate <= center(0)) return {0, 0, 0.0F};
  if (coordinate >= center(last)) return {last, last, 0.0F};
  const int index = std::clamp(static_cast<int>((coordinate - center(0)) / kPatchStride), 0, last - 1);
  const float span = static_cast<float>(origin(index + 1) - origin(index));
  return {index, index + 1, std::clamp((coordinate - center(index)) / span, 0.0F, 1.0F)};
}

void PatchField::Resize(int width, int height) {
  columns.Resize(width);
  rows.Resize(height);
  const auto nodes = static_cast<std::size_t>(columns.count()) * static_cast<std::size_t>(rows.count());
  for (auto* values : {&u, &v, &hxx, &hxy, &hyy, &error, &trust}) values->assign(nodes, 0.0F);
}

}  // namespace kinetone::vision
