// Flow, edges and colour beside OpenCV's, in turn in one process on one thread. Prints the rows of npm run bench
// ({"what", "ours", "peer", "ratio", "bar"}) and, between them, every figure: medians in milliseconds of processor time, mean
// endpoint errors in pixels. Only the ratios mean anything on another day or machine.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <map>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>
#include <string>
#include <vector>

#include "exact_warps.h"
#include "vision/color_statistics.h"
#include "vision/edge_patterns.h"
#include "vision/optical_flow.h"
#include "vision/vision_session.h"

namespace kinetone::bench {
namespace {

// Milliseconds of this thread's processor time, so that other programs do not count; wall time where there is no such clock.
double NowMs() {
#ifdef CLOCK_THREAD_CPUTIME_ID
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
#else
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
#endif
}

double TimeOf(const std::function<void()>& work) {
  const double start_ms = NowMs();
  work();
  return NowMs() - start_ms;
}

double Median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Ours as a session runs it: the earlier picture's pyramid is there already.
class OurFlow {
 public:
  double Run(const cv::Mat& from, const cv::Mat& to, cv::Mat& out) {
    first_.Build(from.data, from.cols, from.rows);
    const double ms = TimeOf([&] {
      second_.Build(to.data, to.cols, to.rows);
      flow_.Compute(first_, second_, field_);
    });
    out.create(from.rows, from.cols, CV_32FC2);
    auto* values = out.ptr<float>();
    for (std::size_t i = 0; i < field_.u.size(); ++i) {
      values[2 * i] = field_.u[i];
      values[2 * i + 1] = field_.v[i];
    }
    return ms;
  }

