// Rows while they are in the cache; then hysteresis on one bit per pixel, whole words at a time.
#include "vision/edge_detector.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace kinetone::vision {
namespace {

constexpr int kWordBits = 64;

// Numbers before each row of gradients; of them one is read.
constexpr std::ptrdiff_t kRowBorder = 16;

// Spreads seeds along the runs of ones of `mask` they lie in, towards both ends. Source: carry propagation by addition, and
// Kogge-Stone fill.
std::uint64_t FillRuns(std::uint64_t seeds, std::uint64_t mask) {
  std::uint64_t filled = (mask & (mask ^ (mask + seeds))) | seeds;
  std::uint64_t open = mask;
  for (int shift = 1; shift < kWordBits; shift *= 2) {
    filled |= open & filled >> shift;
    open &= open >> shift;
  }
  return filled;
}

}  // namespace

void EdgePixels::Reserve(std::size_t size) {
  if (x.size() >= size) return;
  for (auto* values : {&x, &y, &gx, &gy}) values->resize(2 * size);
}

void EdgeDetector::Resize(int width, int height) {
  if (width == width_ && height == height_) return;
  width_ = width;
  height_ = height;
  const auto columns = static_cast<std::size_t>(width);
  const std::size_t words = (columns + kWordBits - 1) / kWordBits;
  stride_ = words + 2;
  smooth_.assign(3 * (columns + 2), 0);
  line_.assign(columns + 4, 0);
  gradients_.assign(9 * (words * kWordBits + 2 * kRowBorder), 0);
  any_.assign(stride_ * static_cast<std::size_t>(height + 2), 0);
  strong_.assign(any_.size(), 0);
  touching_.assign(words, 0);
}

GradientRow EdgeDetector::Gradients(int y) {
  const auto length = static_cast<std::ptrdiff_t>(gradients_.size() / 9);
  std::int16_t* row = gradients_.data() + (y % 3) * 3 * length + kRowBorder;
  return {row, row + length, row + 2 * length};
}

// Notes the gradients of all candidates of a row.
void EdgeDetector::SuppressRow(int y) {
  const auto words = static_cast<std::ptrdiff_t>(stride_) - 2;
  const GradientRow row = Gradients(y);
  Word* any = Row(any_, y);
  Word* strong = Row(strong_, y);
  EdgeRows().suppress(Gradients(y - 1).length, row, Gradients(y + 1).length, static_cast<int>(words), any, strong);
  const Word first = ~Word{1};
  const Word last = ~(Word{1} << ((width_ - 1) % kWordBits));
  for (Word* bits : {any, strong}) {
    bits[0] &= first;
    bits[words - 1] &= last;
  }
  candidates_.Reserve(candidates_.count + static_cast<std::size_t>(width_) + kEdgeListMargin);
  candidates_.count += EdgeRows().list(any, row, static_cast<int>(words), candidates_.From(candidates_.count));
}

// Candidates of a word that touch an edge become edges, as far as they reach along it. True when there were any.
bool EdgeDetector::GrowWord(int y, std::ptrdiff_t w) {
  const Word* above = Row(strong_, y - 1) + w;
  const Word* below = Row(strong_, y + 1) + w;
  Word* row = Row(strong_, y) + w;
  const Word wanting = Row(any_, y)[w] & ~row[0];
  const Word here = above[0] | row[0] | below[0];
  const Word before = above[-1] | row[-1] | below[-1];
  const Word after = above[1] | row[1] | below[1];
  const Word near = here | here << 1 | here >> 1 | before >> (kWordBits - 1) | after << (kWordBits - 1);
  if ((near & wanting) == 0) return false;
  row[0] |= FillRuns(near & wanting, wanting);
  return true;
}

