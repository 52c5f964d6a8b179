// The innermost loops of optical flow: one warped 8x8 patch minus another, and the sums Gauss-Newton needs.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kinetone::vision {

// Bilinear weights sum to 2^7, so that a weighted sum of bytes just fits a signed 16-bit lane.
inline constexpr int kWeightSum = 128;
// Residuals are cut to 1/16 grey before squaring, so that 64 squares fit 32 bits.
inline constexpr int kErrorShift = 3;

struct PatchWeights {
  std::int16_t top_left, top_right, bottom_left, bottom_right;
};

// residual = warped - value, in 1/kWeightSum grey; gx, gy: residual times gradient; squares: (residual >> kErrorShift)^2.
struct PatchSums {
  std::int32_t gx = 0;
  std::int32_t gy = 0;
  std::int32_t residual = 0;
  std::int32_t squares = 0;
};

// target: top left byte of the warped patch; 9 bytes of 9 rows are read. value (grey * kWeightSum), gx, gy: 64 numbers each,
// row-major, 16-byte aligned. Integers only: the same sums on every machine.
PatchSums SumPatch(const std::uint8_t* target, std::ptrdiff_t stride, PatchWeights weights, const std::int16_t* value,
                   const std::int16_t* gx, const std::int16_t* gy);

// Sums over the patch: its values (grey * kWeightSum) and its gradients, plain, squared and multiplied.
struct TextureSums {
  std::int32_t value = 0;
  std::int32_t x = 0, y = 0;
  std::int32_t xx = 0, xy = 0, yy = 0;
};

// Copies an 8x8 patch out of planes of one stride (samples) into the form SumPatch wants, and sums it.
TextureSums LoadPatch(const std::uint8_t* luma, const std::int16_t* gradient_x, const std::int16_t* gradient_y,
                       std::ptrdiff_t stride, std::int16_t* value, std::int16_t* gx, std::int16_t* gy);

// The definitions the two above are tested against.
TextureSums LoadPatchScalar(const std::uint8_t* luma, const std::int16_t* gradient_x, const std::int16_t* gradient_y,
                             std::ptrdiff_t stride, std::int16_t* value, std::int16_t* gx, std::int16_t* gy);
PatchSums SumPatchScalar(const std::uint8_t* target, std::ptrdiff_t stride, PatchWeights weights, const std::int16_t* value,
                         const std::int16_t* gx, const std::int16_t* gy);

}  // namespace kinetone::vision
