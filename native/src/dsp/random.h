// Counter-based random numbers: the value depends only on (seed, voice, event, index), so that adding a voice changes no
// other. Mixing function: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014 (the splitmix64 finaliser).
#pragma once

#include <cstdint>

namespace kinetone::dsp {

constexpr std::uint64_t Mix64(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

class Random {
 public:
  constexpr Random() = default;
  constexpr Random(std::uint32_t seed, std::uint32_t voice, std::uint64_t event)
      : state_(Mix64(Mix64((static_cast<std::uint64_t>(seed) << 32 | voice) + 0x9e3779b97f4a7c15ull) ^ (event * 0xd1342543de82ef95ull + 1))) {}

  constexpr std::uint32_t Bits() {
    state_ += 0x9e3779b97f4a7c15ull;
    return static_cast<std::uint32_t>(Mix64(state_) >> 32);
  }
  // [0, 1)
  constexpr float Uniform() { return static_cast<float>(Bits() >> 8) * (1.0f / 16777216.0f); }
  // [-1, 1)
  constexpr float Bipolar() { return static_cast<float>(static_cast<std::int32_t>(Bits())) * (1.0f / 2147483648.0f); }

 private:
  std::uint64_t state_ = 0;
};

}  // namespace kinetone::dsp
