// The voice numbers of the random generator: one per source of chance, append only, so that no voice changes another.
#pragma once

#include <cstdint>

namespace kinetone::dsp {

inline constexpr std::uint32_t kDrumKey = 0x100;      // + Drum: noise
inline constexpr std::uint32_t kVelocityKey = 0x200;  // + Drum: human velocity
inline constexpr std::uint32_t kBassPhaseKey = 0x300;
inline constexpr std::uint32_t kBassLineKey = 0x310;
inline constexpr std::uint32_t kPadPhaseKey = 0x400;  // + slot
inline constexpr std::uint32_t kPadNoiseKey = 0x420;
inline constexpr std::uint32_t kArpeggioKey = 0x430;
inline constexpr std::uint32_t kGrooveKey = 0x500;    // + Drum

}  // namespace kinetone::dsp
