// A ring of samples with a power-of-two length; memory is taken at Init. Read returns what was written n samples ago.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace kinetone::dsp {

class DelayLine {
 public:
  // Beyond the longest delay, so that a block may be written before it is read again.
  static constexpr std::size_t kRoom = 128;

  // Room for delays of up to max_samples.
  void Init(std::size_t max_samples) {
    std::size_t size = 1;
    while (size < max_samples + kRoom) size *= 2;
    buffer_.assign(size, 0.0f);
    mask_ = size - 1;
    head_ = 0;
  }
  void Write(float x) {
    head_ = (head_ + 1) & mask_;
    buffer_[head_] = x;
  }
  // delay 0 is the sample written last.
  float Read(std::size_t delay) const { return buffer_[(head_ - delay) & mask_]; }
  // The next `count` values that lie `delay` samples before ones still to be written; delay >= count.
  void ReadBlock(std::size_t delay, float* out, std::size_t count) const {
    const std::size_t start = (head_ + 1 - delay) & mask_;
    const std::size_t first = count < buffer_.size() - start ? count : buffer_.size() - start;
    std::copy_n(buffer_.data() + start, first, out);
    std::copy_n(buffer_.data(), count - first, out + first);
  }
  void WriteBlock(const float* in, std::size_t count) {
    const std::size_t start = (head_ + 1) & mask_;
    const std::size_t first = count < buffer_.size() - start ? count : buffer_.size() - start;
    std::copy_n(in, first, buffer_.data() + start);
    std::copy_n(in + first, count - first, buffer_.data());
    head_ = (head_ + count) & mask_;
  }
  // Linear interpolation between neighbours.
  float ReadBetween(float delay) const {
    const auto whole = static_cast<std::size_t>(delay);
    const float t = delay - static_cast<float>(whole);
    const float a = Read(whole), b = Read(whole + 1);
    return a + (b - a) * t;
  }

 private:
  std::vector<float> buffer_;
  std::size_t mask_ = 0, head_ = 0;
};

}  // namespace kinetone::dsp
