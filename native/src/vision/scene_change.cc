// Block correlation after motion compensation on the small picture, tone and tint histograms, and a logistic rule fitted
// to 3 000 made cuts and 4 500 pairs of one shot (fast motion, dissolves, exposure jumps): docs/vision.md.
#include "vision/scene_change.h"

#include <algorithm>
#include <cmath>

#include "vision/block_correlation.h"

namespace kinetone::vision {
namespace {

// The small picture is the first pyramid level at most this wide and high.
constexpr int kSmallSide = 170;

// The rule: log odds of a cut = 10 log(unexplained) + 3 log(repainted) - 6 log(usual) + kBias.
constexpr float kUnexplainedPower = 10.0F;
constexpr float kRepaintedPower = 3.0F;
constexpr float kUsualPower = 6.0F;
constexpr float kBias = 2.75F;
constexpr float kOffset = 0.01F;  // added to each before the logarithm
// Repainting beyond this says no more: a change of exposure repaints everything.
constexpr float kRepaintedEnough = 0.15F;
// What a shot is expected to leave unexplained before it has shown anything, and the least it can be credited with.
constexpr float kUsualAtFirst = 0.05F;
constexpr float kUsualLeast = 0.01F;
// Two frames that differ by less than this are one picture shown twice.
constexpr float kDoubled = 5e-4F;

constexpr int kBurntLuma = 245;
// A flash burns out at least this share of the picture more, and leaves hardly anything darker than it was.
constexpr float kFlashRise = 0.2F;
constexpr float kFlashDarker = 0.03F;
constexpr int kDarkerGrey = 10;
// What lasts longer is no flash.
constexpr double kFlashS = 0.25;

int SmallLevelOf(const ImagePyramid& pyramid) {
  int index = 0;
  while (index + 1 < pyramid.levels() &&
         std::max(pyramid.level(index).luma.width(), pyramid.level(index).luma.height()) > kSmallSide) {
    ++index;
  }
  return index;
}

const Plane<std::uint8_t>& SmallLuma(const ImagePyramid& pyramid) { return pyramid.level(SmallLevelOf(pyramid)).luma; }

template <typename Histogram>
float Distance(const Histogram& a, const Histogram& b) {
  float sum = 0.0F;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] - b[i]);
  return 0.5F * sum;
}

}  // namespace

SceneChange::SceneChange() { ForgetShot(); }

void SceneChange::Reset() {
  is_first_ = true;
  is_flash_ = false;
  ForgetShot();
}

void SceneChange::ForgetShot() { recent_.fill(kUsualAtFirst); }

void SceneChange::See(const std::shared_ptr<const ImagePyramid>& pyramid, const FramePlanes& frame, Sight& out) {
  out.pyramid = pyramid;
  const auto& small = SmallLuma(*pyramid);
  // Neighbours are alike: counted in turn, none waits for the one before it.
  std::array<std::array<int, kToneBins>, 4> tones{};
  int burnt = 0;
  for (int y = 0; y < small.height(); ++y) {
    const std::uint8_t* row = small.Row(y);
    for (int x = 0; x < small.width(); ++x) ++tones[static_cast<std::size_t>(x & 3)][row[x] >> 3];
    for (int x = 0; x < small.width(); ++x) burnt += row[x] >= kBurntLuma ? 1 : 0;
  }
  const float pixel = 1.0F / static_cast<float>(small.width() * small.height());
  for (std::size_t bin = 0; bin < kToneBins; ++bin) out.tones[bin] = static_cast<float>(tones[0][bin] + tones[1][bin] + tones[2][bin] + tones[3][bin]) * pixel;
  out.burnt_share = static_cast<float>(burnt) * pixel;

  std::array<int, kTintBins> tints{};
  const int width = frame.width / 2;
  const int height = frame.height / 2;
  const int step = width * height > kSmallSide * kSmallSide ? 2 : 1;
  const float sample = 1.0F / static_cast<float>(((width + step - 1) / step) * ((height + step - 1) / step));
  for (int y = 0; y < height; y += step) {
    const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(y) * width;
    for (int x = 0; x < width; x += step) {
      ++tints[static_cast<std::size_t>((frame.u[row + x] >> 3) << 5 | frame.v[row + x] >> 3)];
    }
  }
  for (std::size_t bin = 0; bin < kTintBins; ++bin) out.tints[bin] = static_cast<float>(tints[bin]) * sample;
}

