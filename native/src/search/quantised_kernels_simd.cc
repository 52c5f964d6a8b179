// Largest number, scale, rounding, what is left; inner products of 16 bits with 8, in 32.
#include "search/quantised_kernels.h"

#include <math.h>
#include <string.h>

#if defined(__AVX2__)
#include <immintrin.h>
#elif defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#endif

#include "dsp/lanes/float8.h"
#include "rt/vectorize.h"

namespace kinetone::search::KINETONE_SIMD {
namespace {

// Rows between the one that is read and the one that is fetched: twice that of the floats (vector_scan_simd512.cc), whose rows are longer.
constexpr std::size_t kAhead = 4;
constexpr std::size_t kLine = 64;

using dsp::Float8;

constexpr std::size_t kVectors = 4;
constexpr std::size_t kLanes = kVectors * Float8::kLanes;

struct Lanes {
  Float8 v[kVectors] = {Float8::Of(0.0F), Float8::Of(0.0F), Float8::Of(0.0F), Float8::Of(0.0F)};

  double Total() const {
    alignas(64) float all[Float8::kLanes];
    ((v[0] + v[1]) + (v[2] + v[3])).Store(all);
    double total = 0;
    for (const float lane : all) total += static_cast<double>(lane);
    return total;
  }

  float Most() const {
    alignas(64) float all[Float8::kLanes];
    Larger(Larger(v[0], v[1]), Larger(v[2], v[3])).Store(all);
    float most = 0;
    for (const float lane : all) most = lane > most ? lane : most;
    return most;
  }

  static Float8 Larger(Float8 a, Float8 b) { return SelectGreater(a, b, a, b); }
};

struct Size {
  double norm;
  float most;  // the largest magnitude
};

Size SizeOf(const float* vector, std::size_t length) {
  const Float8 zero = Float8::Of(0.0F);
  Lanes most, squares;
  for (std::size_t at = 0; at < length; at += kLanes) {
    for (std::size_t i = 0; i < kVectors; ++i) {
      const Float8 value = Float8::Load(vector + at + i * Float8::kLanes), other = zero - value;
      most.v[i] = Lanes::Larger(Lanes::Larger(value, other), most.v[i]);
      squares.v[i] = squares.v[i] + value * value;
    }
  }
  return {sqrt(squares.Total()), most.Most()};
}

// The rest in floats: its own roundings are 1.1 * 2^-24 of the norm (those of scale * number), those of their squares' sum 10 * 2^-24 of it.
template <typename Number, int kLargest>
Quantised Quantise(const float* vector, std::size_t length, Number* numbers) {
  const Size size = SizeOf(vector, length);
  if (!(size.norm >= kLeastNorm && size.norm <= kMostNorm)) {
    memset(numbers, 0, length * sizeof(Number));
    // Squares of what is this small may have been rounded to nothing.
    const double bound = size.norm < kLeastNorm && size.most > 0 ? 2 * kLeastNorm : size.norm;
    return {0.0F, bound, bound};
  }
  const float scale = size.most / kLargest;
  const Float8 step = Float8::Of(scale), inverse = Float8::Of(kLargest / size.most);
  // To the nearest whole number: adding 1.5 * 2^23 leaves no room for a fraction.
  const Float8 whole = Float8::Of(12582912.0F);
  alignas(64) float wholes[kQuantisedMost];
  Lanes rests;
  for (std::size_t at = 0; at < length; at += kLanes) {
    for (std::size_t i = 0; i < kVectors; ++i) {
      const std::size_t from = at + i * Float8::kLanes;
      const Float8 value = Float8::Load(vector + from), number = (value * inverse + whole) - whole, rest = value - step * number;
      number.Store(wholes + from);
      rests.v[i] = rests.v[i] + rest * rest;
    }
  }
  KINETONE_INDEPENDENT
  for (std::size_t i = 0; i < length; ++i) numbers[i] = static_cast<Number>(static_cast<std::int32_t>(wholes[i]));
  return {scale, size.norm, sqrt(rests.Total())};
}

#if defined(__AVX2__)

using Sum = __m256i;

inline Sum Widened(const std::int8_t* row) { return _mm256_cvtepi8_epi16(_mm_load_si128(reinterpret_cast<const __m128i*>(row))); }
inline Sum Product(const std::int16_t* query, const std::int8_t* row) { return _mm256_madd_epi16(Widened(row), _mm256_loadu_si256(reinterpret_cast<const __m256i*>(query))); }

inline Sum LineProduct(const std::int16_t* query, const std::int8_t* row) {
  const Sum first = _mm256_add_epi32(Product(query, row), Product(query + 16, row + 16));
  return _mm256_add_epi32(first, _mm256_add_epi32(Product(query + 32, row + 32), Product(query + 48, row + 48)));
}

inline Sum None() { return _mm256_setzero_si256(); }
inline Sum Added(Sum a, Sum b) { return _mm256_add_epi32(a, b); }

inline void Store(const Sum (&sums)[4], std::int32_t* out) {
  const __m256i all = _mm256_hadd_epi32(_mm256_hadd_epi32(sums[0], sums[1]), _mm256_hadd_epi32(sums[2], sums[3]));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm_add_epi32(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1)));
}

