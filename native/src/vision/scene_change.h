// How far a frame belongs to another scene than the one before it: the part of the picture that motion does not explain,
// and how much its tones and tints differ, measured against what the shot has shown so far.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "vision/frame_planes.h"
#include "vision/image_pyramid.h"
#include "vision/optical_flow.h"

namespace kinetone::vision {

// At and above this the change is a hard cut.
inline constexpr float kHardCut = 0.5F;

struct SceneVerdict {
  float change = 0.0F;  // 0..1
  // The picture is burnt out for a moment (a photographer's flash): not a cut, and nothing to measure motion on.
  bool is_flash = false;
};

// Looks at a small version of every frame and of the one immediately before. Any thread, one at a time.
class SceneChange {
 public:
  SceneChange();

  // Forgets the last frame; the next one begins a scene.
  void Reset();

  // Frames in presentation order, with their times in seconds. pyramid: of frame.y; kept as long as it is the frame before.
  // flow: computed down to the small picture where `compared` says so. The first frame after Reset has change 0.
  SceneVerdict Update(const std::shared_ptr<const ImagePyramid>& pyramid, const FramePlanes& frame, double timestamp_s, OpticalFlow& flow);

  // The earlier pyramid of the comparison that the flow was last computed for, null when the last frame was not compared.
  const ImagePyramid* compared() const { return compared_.get(); }

 private:
  static constexpr std::size_t kToneBins = 32;
  static constexpr std::size_t kTintBins = 32 * 32;
  static constexpr std::size_t kRecent = 4;

  // What is kept of a frame.
  struct Sight {
    std::shared_ptr<const ImagePyramid> pyramid;
    std::array<float, kToneBins> tones;
    std::array<float, kTintBins> tints;
    float burnt_share;  // of pixels near white
  };

  // What two sights differ by: unexplained and repainted are 0..1.
  struct Difference {
    float unexplained;
    float repainted;
  };

  static void See(const std::shared_ptr<const ImagePyramid>& pyramid, const FramePlanes& frame, Sight& out);
  Difference Compare(const Sight& before, const Sight& now, OpticalFlow& flow);
  static bool IsBurnt(const Sight& before, const Sight& now);
  float Usual() const;
  float Judge(const Difference& difference) const;
  void Remember(float unexplained);
  void ForgetShot();

  bool is_first_ = true;
  bool is_flash_ = false;
  double flash_start_s_ = 0.0;
  Sight before_;
  Sight now_;
  std::array<float, kRecent> recent_{};
  std::size_t next_recent_ = 0;
  std::shared_ptr<const ImagePyramid> compared_;
  FlowField field_;
};

}  // namespace kinetone::vision
