// Plain loops in 16-bit integers: 16 * 255 * 16 fits when unsigned.
#include "vision/edge_detector.h"

#include "rt/vectorize.h"

namespace kinetone::vision::KINETONE_SIMD {
namespace {

using Signed = std::int16_t;
using Unsigned = std::uint16_t;

constexpr Signed kLow = kEdgeLow * kSlopeUnit;
constexpr Signed kHigh = kEdgeHigh * kSlopeUnit;
// tan(22.5 degrees) in 1/65536: between the sectors of the four neighbour pairs.
constexpr std::uint32_t kTan22 = 106 * 256;

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
  KINETONE_INDEPENDENT
  for (int x = 0; x < width; ++x) {
    gx[x] = static_cast<Signed>((above[x + 1] - above[x - 1]) + 2 * (row[x + 1] - row[x - 1]) + (below[x + 1] - below[x - 1]));
    gy[x] = static_cast<Signed>((below[x - 1] - above[x - 1]) + 2 * (below[x] - above[x]) + (below[x + 1] - above[x + 1]));
  }
  std::int32_t sum_x = 0;
  std::int32_t sum_y = 0;
  KINETONE_INDEPENDENT
  for (int x = 0; x < width; ++x) {
    const Signed ax = Magnitude(gx[x]);
    const Signed ay = Magnitude(gy[x]);
    const Signed longer = ax > ay ? ax : ay;
    const Signed shorter = ax > ay ? ay : ax;
    length[x] = static_cast<Signed>(longer + ((shorter >> 2) + (shorter >> 3)));
    sum_x += ax;
    sum_y += ay;
  }
  sums[0] += sum_x;
  sums[1] += sum_y;
}

// floor(value * tan(22.5 degrees)).
Signed TimesTan22(Signed value) {
  return static_cast<Signed>(static_cast<Unsigned>(static_cast<std::uint32_t>(static_cast<Unsigned>(value)) * kTan22 >> 16));
}

void Suppress(const Signed* above, const GradientRow& row, const Signed* below, int width, std::uint8_t* any, std::uint8_t* strong) {
  const Signed *gx = row.x, *gy = row.y, *length = row.length;
  KINETONE_INDEPENDENT
  for (int x = 0; x < width; ++x) {
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
    const int is_longest = static_cast<int>(m > before) & static_cast<int>(m >= after);
    any[x] = static_cast<std::uint8_t>(is_longest & static_cast<int>(m >= kLow));
    strong[x] = static_cast<std::uint8_t>(is_longest & static_cast<int>(m >= kHigh));
  }
  any[0] = strong[0] = any[width - 1] = strong[width - 1] = 0;
}

}  // namespace

extern const EdgeKernels kEdgeRows = {Smooth, Differentiate, Suppress};

}  // namespace kinetone::vision::KINETONE_SIMD
