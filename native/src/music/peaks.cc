#include "music/peaks.h"

#include <algorithm>
#include <cmath>

namespace kinetone::music {
namespace {

std::int16_t ToInt16(float value) { return static_cast<std::int16_t>(std::lrint(std::clamp(value, -1.0f, 1.0f) * 32767.0f)); }

}  // namespace

void ComputePeaks(const float* interleaved, std::size_t frames, std::size_t channels, std::size_t frames_per_peak, std::int16_t* out) {
  for (std::size_t start = 0; start < frames; start += frames_per_peak, out += kValuesPerPeak) {
    const std::size_t end = std::min(start + frames_per_peak, frames);
    float low = 1.0f, high = -1.0f;
    double squares = 0.0;
    for (std::size_t i = start * channels; i < end * channels; ++i) {
      const float x = std::isnan(interleaved[i]) ? 0.0f : std::clamp(interleaved[i], -1.0f, 1.0f);
      low = std::min(low, x);
      high = std::max(high, x);
      squares += static_cast<double>(x) * static_cast<double>(x);
    }
    out[0] = ToInt16(low);
    out[1] = ToInt16(high);
    out[2] = ToInt16(static_cast<float>(std::sqrt(squares / static_cast<double>((end - start) * channels))));
  }
}

}  // namespace kinetone::music
