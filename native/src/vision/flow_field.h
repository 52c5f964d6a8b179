// A dense flow field: one displacement per pixel of the first picture.
#pragma once

#include <cstddef>
#include <vector>

namespace kinetone::vision {

// Pixels, u right, v down; height * width, row-major.
struct FlowField {
  int width = 0;
  int height = 0;
  std::vector<float> u, v;

  void Resize(int new_width, int new_height) {
    width = new_width;
    height = new_height;
    const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    u.resize(pixels);
    v.resize(pixels);
  }
};

}  // namespace kinetone::vision
