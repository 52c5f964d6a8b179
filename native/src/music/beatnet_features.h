// The 272 features per frame that the BeatNet model listens to: 136 log band magnitudes and what each rose by. Streaming.
// Source: Heydari, Cwitkowitz, Duan, "BeatNet", ISMIR 2021; the frame, window and bands are those the model was trained on.
#pragma once

#include <cstddef>
#include <vector>

#include "music/beatnet_dft.h"

namespace kinetone::music {

inline constexpr std::size_t kBeatNetRate = 22050;
inline constexpr std::size_t kBeatNetHop = 441;
inline constexpr std::size_t kBeatNetBands = 136;
inline constexpr std::size_t kBeatNetFeatures = 2 * kBeatNetBands;

// Mono at kBeatNetRate in pieces of any length. Frame i is centred on sample i * kBeatNetHop; what lies outside the sound is silence.
// Of n samples come ceil(n / kBeatNetHop) frames. Cost: about 1/2000 of real time.
class BeatNetFeatures {
 public:
  // filterbank: kBeatNetBands x kBeatNetBins weights, row-major, the model's own.
  explicit BeatNetFeatures(const float* filterbank);
  // Appends the frames that are complete to `out`, kBeatNetFeatures values each. Samples that are no number count as 0.
  void Push(const float* samples, std::size_t count, std::vector<float>& out);
  // The frames that reach beyond the end; afterwards the object is as new.
  void Finish(std::vector<float>& out);

 private:
  struct Band {
    std::size_t first_bin, bins, first_weight;
  };

  void EmitFrame(std::vector<float>& out);
  void Reset();

  BeatNetDft dft_;
  std::vector<Band> bands_;
  std::vector<float> weights_, magnitudes_, levels_;
  std::vector<float> pending_;  // samples from the next frame's first on
  std::size_t pushed_ = 0, emitted_ = 0;
};

}  // namespace kinetone::music
