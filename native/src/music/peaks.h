// Waveform peaks: minimum, maximum and root mean square of each stretch of frames, over all channels, as int16.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kinetone::music {

inline constexpr std::size_t kValuesPerPeak = 3;  // min, max, rms

constexpr std::size_t PeakCount(std::size_t frames, std::size_t frames_per_peak) { return (frames + frames_per_peak - 1) / frames_per_peak; }

// out: PeakCount * 3. Samples beyond -1..1 are clamped; ones that are no number count as 0.
void ComputePeaks(const float* interleaved, std::size_t frames, std::size_t channels, std::size_t frames_per_peak, std::int16_t* out);

}  // namespace kinetone::music