// The same for a row.
bool EdgeDetector::GrowRow(int y) {
  const Word* any = Row(any_, y);
  Word* row = Row(strong_, y);
  const auto words = static_cast<std::ptrdiff_t>(stride_) - 2;
  if (!EdgeRows().touching(Row(strong_, y - 1), row, Row(strong_, y + 1), any, static_cast<int>(words), touching_.data())) return false;
  for (std::ptrdiff_t w = 0; w < words; ++w) {
    if (touching_[static_cast<std::size_t>(w)] != 0) row[w] |= FillRuns(touching_[static_cast<std::size_t>(w)], any[w] & ~row[w]);
  }
  // What a word has gained may reach into the next ones, and back into those before it.
  for (std::ptrdiff_t w = 1; w < words; ++w) {
    if (((row[w - 1] >> (kWordBits - 1) & ~row[w] & any[w]) | (row[w] << (kWordBits - 1) & ~row[w - 1] & any[w - 1])) == 0) continue;
    GrowWord(y, w);
    for (std::ptrdiff_t back = w - 1; back >= 0 && GrowWord(y, back); --back) {
    }
  }
  return true;
}

// One sweep over the dirty rows; true when another may be needed.
bool EdgeDetector::GrowDirty(int first, int step) {
  bool has_grown = false;
  for (int y = first; y > 0 && y + 1 < height_; y += step) {
    std::uint8_t* dirty = dirty_.data() + y;
    if (*dirty == 0) continue;
    *dirty = 0;
    if (!GrowRow(y)) continue;
    dirty[-1] = dirty[1] = 1;
    has_grown = true;
  }
  return has_grown;
}

void EdgeDetector::Grow() {
  dirty_.assign(static_cast<std::size_t>(height_), 1);
  while (GrowDirty(1, 1) && GrowDirty(height_ - 2, -1)) {
  }
}

void EdgeDetector::KeepConnected() {
  pixels_.Reserve(candidates_.count + kEdgeListMargin);
  const int words = static_cast<int>(stride_) - 2;
  std::size_t kept = 0;
  std::size_t from = 0;
  for (int y = 1; y + 1 < height_; ++y) {
    std::size_t candidates = 0;
    kept += EdgeRows().keep(Row(any_, y), Row(strong_, y), words, y, candidates_.From(from), pixels_.From(kept), candidates);
    from += candidates;
  }
  pixels_.count = kept;
}

void EdgeDetector::Compute(const std::uint8_t* luma, int width, int height) {
  Resize(width, height);
  candidates_.count = 0;
  const EdgeKernels& kernels = EdgeRows();
  const auto line = [&](int y) { return smooth_.data() + static_cast<std::ptrdiff_t>(y % 3) * (width + 2) + 1; };
  const auto smooth = [&](int y) {
    const std::uint8_t* rows[5];
    for (int i = 0; i < 5; ++i) rows[i] = luma + static_cast<std::ptrdiff_t>(std::clamp(y + i - 2, 0, height - 1)) * width;
    kernels.smooth(rows, width, line_.data(), line(y));
  };
  smooth(0);
  std::int64_t sums[2] = {};
  for (int y = 0; y < height; ++y) {
    if (y + 1 < height) smooth(y + 1);
    kernels.differentiate(line(std::max(y - 1, 0)), line(y), line(std::min(y + 1, height - 1)), width, Gradients(y), sums);
    if (y >= 2) SuppressRow(y - 1);
  }
  Grow();
  KeepConnected();
  const double scale = 1.0 / (static_cast<double>(width) * height * kMaxGradient);
  vertical_ = static_cast<float>(static_cast<double>(sums[0]) * scale);
  horizontal_ = static_cast<float>(static_cast<double>(sums[1]) * scale);
}

float EdgeDetector::Density() const {
  if (width_ == 0) return 0.0F;
  return static_cast<float>(pixels_.count) / static_cast<float>(width_ * height_);
}

void EdgeDetector::WriteMap(std::uint8_t* out) const {
  std::fill_n(out, static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_), std::uint8_t{0});
  for (std::size_t i = 0; i < pixels_.count; ++i) out[pixels_.y[i] * width_ + pixels_.x[i]] = 255;
}

}  // namespace kinetone::vision
