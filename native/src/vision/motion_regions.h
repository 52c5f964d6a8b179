// Where the most motion is: boxes around connected blocks of the flow field that are fast compared with the fastest.
#pragma once

#include <cstdint>
#include <vector>

#include "vision/feature_row.h"
#include "vision/optical_flow.h"

namespace kinetone::vision {

// Side of a block, pixels of the analysis picture.
inline constexpr int kBlockPx = 8;
// Every other row of the field is looked at: between patches, 4 to 8 px apart, it is a ramp.
inline constexpr int kMotionRowStep = 2;

struct MotionRegion {
  float x, y, width, height;  // fractions of the picture, 0..1
  float magnitude;            // mean over the region's blocks, fraction of the diagonal per second
};

// Remembers the previous frame's blocks, so that a region at the threshold does not flicker. Any thread, one at a time.
class MotionRegions {
 public:
  void Reset();

  // A frame's flow field, of even sides: Begin, every kMotionRowStep-th of its rows from the top, those of kBlockPx at a time (the
  // last time what is left), Update.
  void Begin(int width, int height);
  // u, v: rows * width floats.
  void Add(const float* u, const float* v, int rows);
  // At most kRegions boxes, by magnitude times area. seconds: time between the two pictures.
  const std::vector<MotionRegion>& Update(double seconds);

 private:
  struct Component {
    int left, top, right, bottom;  // blocks, inclusive
    int blocks;
    float sum;
  };

  void Average(double seconds);
  void Mark(float still_per_second);
  Component Collect(int start);

  int width_ = 0;
  int height_ = 0;
  int columns_ = 0;
  int rows_ = 0;
  std::size_t next_ = 0;  // first block of the rows to come
  std::vector<float> line_;               // sums of one row of blocks, column by column
  std::vector<float> u_, v_, magnitude_;  // means per block, pixels per second
  std::vector<std::uint8_t> active_, previous_;
  std::vector<int> stack_;
  std::vector<MotionRegion> regions_;
};

}  // namespace kinetone::vision
