// One analysis picture as the decoder hands it over: planar 8-bit YUV 4:2:0, full range, BT.601.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kinetone::vision {

// width and height are even and at least 2. The planes are borrowed: height * width bytes of y, a quarter of that of u, v,
// row-major without gaps.
struct FramePlanes {
  const std::uint8_t* y;
  const std::uint8_t* u;
  const std::uint8_t* v;
  int width;
  int height;

  // The three planes stored one after another, width * height * 3 / 2 bytes.
  static FramePlanes FromContiguous(const std::uint8_t* data, int width, int height) {
    const auto luma = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    return {data, data + luma, data + luma + luma / 4, width, height};
  }
};

}  // namespace kinetone::vision
