// Plain loops in 16-bit integers: 16 * 255 * 16 fits when unsigned.
#include "vision/edge_detector.h"

#if defined(__AVX2__)
#include <immintrin.h>
#elif defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#endif
#include <string.h>

#include "rt/vectorize.h"

namespace kinetone::vision::KINETONE_SIMD {
namespace {

using Signed = std::int16_t;
using Unsigned = std::uint16_t;

constexpr Signed kLow = kEdgeLow * kSlopeUnit;
constexpr Signed kHigh = kEdgeHigh * kSlopeUnit;
// tan(22.5 degrees) in 1/65536: between the sectors of the four neighbour pairs.
constexpr std::uint32_t kTan22 = 106 * 256;

#if defined(__AVX2__)
constexpr int kLanes = 16;
__m256i Lanes(const Signed* values) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(values)); }
void Put(Signed* out, __m256i values) { _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), values); }
#endif

// Columns first, into a line with two numbers of border, then along it.
void Smooth(const std::uint8_t* const rows[5], int width, Unsigned* line, Signed* out) {
  const std::uint8_t *a = rows[0], *b = rows[1], *c = rows[2], *d = rows[3], *e = rows[4];
  line += 2;
  KINETONE_INDEPENDENT
  for (int x = 0; x < width; ++x) {
    line[x] = static_cast<Unsigned>(a[x] + e[x] + 4 * (b[x] + d[x]) + 6 * c[x]);
  }
  line[-2] = line[-1] = line[0];
  line[width] = line[width + 1] = line[width - 1];
  KINETONE_INDEPENDENT
  for (int x = 0; x < width; ++x) {
    const auto outer = static_cast<Unsigned>(line[x - 2] + line[x + 2]);
    const auto inner = static_cast<Unsigned>(line[x - 1] + line[x + 1]);
    const auto sum = static_cast<Unsigned>(outer + 4 * inner + 6 * line[x] + 8);
    out[x] = static_cast<Signed>(sum >> 4);
  }
  out[-1] = out[0];
  out[width] = out[width - 1];
}

Signed Magnitude(Signed value) { return static_cast<Signed>(value < 0 ? -value : value); }

void Differentiate(const Signed* above, const Signed* row, const Signed* below, int width, const GradientRow& out,
                   std::int64_t sums[2]) {
  Signed *gx = out.x, *gy = out.y, *length = out.length;
  std::int32_t sum_x = 0;
  std::int32_t sum_y = 0;
  int done = 0;
#if defined(__AVX2__)
  const __m256i one = _mm256_set1_epi16(1);
  __m256i sums_x = _mm256_setzero_si256();
  __m256i sums_y = _mm256_setzero_si256();
  for (; done + kLanes <= width; done += kLanes) {
    const Signed *a = above + done, *r = row + done, *b = below + done;
    const __m256i falling = _mm256_sub_epi16(Lanes(b + 1), Lanes(a - 1));
    const __m256i rising = _mm256_sub_epi16(Lanes(a + 1), Lanes(b - 1));
    const __m256i flat = _mm256_sub_epi16(Lanes(r + 1), Lanes(r - 1));
    const __m256i steep = _mm256_sub_epi16(Lanes(b), Lanes(a));
    const __m256i slope_x = _mm256_add_epi16(_mm256_add_epi16(falling, rising), _mm256_add_epi16(flat, flat));
    const __m256i slope_y = _mm256_add_epi16(_mm256_sub_epi16(falling, rising), _mm256_add_epi16(steep, steep));
    const __m256i ax = _mm256_abs_epi16(slope_x);
    const __m256i ay = _mm256_abs_epi16(slope_y);
    const __m256i shorter = _mm256_min_epi16(ax, ay);
    const __m256i rest = _mm256_add_epi16(_mm256_srli_epi16(shorter, 2), _mm256_srli_epi16(shorter, 3));
    Put(gx + done, slope_x);
    Put(gy + done, slope_y);
    Put(length + done, _mm256_add_epi16(_mm256_max_epi16(ax, ay), rest));
    sums_x = _mm256_add_epi32(sums_x, _mm256_madd_epi16(ax, one));
    sums_y = _mm256_add_epi32(sums_y, _mm256_madd_epi16(ay, one));
  }
  alignas(32) std::int32_t parts[2][8];
  _mm256_store_si256(reinterpret_cast<__m256i*>(parts[0]), sums_x);
  _mm256_store_si256(reinterpret_cast<__m256i*>(parts[1]), sums_y);
  for (int k = 0; k < 8; ++k) {
    sum_x += parts[0][k];
    sum_y += parts[1][k];
  }
#endif
  KINETONE_INDEPENDENT
  for (int x = done; x < width; ++x) {
    const auto slope_x = static_cast<Signed>((above[x + 1] - above[x - 1]) + 2 * (row[x + 1] - row[x - 1]) + (below[x + 1] - below[x - 1]));
    const auto slope_y = static_cast<Signed>((below[x - 1] - above[x - 1]) + 2 * (below[x] - above[x]) + (below[x + 1] - above[x + 1]));
    gx[x] = slope_x;
    gy[x] = slope_y;
    const Signed ax = Magnitude(slope_x);
    const Signed ay = Magnitude(slope_y);
    const Signed longer = ax > ay ? ax : ay;
    const Signed shorter = ax > ay ? ay : ax;
    length[x] = static_cast<Signed>(longer + ((shorter >> 2) + (shorter >> 3)));
    sum_x += ax;
    sum_y += ay;
  }
  sums[0] += sum_x;
  sums[1] += sum_y;
}

