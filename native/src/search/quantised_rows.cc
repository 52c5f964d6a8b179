// The bound: with q = q' + f, x = x' + e (primes: whole numbers times a scale), q.x - q'.x' = q'.e + f.x, so by Cauchy-Schwarz it is
// at most |q'||e| + |f||x|. |e| is kept with each row, |f| is the query's. Rounding is added as a share of |q||x|.
#include "search/quantised_rows.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "search/quantised_kernels.h"

namespace kinetone::search {
namespace {

constexpr std::size_t kBlock = 256;
// Of |q||x|, in units of 2^-24: 21 for a product and its sum in the exact scan (16 steps of 32 lanes, five folds), 4 for weighting,
// adding and dividing the segments, 11 for the estimate from the integer on, 3 for norms of the rest; 64 are taken.
constexpr double kRounding = 0x1p-18;
// What makes a bound larger than the roundings of computing it (17 of 2^-24: 10 for a norm, 7 from there on) can make it smaller.
constexpr double kUp = 1 + 0x1p-18;
// More than all products that are too small for a float can come to, at the norms and weights that are let through.
constexpr float kTiny = 0x1p-80F;
constexpr float kLeastWeight = 0x1p-20F, kMostWeight = 0x1p20F;
// Reading bytes is given up where a quarter of all rows, or every second one so far, would have to be read again.
constexpr std::size_t kMostShare = 4, kMostSoFar = 2;

struct Candidate {
  std::uint32_t row;
  float upper;
};

// The query.top best lower bounds so far: a row whose upper bound is below their least is not among the best.
class Threshold {
 public:
  explicit Threshold(std::size_t top) : top_(top) { best_.reserve(top + 1); }
  float least() const { return best_.size() < top_ ? -std::numeric_limits<float>::infinity() : best_.front(); }
  void Add(float lower) {
    if (best_.size() == top_ && lower <= best_.front()) return;
    best_.push_back(lower);
    std::push_heap(best_.begin(), best_.end(), std::greater<>());
    if (best_.size() <= top_) return;
    std::pop_heap(best_.begin(), best_.end(), std::greater<>());
    best_.pop_back();
  }

