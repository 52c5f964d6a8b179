// Warm-started k-means with slots that are opened for colours far from all others and closed when they run dry.
#include "vision/dominant_colors.h"

#include <algorithm>

namespace kinetone::vision {
namespace {

constexpr int kRounds = 6;
// A colour nearer than this to a slot's centre belongs to it (weighted YUV distance, about 10 grey values of luma).
constexpr float kSameColor = 20.0F * 20.0F;
// A colour this far from every centre deserves a slot of its own, if it fills kNewShare of the picture.
constexpr float kNewColor = 32.0F * 32.0F;
// Beyond this a colour is not newer for being farther.
constexpr float kFarColor = 128.0F * 128.0F;
constexpr float kNewShare = 0.01F;
constexpr float kLeastShare = 0.003F;
constexpr float kMoved = 0.25F;

float Distance(const Yuv& a, const Yuv& b) {
  const float y = a.y - b.y;
  const float u = a.u - b.u;
  const float v = a.v - b.v;
  return y * y + kChromaWeight * (u * u + v * v);
}

}  // namespace

void DominantColors::Reset() {
  is_fresh_ = true;
  slots_ = {};
}

void DominantColors::Load(const std::vector<ColorPoint>& points) {
  constexpr std::size_t kLanes = 8;
  const std::size_t count = (points.size() + kLanes - 1) / kLanes * kLanes;
  for (auto* values : {&y_, &u_, &v_, &weighted_y_, &weighted_u_, &weighted_v_, &weight_, &distance_}) values->resize(count);
  owner_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_point = i < points.size();
    const Yuv color = points.empty() ? Yuv{} : points[std::min(i, points.size() - 1)].color;
    const float weight = is_point ? points[i].weight : 0.0F;
    y_[i] = color.y;
    u_[i] = color.u;
    v_[i] = color.v;
    weighted_y_[i] = weight * color.y;
    weighted_u_[i] = weight * color.u;
    weighted_v_[i] = weight * color.v;
    weight_[i] = weight;
  }
}

void DominantColors::Assign() {
  DominantColorLoops().assign({y_.data(), u_.data(), v_.data(), static_cast<int>(y_.size())}, slots_.data(),
                              static_cast<int>(slots_.size()), owner_.data(), distance_.data());
}

// True when some centre moved noticeably.
bool DominantColors::Recenter() {
  const ColorArrays weighted{weighted_y_.data(), weighted_u_.data(), weighted_v_.data(), static_cast<int>(weight_.size())};
  bool has_moved = false;
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
    if (slots_[slot].weight <= 0.0F) continue;
    const ColorSum sum = DominantColorLoops().sum(weighted, weight_.data(), owner_.data(), static_cast<std::int32_t>(slot));
    slots_[slot].weight = sum.weight;
    if (sum.weight <= 0.0F) continue;
    const Yuv center{sum.y / sum.weight, sum.u / sum.weight, sum.v / sum.weight};
    has_moved = has_moved || Distance(center, slots_[slot].color) > kMoved * kMoved;
    slots_[slot].color = center;
  }
  return has_moved;
}

// A slot for a colour of the given share: an empty one, else one whose own share is far smaller; -1 when there is none.
int DominantColors::FreeSlot(float candidate_share) {
  const auto least = std::min_element(slots_.begin(), slots_.end(),
                                      [](const auto& a, const auto& b) { return a.weight < b.weight; });
  if (least->weight > 0.25F * candidate_share) return -1;
  return static_cast<int>(least - slots_.begin());
}

// Opens slots for the heaviest colours far from all centres.
void DominantColors::Seed(const std::vector<ColorPoint>& points) {
  for (std::size_t opened = 0; opened < kDominantColors; ++opened) {
    Assign();
    const float most = DominantColorLoops().worth(weight_.data(), distance_.data(), static_cast<int>(weight_.size()), kNewColor, kFarColor);
    if (most <= 0.0F) return;
    std::size_t best = 0;
    while (distance_[best] < kNewColor || weight_[best] * std::min(distance_[best], kFarColor) < most) ++best;
    float share = 0.0F;
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (distance_[i] >= kNewColor && Distance(points[i].color, points[best].color) < kNewColor) share += points[i].weight;
    }
    const bool is_first = std::all_of(slots_.begin(), slots_.end(), [](const auto& s) { return s.weight <= 0.0F; });
    if (share < kNewShare && !is_first) return;
    const int slot = FreeSlot(share);
    if (slot < 0) return;
    slots_[static_cast<std::size_t>(slot)] = {points[best].color, share};
  }
}

// Empties slots that run dry and, of two that hold one colour, the later.
void DominantColors::Prune() {
  for (std::size_t a = 0; a < slots_.size(); ++a) {
    if (slots_[a].weight < kLeastShare) slots_[a] = {};
    for (std::size_t b = a + 1; b < slots_.size(); ++b) {
      if (slots_[a].weight <= 0.0F || slots_[b].weight <= 0.0F) continue;
      if (Distance(slots_[a].color, slots_[b].color) < kSameColor) slots_[b] = {};
    }
  }
}

const std::array<DominantColor, kDominantColors>& DominantColors::Update(const std::vector<ColorPoint>& points) {
  Load(points);
  Assign();
  Recenter();
  Prune();
  Seed(points);
  for (int round = 0; round < kRounds; ++round) {
    Assign();
    if (!Recenter()) break;
  }
  Prune();
  Assign();
  Recenter();
  if (is_fresh_) {
    std::stable_sort(slots_.begin(), slots_.end(), [](const auto& a, const auto& b) { return a.weight > b.weight; });
    is_fresh_ = false;
  }
  return slots_;
}

}  // namespace kinetone::vision