constexpr int kWordBits = 64;
#if defined(__AVX2__)

// Which of sixteen pixels are longest across their edge: all ones or all zeros.
__m256i Longest(const Signed* above, const Signed* gx, const Signed* gy, const Signed* length, const Signed* below) {
  const __m256i slope_x = Lanes(gx);
  const __m256i slope_y = Lanes(gy);
  const __m256i ax = _mm256_abs_epi16(slope_x);
  const __m256i ay = _mm256_abs_epi16(slope_y);
  const __m256i tan22 = _mm256_set1_epi16(static_cast<Signed>(kTan22));
  const __m256i no_lying = _mm256_cmpgt_epi16(ay, _mm256_mulhi_epu16(ax, tan22));
  const __m256i no_standing = _mm256_cmpgt_epi16(ax, _mm256_mulhi_epu16(ay, tan22));
  const __m256i falls = _mm256_srai_epi16(_mm256_xor_si256(slope_x, slope_y), 15);
  __m256i before = _mm256_blendv_epi8(Lanes(above - 1), Lanes(above + 1), falls);
  __m256i after = _mm256_blendv_epi8(Lanes(below + 1), Lanes(below - 1), falls);
  before = _mm256_blendv_epi8(Lanes(above), before, no_standing);
  after = _mm256_blendv_epi8(Lanes(below), after, no_standing);
  before = _mm256_blendv_epi8(Lanes(length - 1), before, no_lying);
  after = _mm256_blendv_epi8(Lanes(length + 1), after, no_lying);
  // One side strict: of two equal neighbours one survives.
  const __m256i m = Lanes(length);
  return _mm256_andnot_si256(_mm256_cmpgt_epi16(after, m), _mm256_cmpgt_epi16(m, before));
}

// One bit of each of 32 numbers, all ones or all zeros.
std::uint64_t Signs(__m256i low, __m256i high) {
  const __m256i bytes = _mm256_permute4x64_epi64(_mm256_packs_epi16(low, high), _MM_SHUFFLE(3, 1, 2, 0));
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
}

void Suppress(const Signed* above, const GradientRow& row, const Signed* below, int words, std::uint64_t* any, std::uint64_t* strong) {
  const __m256i under_low = _mm256_set1_epi16(kLow - 1);
  const __m256i under_high = _mm256_set1_epi16(kHigh - 1);
  for (int word = 0; word < words; ++word) {
    any[word] = strong[word] = 0;
    for (int half = 0; half < kWordBits; half += 2 * kLanes) {
      const int x = word * kWordBits + half;
      const int next = x + kLanes;
      const __m256i low_x = _mm256_cmpgt_epi16(Lanes(row.length + x), under_low);
      const __m256i low_next = _mm256_cmpgt_epi16(Lanes(row.length + next), under_low);
      const __m256i both = _mm256_or_si256(low_x, low_next);
      // Nothing but flat ground.
      if (_mm256_testz_si256(both, both) != 0) continue;
      const __m256i at_x = Longest(above + x, row.x + x, row.y + x, row.length + x, below + x);
      const __m256i at_next = Longest(above + next, row.x + next, row.y + next, row.length + next, below + next);
      const __m256i high_x = _mm256_cmpgt_epi16(Lanes(row.length + x), under_high);
      const __m256i high_next = _mm256_cmpgt_epi16(Lanes(row.length + next), under_high);
      any[word] |= Signs(_mm256_and_si256(at_x, low_x), _mm256_and_si256(at_next, low_next)) << half;
      strong[word] |= Signs(_mm256_and_si256(at_x, high_x), _mm256_and_si256(at_next, high_next)) << half;
    }
  }
}

#else