 private:
  std::size_t top_;
  std::vector<float> best_;
};

void KeepFrom(float least, std::vector<Candidate>& candidates) {
  std::erase_if(candidates, [least](const Candidate& each) { return each.upper < least; });
}

}  // namespace

// A query made ready. inverses: one over the weights of the segments that a row has, by their bits.
struct QuantisedRows::Prepared {
  std::uint8_t asked = 0;
  alignas(64) std::int16_t numbers[kSegments][kQuantisedMost];
  std::array<float, kSegments> scales = {}, reaches = {};
  std::array<float, 1U << kSegments> inverses = {};
  float slack = 0;
};

struct QuantisedRows::Bounds {
  float middle[kBlock], width[kBlock];  // times the weights
};

QuantisedRows::QuantisedRows(std::size_t rows, const std::array<const float*, kSegments>& segments) : rows_(rows) {
  for (std::size_t segment = 0; segment < kSegments; ++segment) {
    const std::size_t length = kSegmentLengths[segment];
    numbers_[segment] = rt::MakeLarge<std::int8_t>(rows * length);
    scales_[segment].resize(rows);
    errors_[segment].resize(rows);
    for (std::size_t row = 0; row < rows; ++row) {
      const Quantised made = QuantisedLoops().to_bytes(segments[segment] + row * length, length, numbers_[segment].get() + row * length);
      if (!(made.norm <= kMostNorm)) {
        is_bounded_ = false;
        return;
      }
      scales_[segment][row] = made.scale;
      errors_[segment][row] = static_cast<float>((made.rest + made.norm * kRounding) * kUp);
      norms_[segment] = std::max(norms_[segment], made.norm);
    }
  }
}

std::size_t QuantisedRows::bytes() const {
  std::size_t bytes = 0;
  for (const std::size_t length : kSegmentLengths) bytes += rows_ * (length + 2 * sizeof(float));
  return bytes;
}

bool QuantisedRows::Prepare(const Query& query, std::uint8_t asked, Prepared& prepared) const {
  prepared.asked = asked;
  double slack = 0;
  for (std::size_t segment = 0; segment < kSegments; ++segment) {
    if ((asked >> segment & 1) == 0) continue;
    const float weight = query.weights[segment];
    const Quantised made = QuantisedLoops().to_words(query.vectors[segment], kSegmentLengths[segment], prepared.numbers[segment]);
    if (made.scale == 0.0F || weight < kLeastWeight || weight > kMostWeight) return false;
    prepared.scales[segment] = weight * made.scale;
    prepared.reaches[segment] = static_cast<float>(static_cast<double>(weight) * (made.norm + made.rest) * kUp);
    slack = std::max(slack, made.rest * norms_[segment]);
  }
  prepared.slack = static_cast<float>(slack * kUp * kUp) + kTiny;
  for (std::size_t bits = 1; bits < prepared.inverses.size(); ++bits) {
    float share = 0;
    for (std::size_t segment = 0; segment < kSegments; ++segment) {
      if ((bits & asked) >> segment & 1) share += query.weights[segment];
    }
    prepared.inverses[bits] = share > 0 ? 1 / share : 0;
  }
  return true;
}

// A segment that a row does not have is all zero, with no error.
void QuantisedRows::Bound(const Prepared& query, const std::uint32_t* which, std::size_t count, Bounds& bounds) const {
  std::int32_t dots[kBlock];
  float gathered[2][kBlock];
  const bool is_in_order = which[count - 1] - which[0] == count - 1;
  std::fill_n(bounds.middle, count, 0.0F);
  std::fill_n(bounds.width, count, 0.0F);
  for (std::size_t segment = 0; segment < kSegments; ++segment) {
    if ((query.asked >> segment & 1) == 0) continue;
    QuantisedLoops().dots(query.numbers[segment], numbers_[segment].get(), which, count, kSegmentLengths[segment], dots);
    const float *scales = scales_[segment].data() + which[0], *errors = errors_[segment].data() + which[0];
    if (!is_in_order) {
      for (std::size_t i = 0; i < count; ++i) {
        gathered[0][i] = scales_[segment][which[i]];
        gathered[1][i] = errors_[segment][which[i]];
      }
      scales = gathered[0];
      errors = gathered[1];
    }
    const float scale = query.scales[segment], reach = query.reaches[segment];
    for (std::size_t i = 0; i < count; ++i) {
      bounds.middle[i] += static_cast<float>(dots[i]) * scale * scales[i];
      bounds.width[i] += reach * errors[i];
    }
  }
}

bool QuantisedRows::Candidates(const Query& query, std::uint8_t asked, const std::uint8_t* present, const std::vector<std::uint32_t>& rows, std::vector<std::uint32_t>& left) const {
  const std::size_t most = rows.size() / kMostShare;
  Prepared prepared;
  if (!is_bounded_ || rows.size() < kLeastRows || query.top > most / 2 || !Prepare(query, asked, prepared)) return false;
  std::vector<Candidate> candidates;
  Threshold threshold(query.top);
  Bounds bounds;
  std::size_t next_check = std::min(most, kBlock);
  for (std::size_t from = 0; from < rows.size(); from += kBlock) {
    const std::size_t count = std::min(kBlock, rows.size() - from);
    const std::uint32_t* which = rows.data() + from;
    Bound(prepared, which, count, bounds);
    for (std::size_t i = 0; i < count; ++i) {
      const float inverse = prepared.inverses[present[which[i]] & asked];
      const float middle = bounds.middle[i] * inverse, width = bounds.width[i] * inverse + prepared.slack;
      if (middle + width < threshold.least()) continue;
      candidates.push_back({which[i], middle + width});
      threshold.Add(middle - width);
    }
    if (candidates.size() <= next_check) continue;
    KeepFrom(threshold.least(), candidates);
    if (candidates.size() > std::min(most / 2, (from + count) / kMostSoFar)) return false;
    next_check = std::min(most, std::max(kBlock, 2 * candidates.size()));
  }
  KeepFrom(threshold.least(), candidates);
  left.clear();
  for (const Candidate& each : candidates) left.push_back(each.row);
  return true;
}

}  // namespace kinetone::search
