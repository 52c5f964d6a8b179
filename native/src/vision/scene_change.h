// How far a frame belongs to another scene than the one before it: what motion cannot explain, and what is new in tone.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "vision/frame_planes.h"
#include "vision/image_pyramid.h"
#include "vision/optical_flow.h"

namespace kinetone::vision {

// At and above this the change is a hard cut.
inline constexpr float kHardCut = 0.5F;

// Looks at a small version of every frame and the one immediately before. Any thread, one at a time.
class SceneChange {
 public:
  void Reset();

  // 0..1; 0 for the first frame after Reset.
  float Update(const ImagePyramid& pyramid, const FramePlanes& frame);

 private:
  static constexpr std::size_t kToneBins = 32;

  struct Sight {
    ImagePyramid pyramid;
    std::array<float, kToneBins> tones{};
  };

  float Unexplained(const ImagePyramid& before, const ImagePyramid& now);

  bool is_first_ = true;
  Sight before_;
  Sight now_;
  OpticalFlow flow_;
  FlowField field_;
};

}  // namespace kinetone::vision