constexpr std::uint8_t kAnyFlag = 1;
constexpr std::uint8_t kStrongFlag = 2;

// The bit `flag` of 64 bytes as 64 bits, the first byte lowest.
template <std::uint8_t flag>
std::uint64_t Bits(const std::uint8_t* flags) {
  constexpr int kShift = flag == kAnyFlag ? 7 : 6;  // to the sign
  std::uint64_t bits = 0;
#if defined(__SSE2__) || defined(_M_X64)
  for (int i = 0; i < kWordBits; i += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(flags + i));
    const auto mask = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_slli_epi16(bytes, kShift)));
    bits |= static_cast<std::uint64_t>(mask) << i;
  }
#else
  for (int i = 0; i < kWordBits; i += 8) {
    std::uint64_t bytes;
    memcpy(&bytes, flags + i, sizeof bytes);
    bits |= ((bytes >> (7 - kShift) & 0x0101010101010101U) * 0x0102040810204080U >> 56) << i;
  }
#endif
  return bits;
}

// floor(value * tan(22.5 degrees)).
Signed TimesTan22(Signed value) {
  return static_cast<Signed>(static_cast<Unsigned>(static_cast<std::uint32_t>(static_cast<Unsigned>(value)) * kTan22 >> 16));
}

void Suppress(const Signed* above, const GradientRow& row, const Signed* below, int words, std::uint64_t* any, std::uint64_t* strong) {
  for (int word = 0; word < words; ++word, above += kWordBits, below += kWordBits) {
    const Signed *gx = row.x + word * kWordBits, *gy = row.y + word * kWordBits, *length = row.length + word * kWordBits;
    std::uint8_t flags[kWordBits];
    KINETONE_INDEPENDENT
    for (int x = 0; x < kWordBits; ++x) {
      const Signed m = length[x];
      const Signed ax = Magnitude(gx[x]);
      const Signed ay = Magnitude(gy[x]);
      // All ones or all zeros: selections in the width of the numbers themselves.
      const auto lies = static_cast<Signed>(-(ay <= TimesTan22(ax)));
      const auto stands = static_cast<Signed>(-(ax <= TimesTan22(ay)));
      const auto falls = static_cast<Signed>(-((gx[x] ^ gy[x]) < 0));
      const Signed slant_before = static_cast<Signed>((above[x + 1] & falls) | (above[x - 1] & ~falls));
      const Signed slant_after = static_cast<Signed>((below[x - 1] & falls) | (below[x + 1] & ~falls));
      const Signed steep_before = static_cast<Signed>((above[x] & stands) | (slant_before & ~stands));
      const Signed steep_after = static_cast<Signed>((below[x] & stands) | (slant_after & ~stands));
      const Signed before = static_cast<Signed>((length[x - 1] & lies) | (steep_before & ~lies));
      const Signed after = static_cast<Signed>((length[x + 1] & lies) | (steep_after & ~lies));
      // One side strict: of two equal neighbours one survives.
      const auto is_longest = static_cast<Signed>(-((m > before) & (m >= after)));
      const auto classes = static_cast<Signed>((-(m >= kLow) & kAnyFlag) | (-(m >= kHigh) & kStrongFlag));
      flags[x] = static_cast<std::uint8_t>(is_longest & classes);
    }
    any[word] = Bits<kAnyFlag>(flags);
    strong[word] = Bits<kStrongFlag>(flags);
  }
}

#endif

bool Touching(const std::uint64_t* above, const std::uint64_t* row, const std::uint64_t* below, const std::uint64_t* any, int words,
              std::uint64_t* out) {
  std::uint64_t found = 0;
  KINETONE_INDEPENDENT
  for (int w = 0; w < words; ++w) {
    const std::uint64_t here = above[w] | row[w] | below[w];
    const std::uint64_t before = above[w - 1] | row[w - 1] | below[w - 1];
    const std::uint64_t after = above[w + 1] | row[w + 1] | below[w + 1];
    const std::uint64_t near = here | here << 1 | here >> 1 | before >> (kWordBits - 1) | after << (kWordBits - 1);
    const std::uint64_t reached = near & any[w] & ~row[w];
    out[w] = reached;
    found |= reached;
  }
  return found != 0;
}

#if defined(__AVX2__)

// For each set of eight lanes of 16 bits, the bytes that move those in it together.
struct Packings {
  alignas(16) std::uint8_t bytes[256][16];
};

