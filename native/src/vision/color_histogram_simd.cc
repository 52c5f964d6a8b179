// Samples of a row in 32-bit numbers, then cell after cell.
#include "vision/color_histogram.h"

#if defined(__AVX2__)
#include <immintrin.h>
#endif
#include <string.h>

#include "rt/vectorize.h"

namespace kinetone::vision::KINETONE_SIMD {
namespace {

struct Sample {
  std::uint32_t y, u, v;
};

std::uint32_t CellOf(const Sample& s) { return s.y >> 4 << 10 | s.u >> 3 << 5 | s.v >> 3; }
std::uint32_t Packed(const Sample& s) { return 1U | s.y << 8 | s.u << 16 | s.v << 24; }

Sample At(const ColorRow& row, int x) {
  const std::uint8_t *top = row.top + 2 * x, *bottom = row.bottom + 2 * x;
  return {static_cast<std::uint32_t>(top[0] + top[1] + bottom[0] + bottom[1] + 2) >> 2, row.u[x], row.v[x]};
}

// Four bytes at once: the first is the lowest.
std::uint32_t Four(const std::uint8_t* bytes) {
  std::uint32_t four;
  memcpy(&four, bytes, sizeof four);
  return four;
}

std::uint32_t FirstOfTwo(const std::uint8_t* bytes) {
  std::uint16_t two;
  memcpy(&two, bytes, sizeof two);
  return two & 255U;
}

std::uint32_t FirstTwoSum(std::uint32_t four) { return (four & 255U) + (four >> 8 & 255U); }

void SampleRow(const ColorRow& row, std::uint32_t* cells, std::uint32_t* samples) {
  const std::uint8_t *top = row.top, *bottom = row.bottom, *u = row.u, *v = row.v;
  const int count = (row.width + row.step - 1) / row.step;
  int i = 0;
  if (row.step == 2) {
    // Whole groups of two chroma samples; the last sample of an odd row stands alone.
    const int whole = row.width / 2;
    KINETONE_INDEPENDENT
    for (int k = 0; k < whole; ++k) {
      const std::uint32_t light = (FirstTwoSum(Four(top + 4 * k)) + FirstTwoSum(Four(bottom + 4 * k)) + 2) >> 2;
      const Sample sample = {light, FirstOfTwo(u + 2 * k), FirstOfTwo(v + 2 * k)};
      cells[k] = CellOf(sample);
      samples[k] = Packed(sample);
    }
    i = whole;
  }
  for (; i < count; ++i) {
    const Sample sample = At(row, i * row.step);
    cells[i] = CellOf(sample);
    samples[i] = Packed(sample);
  }
}

void AddTo(ColorCell& cell, std::uint32_t sample) {
#if defined(__AVX2__)
  auto* lanes = reinterpret_cast<__m128i*>(&cell);
  _mm_store_si128(lanes, _mm_add_epi32(_mm_load_si128(lanes), _mm_cvtepu8_epi32(_mm_cvtsi32_si128(static_cast<int>(sample)))));
#else
  cell.count += 1;
  cell.y += sample >> 8 & 255U;
  cell.u += sample >> 16 & 255U;
  cell.v += sample >> 24;
#endif
}

std::size_t Add(const std::uint32_t* indices, const std::uint32_t* samples, int count, ColorCell* cells, std::uint32_t* occupied,
                std::size_t occupied_count) {
  for (int i = 0; i < count; ++i) {
    ColorCell& cell = cells[indices[i]];
    occupied[occupied_count] = indices[i];
    occupied_count += cell.count == 0 ? 1 : 0;
    AddTo(cell, samples[i]);
  }
  return occupied_count;
}

}  // namespace

extern const ColorHistogramKernels kColorHistogramRows = {SampleRow, Add};

}  // namespace kinetone::vision::KINETONE_SIMD