SceneChange::Difference SceneChange::Compare(const Sight& before, const Sight& now, OpticalFlow& flow) {
  flow.Find(*before.pyramid, *now.pyramid, SmallLevelOf(*now.pyramid));
  flow.Spread(field_);
  compared_ = before.pyramid;
  const auto& from = SmallLuma(*before.pyramid);
  const auto& to = SmallLuma(*now.pyramid);
  // A sudden change of light leads the flow astray where nothing moved at all.
  const float unexplained = std::min(UncorrelatedShare(from, to, &field_), UncorrelatedShare(from, to, nullptr));
  return {unexplained, std::max(Distance(before.tones, now.tones), Distance(before.tints, now.tints))};
}

bool SceneChange::IsBurnt(const Sight& before, const Sight& now) {
  if (now.burnt_share - before.burnt_share < kFlashRise) return false;
  const auto& from = SmallLuma(*before.pyramid);
  const auto& to = SmallLuma(*now.pyramid);
  int darker = 0;
  for (int y = 0; y < from.height(); ++y) {
    for (int x = 0; x < from.width(); ++x) darker += to.Row(y)[x] < from.Row(y)[x] - kDarkerGrey ? 1 : 0;
  }
  return static_cast<float>(darker) <= kFlashDarker * static_cast<float>(from.width() * from.height());
}

// Mean of the larger half of the last frames: repeated pictures among them do not lower it.
float SceneChange::Usual() const {
  auto sorted = recent_;
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  float sum = 0.0F;
  for (std::size_t i = 0; i < kRecent / 2; ++i) sum += sorted[i];
  return std::max(kUsualLeast, sum / (kRecent / 2));
}

float SceneChange::Judge(const Difference& difference) const {
  const float log_odds = kUnexplainedPower * std::log(difference.unexplained + kOffset) +
                         kRepaintedPower * std::log(std::min(difference.repainted, kRepaintedEnough) + kOffset) -
                         kUsualPower * std::log(Usual() + kOffset) + kBias;
  return 1.0F / (1.0F + std::exp(-log_odds));
}

void SceneChange::Remember(float unexplained) {
  if (unexplained < kDoubled) return;
  recent_[next_recent_] = unexplained;
  next_recent_ = (next_recent_ + 1) % kRecent;
}

SceneVerdict SceneChange::Update(const std::shared_ptr<const ImagePyramid>& pyramid, const FramePlanes& frame, double timestamp_s,
                                 OpticalFlow& flow) {
  compared_ = nullptr;
  See(pyramid, frame, now_);
  if (is_first_) {
    is_first_ = false;
    std::swap(before_, now_);
    return {};
  }
  const bool is_burnt = IsBurnt(before_, now_);
  if (is_burnt) {
    if (!is_flash_) flash_start_s_ = timestamp_s;
    is_flash_ = true;
    // While it lasts, before_ stays the last frame before the flash.
    if (timestamp_s - flash_start_s_ < kFlashS) return {0.0F, true};
  }
  is_flash_ = false;
  const Difference difference = Compare(before_, now_, flow);
  const float change = is_burnt ? 1.0F : Judge(difference);
  if (change >= kHardCut) {
    ForgetShot();
  } else {
    Remember(difference.unexplained);
  }
  std::swap(before_, now_);
  return {change, false};
}

}  // namespace kinetone::vision