constexpr Packings MakePackings() {
  Packings out{};
  for (int set = 0; set < 256; ++set) {
    int at = 0;
    for (int lane = 0; lane < 8; ++lane) {
      if ((set >> lane & 1) == 0) continue;
      out.bytes[set][at++] = static_cast<std::uint8_t>(2 * lane);
      out.bytes[set][at++] = static_cast<std::uint8_t>(2 * lane + 1);
    }
  }
  return out;
}

constexpr Packings kPackings = MakePackings();

__m128i PackingOf(std::uint64_t set) { return _mm_load_si128(reinterpret_cast<const __m128i*>(kPackings.bytes[set & 255])); }
__m128i Eight(const Signed* values) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(values)); }
void PutEight(Signed* out, __m128i values) { _mm_storeu_si128(reinterpret_cast<__m128i*>(out), values); }

std::size_t List(const std::uint64_t* bits, const GradientRow& row, int words, const EdgeLists& out) {
  const __m128i steps = _mm_setr_epi16(0, 1, 2, 3, 4, 5, 6, 7);
  std::size_t count = 0;
  for (int word = 0; word < words; ++word) {
    if (bits[word] == 0) continue;
    for (int byte = 0; byte < kWordBits / 8; ++byte) {
      const int x = word * kWordBits + 8 * byte;
      const std::uint64_t set = bits[word] >> (8 * byte) & 255;
      const __m128i packing = PackingOf(set);
      PutEight(out.x + count, _mm_shuffle_epi8(_mm_add_epi16(steps, _mm_set1_epi16(static_cast<Signed>(x))), packing));
      PutEight(out.gx + count, _mm_shuffle_epi8(Eight(row.x + x), packing));
      PutEight(out.gy + count, _mm_shuffle_epi8(Eight(row.y + x), packing));
      count += static_cast<std::size_t>(_mm_popcnt_u32(static_cast<unsigned>(set)));
    }
  }
  return count;
}

std::size_t Keep(const std::uint64_t* any, const std::uint64_t* edges, int words, int y, const EdgeLists& from, const EdgeLists& out,
                 std::size_t& candidates) {
  const __m128i row = _mm_set1_epi16(static_cast<Signed>(y));
  std::size_t count = 0;
  std::size_t at = 0;
  for (int word = 0; word < words; ++word) {
    std::uint64_t rest = _pext_u64(edges[word], any[word]);
    for (std::size_t i = at; rest != 0; i += 8, rest >>= 8) {
      const __m128i packing = PackingOf(rest);
      PutEight(out.x + count, _mm_shuffle_epi8(Eight(from.x + i), packing));
      PutEight(out.y + count, row);
      PutEight(out.gx + count, _mm_shuffle_epi8(Eight(from.gx + i), packing));
      PutEight(out.gy + count, _mm_shuffle_epi8(Eight(from.gy + i), packing));
      count += static_cast<std::size_t>(_mm_popcnt_u32(static_cast<unsigned>(rest & 255)));
    }
    at += static_cast<std::size_t>(_mm_popcnt_u64(any[word]));
  }
  candidates = at;
  return count;
}

#else

// The lowest bit that is set; bits is not 0.
int Lowest(std::uint64_t bits) {
#if defined(__GNUC__)
  return __builtin_ctzll(bits);
#else
  int bit = 0;
  for (; (bits & 1) == 0; bits >>= 1) ++bit;
  return bit;
#endif
}

std::size_t List(const std::uint64_t* bits, const GradientRow& row, int words, const EdgeLists& out) {
  std::size_t count = 0;
  for (int word = 0; word < words; ++word) {
    for (std::uint64_t rest = bits[word]; rest != 0; rest &= rest - 1, ++count) {
      const int x = word * kWordBits + Lowest(rest);
      out.x[count] = static_cast<Signed>(x);
      out.gx[count] = row.x[x];
      out.gy[count] = row.y[x];
    }
  }
  return count;
}

std::size_t Keep(const std::uint64_t* any, const std::uint64_t* edges, int words, int y, const EdgeLists& from, const EdgeLists& out,
                 std::size_t& candidates) {
  std::size_t count = 0;
  std::size_t at = 0;
  for (int word = 0; word < words; ++word) {
    for (std::uint64_t rest = any[word]; rest != 0; rest &= rest - 1, ++at) {
      out.x[count] = from.x[at];
      out.y[count] = static_cast<Signed>(y);
      out.gx[count] = from.gx[at];
      out.gy[count] = from.gy[at];
      count += (edges[word] & rest & ~(rest - 1)) != 0 ? 1 : 0;
    }
  }
  candidates = at;
  return count;
}

#endif

}  // namespace

extern const EdgeKernels kEdgeRows = {Smooth, Differentiate, Suppress, Touching, List, Keep};

}  // namespace kinetone::vision::KINETONE_SIMD
