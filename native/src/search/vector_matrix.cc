// The scan, block after block: rows that count or are left, their inner products per segment, scores, the best so far.
#include "search/vector_matrix.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "search/vector_scan.h"

namespace kinetone::search {
namespace {

constexpr std::size_t kBlock = 256;

// Whether a is the better hit.
bool Better(const Hit& a, const Hit& b) { return a.score > b.score || (a.score == b.score && a.row < b.row); }

bool HasAny(const float* row, std::size_t length) {
  for (std::size_t i = 0; i < length; ++i) {
    if (row[i] != 0.0F) return true;
  }
  return false;
}

// Those of [from, to), in order, that the mask leaves and that have a segment that is asked for.
std::vector<std::uint32_t> RowsThatCount(const std::uint8_t* mask, const std::vector<std::uint8_t>& present, std::uint8_t asked, std::size_t from, std::size_t to) {
  std::vector<std::uint32_t> which(to - from);
  std::size_t count = 0;
  for (std::size_t row = from; row < to; ++row) {
    which[count] = static_cast<std::uint32_t>(row);
    const bool is_left = mask == nullptr || mask[row] != 0, is_present = (present[row] & asked) != 0;
    count += static_cast<std::size_t>(is_left & is_present);
  }
  which.resize(count);
  return which;
}

}  // namespace

VectorMatrix::VectorMatrix(std::size_t rows, const std::array<const float*, kSegments>& segments) : rows_(rows), present_(rows, 0) {
  for (std::size_t segment = 0; segment < kSegments; ++segment) {
    const std::size_t length = kSegmentLengths[segment];
    segments_[segment] = rt::MakeLarge<float>(rows * length);
    std::copy_n(segments[segment], rows * length, segments_[segment].get());
    for (std::size_t row = 0; row < rows; ++row) {
      if (HasAny(segments[segment] + row * length, length)) present_[row] |= static_cast<std::uint8_t>(1U << segment);
    }
  }
  if (rows >= QuantisedRows::kLeastRows) quantised_ = std::make_unique<const QuantisedRows>(rows, segments);
}

std::size_t VectorMatrix::bytes() const {
  std::size_t floats = 0;
  for (const std::size_t length : kSegmentLengths) floats += rows_ * length;
  return floats * sizeof(float) + present_.size() + (quantised_ ? quantised_->bytes() : 0);
}

void VectorMatrix::Score(const Query& query, std::uint8_t asked, const std::uint32_t* which, std::size_t count, std::vector<Hit>& best) const {
  std::uint32_t places[kBlock];
  std::uint32_t read[kBlock];
  float dots[kBlock];
  float sums[kBlock], shares[kBlock], parts[kSegments][kBlock];
  std::fill_n(sums, count, 0.0F);
  std::fill_n(shares, count, 0.0F);
  for (std::size_t segment = 0; segment < kSegments; ++segment) {
    std::fill_n(parts[segment], count, std::numeric_limits<float>::quiet_NaN());
    if ((asked >> segment & 1) == 0) continue;
    std::size_t reading = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if ((present_[which[i]] >> segment & 1) == 0) continue;
      places[reading] = static_cast<std::uint32_t>(i);
      read[reading++] = which[i];
    }
    ScanLoops().dots(query.vectors[segment], segments_[segment].get(), read, reading, kSegmentLengths[segment], dots);
    for (std::size_t i = 0; i < reading; ++i) {
      parts[segment][places[i]] = dots[i];
      sums[places[i]] += query.weights[segment] * dots[i];
      shares[places[i]] += query.weights[segment];
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Hit hit = {which[i], sums[i] / shares[i], {parts[0][i], parts[1][i], parts[2][i]}};
    if (best.size() == query.top && !Better(hit, best.front())) continue;
    best.push_back(hit);
    std::push_heap(best.begin(), best.end(), Better);
    if (best.size() <= query.top) continue;
    std::pop_heap(best.begin(), best.end(), Better);
    best.pop_back();
  }
}

std::vector<Hit> VectorMatrix::Search(const Query& query, std::size_t from, std::size_t to, Reading reading) const {
  to = std::min(to, rows_);
  if (query.top == 0 || from >= to) return {};
  std::uint8_t asked = 0;
  for (std::size_t segment = 0; segment < kSegments; ++segment) {
    if (query.vectors[segment] != nullptr && query.weights[segment] > 0.0F) asked |= static_cast<std::uint8_t>(1U << segment);
  }
  std::vector<std::uint32_t> which = RowsThatCount(query.mask, present_, asked, from, to), left;
  if (reading == Reading::kBytesFirst && quantised_ && quantised_->Candidates(query, asked, present_.data(), which, left)) which.swap(left);
  std::vector<Hit> best;
  best.reserve(std::min(query.top, which.size()) + 1);
  for (std::size_t at = 0; at < which.size(); at += kBlock) Score(query, asked, which.data() + at, std::min(kBlock, which.size() - at), best);
  std::sort(best.begin(), best.end(), Better);
  return best;
}

}  // namespace kinetone::search
