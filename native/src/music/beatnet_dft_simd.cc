#include "dsp/lanes/float8.h"
#include "music/beatnet_dft.h"

namespace kinetone::music::KINETONE_SIMD {
namespace {

using dsp::Float8;
constexpr int kRegisters = kDftStride / 8;

// Of each column, real[k] = x[0] + sum over n of (x[n] + x[83 - n]) cos and imaginary[k] = -sum of (x[n] - x[83 - n]) sin.
void TransformRows(const float* grid, const float* cosines, const float* sines, float* real, float* imaginary) {
  float even[kDftHalfRows * kDftStride], odd[kDftHalfRows * kDftStride];
  for (int n = 1; n < kDftHalfRows; ++n) {
    for (int c = 0; c < kDftStride; c += 8) {
      const Float8 a = Float8::Load(grid + n * kDftStride + c), b = Float8::Load(grid + (kDftRows - n) * kDftStride + c);
      (a + b).Store(even + n * kDftStride + c);
      (a - b).Store(odd + n * kDftStride + c);
    }
  }
  for (int k = 0; k < kDftHalfRows; ++k) {
    Float8 sum[kRegisters], difference[kRegisters];
    for (int r = 0; r < kRegisters; ++r) {
      sum[r] = Float8::Load(grid + 8 * r);
      difference[r] = Float8::Of(0.0f);
    }
    for (int n = 1; n < kDftHalfRows; ++n) {
      const Float8 cosine = Float8::Of(cosines[k * kDftHalfRows + n]), sine = Float8::Of(sines[k * kDftHalfRows + n]);
      for (int r = 0; r < kRegisters; ++r) {
        sum[r] = sum[r] + cosine * Float8::Load(even + n * kDftStride + 8 * r);
        difference[r] = difference[r] - sine * Float8::Load(odd + n * kDftStride + 8 * r);
      }
    }
    for (int r = 0; r < kRegisters; ++r) {
      sum[r].Store(real + k * kDftStride + 8 * r);
      difference[r].Store(imaginary + k * kDftStride + 8 * r);
    }
  }
}

void Power(const float* grid, const float* cosines, const float* sines, const float* column_cosines, const float* column_sines, float* power) {
  float real[kDftHalfRows * kDftStride], imaginary[kDftHalfRows * kDftStride];
  TransformRows(grid, cosines, sines, real, imaginary);
  for (int row = 0; row < kDftHalfRows; ++row) {
    Float8 x[kRegisters], y[kRegisters];
    for (int r = 0; r < kRegisters; ++r) x[r] = y[r] = Float8::Of(0.0f);
    for (int n = 0; n < kDftColumns; ++n) {
      const Float8 re = Float8::Of(real[row * kDftStride + n]), im = Float8::Of(imaginary[row * kDftStride + n]);
      for (int r = 0; r < kRegisters; ++r) {
        const Float8 cosine = Float8::Load(column_cosines + n * kDftStride + 8 * r), sine = Float8::Load(column_sines + n * kDftStride + 8 * r);
        x[r] = x[r] + re * cosine + im * sine;
        y[r] = y[r] + im * cosine - re * sine;
      }
    }
    for (int r = 0; r < kRegisters; ++r) (x[r] * x[r] + y[r] * y[r]).Store(power + row * kDftStride + 8 * r);
  }
}

}  // namespace

extern const BeatNetDftKernel kBeatNetDftKernels = {Power};

}  // namespace kinetone::music::KINETONE_SIMD
