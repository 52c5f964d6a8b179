// The engine's block: every voice and effect renders this many frames at a time, and control ticks stand on its borders.
#pragma once

namespace kinetone::dsp {

inline constexpr int kBlockFrames = 64;
// Filter and gain targets are computed once per sub-block and ramped inside it.
inline constexpr int kSubBlockFrames = 16;
inline constexpr int kSubBlocks = kBlockFrames / kSubBlockFrames;

}  // namespace kinetone::dsp
