// A ring of samples with a power-of-two length; memory is taken at Init. Read returns what was written n samples ago.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kinetone::dsp {

class DelayLine {
 public:
  // Room for delays of up to max_samples.
  void Init(std::size_t max_samples) {
    std::size_t size = 1;
    while (size < max_samples + 4) size *= 2;
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
