// Making pairs with exactly known flow by inverse mapping a picture larger than the frame.
#include "exact_warps.h"

#include <cmath>
#include <filesystem>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace kinetone::bench {
namespace {

constexpr int kWidth = 640;
constexpr int kHeight = 360;
constexpr int kMargin = 90;
constexpr double kNoiseSigma = 4.0;

cv::Mat CoverFrame(const cv::Mat& photo) {
  const double scale = std::max((kWidth + 2.0 * kMargin) / photo.cols, (kHeight + 2.0 * kMargin) / photo.rows);
  cv::Mat big;
  cv::resize(photo, big, {}, scale, scale, scale < 1.0 ? cv::INTER_AREA : cv::INTER_CUBIC);
  return big;
}

cv::Mat SyntheticPhoto(unsigned seed) {
  cv::RNG rng(seed);
  cv::Mat sum = cv::Mat::zeros(540, 820, CV_32F);
  for (int cell = 4; cell <= 128; cell *= 2) {
    cv::Mat noise(540 / cell + 2, 820 / cell + 2, CV_32F);
    rng.fill(noise, cv::RNG::UNIFORM, -1.0, 1.0);
    cv::Mat grown;
    cv::resize(noise, grown, sum.size(), 0, 0, cv::INTER_CUBIC);
    sum += grown * std::sqrt(cell) * 4.0;
  }
  cv::Mat picture;
  sum.convertTo(picture, CV_8U, 1.0, 128.0);
  for (int i = 0; i < 24; ++i) {
    const cv::Point center(rng.uniform(0, picture.cols), rng.uniform(0, picture.rows));
    cv::circle(picture, center, rng.uniform(6, 60), cv::Scalar(rng.uniform(20, 235)), i % 3 == 0 ? 2 : cv::FILLED, cv::LINE_AA);
  }
  return picture;
}

}  // namespace

std::vector<WarpRow> ExactWarpRows() {
  std::vector<WarpRow> rows;
  const auto translate = [&](double px) {
    const double angle = 0.4 + px;
    const std::string name = "translate " + std::to_string(px).substr(0, 4);
    rows.push_back({name, 0, 0, 0, 0, px * std::cos(angle), px * std::sin(angle), false});
  };
  const auto rotate = [&](double deg) {
    const double a = deg * CV_PI / 180.0;
    const std::string name = "rotate " + std::to_string(static_cast<int>(deg));
    rows.push_back({name, std::cos(a) - 1, -std::sin(a), std::sin(a), std::cos(a) - 1, 0, 0, false});
  };
  for (const double px : {1.3, 3.7, 7.5, 15.2, 30.4}) translate(px);
  for (const double deg : {1.0, 3.0, 8.0}) rotate(deg);
  for (const double zoom : {1.02, 1.05, 1.12}) {
    rows.push_back({"zoom " + std::to_string(zoom).substr(0, 4), zoom - 1, 0, 0, zoom - 1, 0, 0, false});
  }
  for (const double shear : {0.02, 0.08}) {
    rows.push_back({"shear " + std::to_string(shear).substr(0, 4), 0, shear, 0, 0, 0, 0, false});
  }
  const std::size_t clean = rows.size();
  for (std::size_t i = 0; i < clean; ++i) {
    rows.push_back(rows[i]);
    rows.back().noisy = true;
    rows.back().name += " noisy";
  }
  return rows;
}

FlowPair WarpPair(const cv::Mat& photo, const WarpRow& row, unsigned seed) {
  const cv::Mat big = CoverFrame(photo);
  const double cx = (kWidth - 1) * 0.5, cy = (kHeight - 1) * 0.5;
  const double ox = (big.cols - kWidth) / 2, oy = (big.rows - kHeight) / 2;
  FlowPair pair;
  pair.from = big(cv::Rect(static_cast<int>(ox), static_cast<int>(oy), kWidth, kHeight)).clone();
  pair.truth.create(kHeight, kWidth, CV_32FC2);
  cv::Mat map(kHeight, kWidth, CV_32FC2);
  // A point p of the first picture is at q = (I + M) p + t in the second: the second shows at q what the first has at p.
  const cv::Matx22d forward(1 + row.m00, row.m01, row.m10, 1 + row.m11);
  const cv::Matx22d back = forward.inv();
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) {
      const double px = x - cx, py = y - cy;
      pair.truth.at<cv::Vec2f>(y, x) = cv::Vec2f(static_cast<float>(row.m00 * px + row.m01 * py + row.tx),
                                                 static_cast<float>(row.m10 * px + row.m11 * py + row.ty));
      const cv::Vec2d source = back * cv::Vec2d(px - row.tx, py - row.ty);
      map.at<cv::Vec2f>(y, x) = cv::Vec2f(static_cast<float>(source[0] + cx + ox), static_cast<float>(source[1] + cy + oy));
    }
  }
  cv::remap(big, pair.to, map, cv::noArray(), cv::INTER_CUBIC, cv::BORDER_REFLECT_101);
  if (row.noisy) {
    cv::Mat noise(pair.to.size(), CV_16S);
    cv::RNG(seed).fill(noise, cv::RNG::NORMAL, 0.0, kNoiseSigma);
    cv::Mat sum;
    pair.to.convertTo(sum, CV_16S);
    sum += noise;
    sum.convertTo(pair.to, CV_8U);
  }
  return pair;
}

double MeanEndpointError(const cv::Mat& flow, const cv::Mat& truth) {
  double sum = 0.0;
  for (int y = 0; y < flow.rows; ++y) {
    for (int x = 0; x < flow.cols; ++x) sum += cv::norm(flow.at<cv::Vec2f>(y, x) - truth.at<cv::Vec2f>(y, x));
  }
  return sum / static_cast<double>(flow.total());
}

std::vector<cv::Mat> LoadPhotos(std::string& source) {
  const std::filesystem::path folder = "/usr/share/doc/opencv-doc/examples/data";
  std::vector<cv::Mat> photos;
  for (const char* name : {"fruits", "home", "leuvenA", "messi5", "building", "board", "aloeL", "butterfly"}) {
    const cv::Mat photo = cv::imread((folder / (std::string(name) + ".jpg")).string(), cv::IMREAD_GRAYSCALE);
    if (!photo.empty()) photos.push_back(photo);
  }
  source = "photographs of opencv-doc";
  if (!photos.empty()) return photos;
  source = "synthetic pictures (opencv-doc is not installed)";
  for (unsigned seed = 1; seed <= 8; ++seed) photos.push_back(SyntheticPhoto(seed));
  return photos;
}

}  // namespace kinetone::bench
