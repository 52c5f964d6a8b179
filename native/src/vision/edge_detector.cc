// Rows while they are in the cache; then hysteresis on one bit per pixel, whole words at a time.
#include "vision/edge_detector.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace kinetone::vision {
namespace {

constexpr int kWordBits = 64;

// Eight bytes of 0 or 1 to eight bits, the first byte lowest.
std::uint64_t EightBits(const std::uint8_t* flags) {
  std::uint64_t bytes;
  std::memcpy(&bytes, flags, sizeof bytes);
  return bytes * 0x0102040810204080U >> 56;
}

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
  pixels_.count = 0;
  std::fill(any_.begin(), any_.end(), Word{0});
  std::fill(strong_.begin(), strong_.end(), Word{0});
  if (width == width_ && height == height_) return;
  width_ = width;
  height_ = height;
  const auto columns = static_cast<std::size_t>(width);
  const std::size_t words = (columns + kWordBits - 1) / kWordBits;
  stride_ = words + 2;
  smooth_.assign(3 * (columns + 2), 0);
  line_.assign(columns + 4, 0);
  gradients_.assign(9 * (columns + 2), 0);
  flags_.assign(2 * words * kWordBits, 0);
  any_.assign(stride_ * static_cast<std::size_t>(height + 2), 0);
  strong_.assign(any_.size(), 0);
}

GradientRow EdgeDetector::Gradients(int y) {
  const std::ptrdiff_t length = width_ + 2;
  std::int16_t* row = gradients_.data() + (y % 3) * 3 * length + 1;
  return {row, row + length, row + 2 * length};
}

// Packs what the kernel finds into bits, and notes all candidates with their gradients.
void EdgeDetector::SuppressRow(int y) {
  const auto length = static_cast<std::ptrdiff_t>(flags_.size() / 2);
  std::uint8_t* any = flags_.data();
  std::uint8_t* strong = any + length;
  const GradientRow row = Gradients(y);
  EdgeRows().suppress(Gradients(y - 1).length, row, Gradients(y + 1).length, width_, any, strong);
  Word* any_bits = Row(any_, y);
  Word* strong_bits = Row(strong_, y);
  std::size_t count = pixels_.count;
  pixels_.Reserve(count + static_cast<std::size_t>(width_));
  for (std::ptrdiff_t word = 0; word < length / kWordBits; ++word) {
    for (int shift = 0; shift < kWordBits; shift += 8) {
      any_bits[word] |= EightBits(any + word * kWordBits + shift) << shift;
      strong_bits[word] |= EightBits(strong + word * kWordBits + shift) << shift;
    }
    for (Word rest = any_bits[word]; rest != 0; rest &= rest - 1, ++count) {
      const std::ptrdiff_t x = word * kWordBits + std::countr_zero(rest);
      pixels_.x[count] = static_cast<std::int16_t>(x);
      pixels_.y[count] = static_cast<std::int16_t>(y);
      pixels_.gx[count] = row.x[x];
      pixels_.gy[count] = row.y[x];
    }
  }
  pixels_.count = count;
}

// Candidates that touch an edge become edges, as far as they reach along this row. True when there were any.
bool EdgeDetector::GrowRow(int y) {
  const Word* above = Row(strong_, y - 1);
  const Word* below = Row(strong_, y + 1);
  const Word* any = Row(any_, y);
  Word* row = Row(strong_, y);
  const auto words = static_cast<std::ptrdiff_t>(stride_) - 2;
  bool has_grown = false;
  const auto grow = [&](std::ptrdiff_t w) {
    const Word wanting = any[w] & ~row[w];
    if (wanting == 0) return false;
    const Word here = above[w] | row[w] | below[w];
    const Word before = above[w - 1] | row[w - 1] | below[w - 1];
    const Word after = above[w + 1] | row[w + 1] | below[w + 1];
    const Word near = here | here << 1 | here >> 1 | before >> (kWordBits - 1) | after << (kWordBits - 1);
    if ((near & wanting) == 0) return false;
    row[w] |= FillRuns(near & wanting, wanting);
    return true;
  };
  for (std::ptrdiff_t w = 0; w < words; ++w) {
    if (!grow(w)) continue;
    has_grown = true;
    // What a word has gained may reach back into the ones before it.
    for (std::ptrdiff_t back = w - 1; back >= 0 && grow(back); --back) {
    }
  }
  return has_grown;
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
  const std::size_t candidates = pixels_.count;
  std::int16_t *x = pixels_.x.data(), *y = pixels_.y.data(), *gx = pixels_.gx.data(), *gy = pixels_.gy.data();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < candidates; ++i) {
    const auto column = static_cast<unsigned>(x[i]);
    const Word word = strong_[static_cast<std::size_t>(y[i] + 1) * stride_ + 1 + column / kWordBits];
    x[kept] = x[i];
    y[kept] = y[i];
    gx[kept] = gx[i];
    gy[kept] = gy[i];
    kept += word >> (column % kWordBits) & 1U;
  }
  pixels_.count = kept;
}

void EdgeDetector::Compute(const std::uint8_t* luma, int width, int height) {
  Resize(width, height);
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
