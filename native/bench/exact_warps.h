// Pairs of pictures whose optical flow is known exactly: a photograph and its warp by an affine motion about the centre.
// The 13 motions, clean and with noise of sigma 4 on the second picture, are the 26 rows of the flow figure.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace kinetone::bench {

struct WarpRow {
  std::string name;
  // flow(x, y) = M (x, y) + t, pixels from the picture's centre
  double m00, m01, m10, m11, tx, ty;
  bool noisy;
};

std::vector<WarpRow> ExactWarpRows();

struct FlowPair {
  cv::Mat from;   // CV_8UC1, 640x360
  cv::Mat to;
  cv::Mat truth;  // CV_32FC2
};

// photo: CV_8UC1 of any size, scaled to cover the frame with a margin.
FlowPair WarpPair(const cv::Mat& photo, const WarpRow& row, unsigned seed);

// Mean length of the difference, over all pixels.
double MeanEndpointError(const cv::Mat& flow, const cv::Mat& truth);

// Photographs of Debian's opencv-doc, or pictures made of value noise and shapes when it is not installed.
std::vector<cv::Mat> LoadPhotos(std::string& source);

}  // namespace kinetone::bench