 private:
  vision::ImagePyramid first_, second_;
  vision::OpticalFlow flow_;
  vision::FlowField field_;
};

struct Tally {
  std::vector<double> times_ms;
  double error_sum = 0.0;
  int pairs = 0;
};

void PrintRow(const char* what, const char* ours, const char* peer, double ratio, const char* bar) {
  std::printf(R"({"what":"%s","ours":"%s","peer":"%s","ratio":%.3f,"bar":"%s"})" "\n", what, ours, peer, ratio, bar);
}

cv::Mat Halved(const cv::Mat& picture) {
  cv::Mat half;
  cv::resize(picture, half, {}, 0.5, 0.5, cv::INTER_AREA);
  return half;
}

void PrintFlow(std::map<std::string, Tally>& tallies, const char* size, const std::string& source);

void BenchFlow(const std::vector<cv::Mat>& photos, const std::string& source, bool is_half) {
  const std::pair<const char*, int> presets[] = {{"dis_ultrafast", cv::DISOpticalFlow::PRESET_ULTRAFAST},
                                                 {"dis_fast", cv::DISOpticalFlow::PRESET_FAST},
                                                 {"dis_medium", cv::DISOpticalFlow::PRESET_MEDIUM}};
  std::map<std::string, cv::Ptr<cv::DISOpticalFlow>> peers;
  for (const auto& [name, preset] : presets) peers[name] = cv::DISOpticalFlow::create(preset);
  std::map<std::string, Tally> tallies;
  OurFlow ours;
  for (const WarpRow& row : ExactWarpRows()) {
    for (std::size_t i = 0; i < photos.size(); ++i) {
      FlowPair pair = WarpPair(photos[i], row, static_cast<unsigned>(i + 1));
      if (is_half) pair = {Halved(pair.from), Halved(pair.to), Halved(pair.truth) * 0.5};
      const auto add = [&](const std::string& name, double ms, const cv::Mat& flow) {
        Tally& tally = tallies[name];
        tally.times_ms.push_back(ms);
        tally.error_sum += MeanEndpointError(flow, pair.truth);
        ++tally.pairs;
      };
      cv::Mat flow;
      add("ours", ours.Run(pair.from, pair.to, flow), flow);
      for (auto& [name, peer] : peers) {
        cv::Mat out;
        const double ms = TimeOf([&] { peer->calc(pair.from, pair.to, out); });
        add(name, ms, out);
      }
    }
  }
  PrintFlow(tallies, is_half ? "320x180" : "640x360", source);
}

void PrintFlow(std::map<std::string, Tally>& tallies, const char* size, const std::string& source) {
  const double our_ms = Median(tallies["ours"].times_ms);
  const double our_error = tallies["ours"].error_sum / tallies["ours"].pairs;
  for (const auto& [name, tally] : tallies) {
    const double ms = Median(tally.times_ms);
    const double error = tally.error_sum / tally.pairs;
    std::printf(R"({"bench":"flow","size":"%s","who":"%s","median_ms":%.3f,"mean_epe_px":%.4f,)", size, name.c_str(), ms, error);
    std::printf(R"("pairs":%d,"pictures":"%s"})" "\n", tally.pairs, source.c_str());
    if (name == "ours") continue;
    char what[64], ours_text[64], peer_text[64];
    std::snprintf(what, sizeof what, "dense flow %s, OpenCV %s", size, name.c_str());
    std::snprintf(ours_text, sizeof ours_text, "%.2f ms, %.3f px", our_ms, our_error);
    std::snprintf(peer_text, sizeof peer_text, "%.2f ms, %.3f px", ms, error);
    PrintRow(what, ours_text, peer_text, our_ms / ms, name == "dis_ultrafast" ? "<= 1 at <= 0.38 px" : "-");
  }
}

vision::FramePlanes Planes(const cv::Mat& yuv) {
  return vision::FramePlanes::FromContiguous(yuv.data, yuv.cols, yuv.rows * 2 / 3);
}

// Grey photographs are given the colours of another one, so that there is something to cluster.
cv::Mat ColorFrame(const std::vector<cv::Mat>& photos, std::size_t i) {
  std::vector<cv::Mat> channels(3);
  for (std::size_t c = 0; c < 3; ++c) cv::resize(photos[(i + c) % photos.size()], channels[c], {640, 360}, 0, 0, cv::INTER_AREA);
  cv::Mat bgr;
  cv::merge(channels, bgr);
  return bgr;
}

void BenchEdgesAndColor(const std::vector<cv::Mat>& photos) {
  std::vector<double> ours_ms, peer_ms;
  vision::EdgeDetector edges;
  vision::EdgePatternFinder patterns;
  vision::ColorHistogram histogram;
  vision::DominantColors colors;
  volatile float sink = 0.0F;
  for (int round = 0; round < 12; ++round) {
    for (std::size_t i = 0; i < photos.size(); ++i) {
      const cv::Mat bgr = ColorFrame(photos, i);
      cv::Mat yuv, grey;
      cv::cvtColor(bgr, yuv, cv::COLOR_BGR2YUV_I420);
      cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
      const vision::FramePlanes frame = Planes(yuv);
      ours_ms.push_back(TimeOf([&] {
        edges.Compute(frame.y, frame.width, frame.height);
        sink = sink + patterns.Find(edges).lines.strength + vision::MeasureColor(frame).brightness;
        histogram.Compute(frame);
        sink = sink + colors.Update(histogram.points())[0].weight;
      }));
      peer_ms.push_back(TimeOf([&] {
        cv::Mat map, thumbnail, samples, labels, centers;
        cv::Canny(grey, map, 50, 150);
        cv::resize(bgr, thumbnail, {80, 45}, 0, 0, cv::INTER_AREA);
        thumbnail.reshape(1, static_cast<int>(thumbnail.total())).convertTo(samples, CV_32F);
        const cv::TermCriteria until(cv::TermCriteria::COUNT + cv::TermCriteria::EPS, 10, 1.0);
        cv::kmeans(samples, 5, labels, until, 1, cv::KMEANS_PP_CENTERS, centers);
        sink = sink + centers.at<float>(0);
      }));
    }
  }
  const double ours = Median(ours_ms);
  const double peer = Median(peer_ms);
  char ours_text[32], peer_text[32];
  std::snprintf(ours_text, sizeof ours_text, "%.2f ms", ours);
  std::snprintf(peer_text, sizeof peer_text, "%.2f ms", peer);
  PrintRow("edges + colour 640x360, OpenCV Canny + k-means", ours_text, peer_text, ours / peer, "<= 0.16 (0.35 ms)");
}

// Everything a FeatureFrame needs, on a slow pan with a little noise at 30 frames a second.
void BenchSession(const std::vector<cv::Mat>& photos) {
  std::vector<double> times_ms;
  for (std::size_t i = 0; i < photos.size(); ++i) {
    vision::VisionSession session(640, 360);
    cv::Mat wide;
    cv::resize(ColorFrame(photos, i), wide, {800, 450}, 0, 0, cv::INTER_CUBIC);
    cv::RNG rng(static_cast<std::uint64_t>(i + 1));
    for (int frame = 0; frame < 20; ++frame) {
      cv::Mat view = wide(cv::Rect(frame * 3, frame * 2, 640, 360)).clone();
      cv::Mat noise(view.size(), CV_8UC3);
      rng.fill(noise, cv::RNG::UNIFORM, 0, 4);
      view += noise;
      cv::Mat yuv;
      cv::cvtColor(view, yuv, cv::COLOR_BGR2YUV_I420);
      vision::FeatureRow row;
      times_ms.push_back(TimeOf([&] { session.Analyze(Planes(yuv), frame / 30.0, row); }));
    }
  }
  std::printf(R"({"bench":"session","size":"640x360","who":"ours","median_ms":%.3f})" "\n", Median(times_ms));
}

}  // namespace
}  // namespace kinetone::bench

int main() {
  cv::setNumThreads(1);
  std::string source;
  const std::vector<cv::Mat> photos = kinetone::bench::LoadPhotos(source);
  kinetone::bench::BenchFlow(photos, source, false);
  kinetone::bench::BenchFlow(photos, source, true);
  kinetone::bench::BenchEdgesAndColor(photos);
  kinetone::bench::BenchSession(photos);
  return 0;
}
