#include "dsp/lanes/float8.h"
#include "music/fft_lanes.h"

namespace kinetone::music::KINETONE_SIMD {
namespace {

using dsp::Float8;

struct Complex8 {
  Float8 re, im;
};

KINETONE_INLINE Complex8 Load(const float* p) { return {Float8::Load(p), Float8::Load(p + 8)}; }
KINETONE_INLINE void Store(float* p, Complex8 a) {
  a.re.Store(p);
  a.im.Store(p + 8);
}
KINETONE_INLINE Complex8 operator+(Complex8 a, Complex8 b) { return {a.re + b.re, a.im + b.im}; }
KINETONE_INLINE Complex8 operator-(Complex8 a, Complex8 b) { return {a.re - b.re, a.im - b.im}; }
KINETONE_INLINE Complex8 Turned(Complex8 a, const float* twiddle) {
  const Float8 re = Float8::Of(twiddle[0]), im = Float8::Of(twiddle[1]);
  return {a.re * re - a.im * im, a.re * im + a.im * re};
}
// a - i b and a + i b.
KINETONE_INLINE Complex8 MinusI(Complex8 a, Complex8 b) { return {a.re + b.im, a.im - b.re}; }
KINETONE_INLINE Complex8 PlusI(Complex8 a, Complex8 b) { return {a.re - b.im, a.im + b.re}; }

constexpr std::size_t kElement = 16;  // floats of one complex value in eight lanes

// Even samples to the real parts, odd to the imaginary ones.
void Gather(const float* samples, std::size_t hop, const float* window, std::size_t size, float* out) {
  for (std::size_t n = 0; n < size; n += 8) {
    Float8 rows[8];
    for (std::size_t lane = 0; lane < 8; ++lane) rows[lane] = Float8::Load(samples + lane * hop + n) * Float8::Load(window + n);
    Transpose(rows);
    for (std::size_t i = 0; i < 8; ++i) rows[i].Store(out + (n + i) * 8);
  }
}

// twiddles are of twice the length: step 2 in them is one step of `length`.
float* Transform(float* from, float* to, std::size_t length, const float* twiddles) {
  std::size_t stride = 1, left = length;
  for (; left >= 4; left /= 4, stride *= 4) {
    const std::size_t quarter = left / 4;
    for (std::size_t p = 0; p < quarter; ++p) {
      const float* w1 = twiddles + 2 * (2 * p * stride);
      const float* w2 = twiddles + 2 * (4 * p * stride);
      const std::size_t turn = 6 * p * stride;
      // The third twiddle may lie in the half circle that is not stored: it is minus the one half a circle before.
      const bool is_beyond = turn >= length;
      const float* w3_stored = twiddles + 2 * (is_beyond ? turn - length : turn);
      const float w3[2] = {is_beyond ? -w3_stored[0] : w3_stored[0], is_beyond ? -w3_stored[1] : w3_stored[1]};
      for (std::size_t q = 0; q < stride; ++q) {
        const float* x = from + (q + stride * p) * kElement;
        const std::size_t step = stride * quarter * kElement;
        const Complex8 a = Load(x), b = Load(x + step), c = Load(x + 2 * step), d = Load(x + 3 * step);
        const Complex8 sum = a + c, difference = a - c, other_sum = b + d, other_difference = b - d;
        float* y = to + (q + stride * 4 * p) * kElement;
        Store(y, sum + other_sum);
        Store(y + stride * kElement, Turned(MinusI(difference, other_difference), w1));
        Store(y + 2 * stride * kElement, Turned(sum - other_sum, w2));
        Store(y + 3 * stride * kElement, Turned(PlusI(difference, other_difference), w3));
      }
    }
    float* swap = from;
    from = to;
    to = swap;
  }
  if (left == 2) {
    for (std::size_t q = 0; q < stride; ++q) {
      const Complex8 a = Load(from + q * kElement), b = Load(from + (q + stride) * kElement);
      Store(to + q * kElement, a + b);
      Store(to + (q + stride) * kElement, a - b);
    }
    return to;
  }
  return from;
}

// X[k] = E[k] + w^k O[k] of the even and odd samples' spectra, which lie tangled in z: 2E = z[k] + conj z[-k], 2iO = z[k] - conj z[-k].
void Untangle(const float* z, std::size_t half, const float* twiddles, float* power) {
  const Float8 quarter = Float8::Of(0.25f);
  for (std::size_t k = 0; k <= half / 2; ++k) {
    const std::size_t mirror = half - k;
    const Complex8 a = Load(z + k * kElement), b = Load(z + (mirror % half) * kElement);
    const Complex8 even = {a.re + b.re, a.im - b.im}, odd = {a.im + b.im, b.re - a.re};
    const Complex8 turned = Turned(odd, twiddles + 2 * k);
    const Complex8 low = even + turned, high = even - turned;
    (quarter * (low.re * low.re + low.im * low.im)).Store(power + k * 8);
    (quarter * (high.re * high.re + high.im * high.im)).Store(power + mirror * 8);
  }
}

void Power(const float* samples, std::size_t hop, const float* window, const float* twiddles, std::size_t size, float* work, float* power) {
  float* other = work + size * 8;
  Gather(samples, hop, window, size, work);
  const float* z = Transform(work, other, size / 2, twiddles);
  Untangle(z, size / 2, twiddles, power);
}

}  // namespace

extern const FftLanesKernel kFftLanesKernels = {Power};

}  // namespace kinetone::music::KINETONE_SIMD
