// A flow field averaged onto a coarse grid, for drawing arrows over the picture.
#pragma once

#include "vision/optical_flow.h"

namespace kinetone::vision {

// out: rows * columns * 2 floats, row-major, interleaved (dx, dy) in pixels per second, overwritten; each cell is the mean of its
// pixels (of the nearest one where the grid is finer than the picture). seconds <= 0: all zero.
void AverageFlowOnGrid(const FlowField& flow, double seconds, int columns, int rows, float* out);

}  // namespace kinetone::vision