#elif defined(__SSE2__) || defined(_M_X64)

using Sum = __m128i;

inline Sum None() { return _mm_setzero_si128(); }
inline Sum Added(Sum a, Sum b) { return _mm_add_epi32(a, b); }

inline Sum LineProduct(const std::int16_t* query, const std::int8_t* row) {
  Sum sum = None();
  for (std::size_t at = 0; at < kLine; at += 16) {
    const __m128i bytes = _mm_load_si128(reinterpret_cast<const __m128i*>(row + at));
    const __m128i signs = _mm_cmpgt_epi8(_mm_setzero_si128(), bytes);
    const __m128i* words = reinterpret_cast<const __m128i*>(query + at);
    sum = Added(sum, _mm_madd_epi16(_mm_unpacklo_epi8(bytes, signs), _mm_loadu_si128(words)));
    sum = Added(sum, _mm_madd_epi16(_mm_unpackhi_epi8(bytes, signs), _mm_loadu_si128(words + 1)));
  }
  return sum;
}

inline void Store(const Sum (&sums)[4], std::int32_t* out) {
  const __m128i low01 = _mm_unpacklo_epi32(sums[0], sums[1]), high01 = _mm_unpackhi_epi32(sums[0], sums[1]);
  const __m128i low23 = _mm_unpacklo_epi32(sums[2], sums[3]), high23 = _mm_unpackhi_epi32(sums[2], sums[3]);
  const __m128i even = Added(_mm_unpacklo_epi64(low01, low23), _mm_unpackhi_epi64(low01, low23));
  const __m128i odd = Added(_mm_unpacklo_epi64(high01, high23), _mm_unpackhi_epi64(high01, high23));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(out), Added(even, odd));
}

#else

using Sum = std::int32_t;

inline Sum None() { return 0; }
inline Sum Added(Sum a, Sum b) { return a + b; }

inline Sum LineProduct(const std::int16_t* query, const std::int8_t* row) {
  Sum sum = 0;
  KINETONE_INDEPENDENT
  for (std::size_t i = 0; i < kLine; ++i) sum += static_cast<std::int32_t>(query[i]) * static_cast<std::int32_t>(row[i]);
  return sum;
}

inline void Store(const Sum (&sums)[4], std::int32_t* out) {
  for (int i = 0; i < 4; ++i) out[i] = sums[i];
}

#endif

inline void Prefetch(const std::int8_t* at) {
#if defined(_MSC_VER)
  _mm_prefetch(reinterpret_cast<const char*>(at), _MM_HINT_T0);
#else
  __builtin_prefetch(at);
#endif
}

// One row, read in order; `next` is a row after it, fetched meanwhile where the memory cannot guess it.
template <bool kFetch>
inline Sum RowProduct(const std::int16_t* query, const std::int8_t* row, const std::int8_t* next, std::size_t length) {
  Sum sum = None();
  for (std::size_t at = 0; at < length; at += kLine) {
    if constexpr (kFetch) Prefetch(next + at);
    sum = Added(sum, LineProduct(query + at, row + at));
  }
  return sum;
}

void Dots(const std::int16_t* query, const std::int8_t* rows, const std::uint32_t* which, std::size_t count, std::size_t length, std::int32_t* out) {
  for (std::size_t first = 0; first < count; first += 4) {
    const std::size_t taken = count - first < 4 ? count - first : 4;
    Sum sums[4] = {None(), None(), None(), None()};
    for (std::size_t i = 0; i < taken; ++i) {
      const std::size_t at = first + i, next = at + kAhead < count ? at + kAhead : count - 1;
      const std::int8_t* row = rows + which[at] * length;
      const bool is_in_order = which[next] == which[at] + (next - at);
      sums[i] = is_in_order ? RowProduct<false>(query, row, row, length) : RowProduct<true>(query, row, rows + which[next] * length, length);
    }
    std::int32_t four[4];
    Store(sums, four);
    for (std::size_t i = 0; i < taken; ++i) out[first + i] = four[i];
  }
}

}  // namespace

extern const QuantisedKernels kQuantisedLoops = {Quantise<std::int8_t, 127>, Quantise<std::int16_t, 32767>, Dots};

}  // namespace kinetone::search::KINETONE_SIMD
