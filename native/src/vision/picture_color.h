// The ways a decoded picture may write its colours, and the change to the one the eye works in: full range, BT.601.
// Source: ITU-R BT.601-7, BT.709-6, BT.2020-2 (luma coefficients), H.273 (ranges).
#pragma once

#include <cstdint>
#include <vector>

#include "rt/dispatch.h"
#include "vision/frame_planes.h"

namespace kinetone::vision {

// Limited: luma 16..235, chroma 16..240. The order is the binding's.
enum class PictureColor { kFullBt601, kLimitedBt601, kLimitedBt709, kLimitedBt2020 };
inline constexpr int kPictureColors = 4;

// From limited y, u, v (around 16, 128, 128) to full ones, in 1/2^14: y' = luma y + luma_u u + luma_v v, and so on.
struct ColorChange {
  std::int32_t luma, luma_u, luma_v;
  std::int32_t u_u, u_v, v_u, v_v;
};

struct PictureColorKernels {
  // One row of chroma: width samples. light: 2 * width numbers, what each pixel of two luma rows gets from its chroma (1/2^14).
  void (*chroma_row)(const ColorChange& change, const std::uint8_t* u, const std::uint8_t* v, int width, std::uint8_t* out_u,
                     std::uint8_t* out_v, std::int32_t* light);
  void (*luma_row)(const ColorChange& change, const std::uint8_t* y, const std::int32_t* light, int width, std::uint8_t* out);
};

KINETONE_DISPATCH(PictureColorKernels, PictureColorRows)

ColorChange ChangeOf(PictureColor color);

// Owns the changed planes. Any thread, one at a time; allocates when the size changes.
class PictureColorConverter {
 public:
  // The frame itself where nothing is to be changed, else planes valid until the next call. Cost: one pass.
  FramePlanes ToFullBt601(const FramePlanes& frame, PictureColor color);

 private:
  std::vector<std::uint8_t> planes_;
  std::vector<std::int32_t> light_;
};

}  // namespace kinetone::vision
