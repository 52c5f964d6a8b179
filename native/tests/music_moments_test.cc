// Key moments of songs whose shape is known by construction.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "music/key_moments.h"

using kinetone::music::FindKeyMoments;
using kinetone::music::KeyMoment;
using kinetone::music::MomentKind;

namespace {

std::vector<double> Bars(double seconds) {
  std::vector<double> bars;
  for (double t = 0; t < seconds; t += 2) bars.push_back(t);
  return bars;
}

// Stretches of (seconds, energy), one after the other.
std::vector<float> Shape(const std::vector<std::pair<int, float>>& parts) {
  std::vector<float> energy;
  for (const auto& [seconds, value] : parts) energy.insert(energy.end(), static_cast<std::size_t>(seconds), value);
  return energy;
}

double TimeOf(const std::vector<KeyMoment>& moments, MomentKind kind) {
  const auto found = std::find_if(moments.begin(), moments.end(), [&](const KeyMoment& each) { return each.kind == kind; });
  return found == moments.end() ? -1 : found->time;
}

}  // namespace

TEST_CASE("music moments: a song with a quiet bridge between two choruses has its seven moments where they belong") {
  const auto energy = Shape({{16, 0.2F}, {32, 0.5F}, {8, 0.35F}, {32, 0.95F}, {24, 0.25F}, {32, 0.9F}, {16, 0.3F}});
  const auto moments = FindKeyMoments(Bars(160), energy);
  REQUIRE(moments.size() == 7);
  CHECK(TimeOf(moments, MomentKind::kIntro) == 0);
  CHECK(TimeOf(moments, MomentKind::kVerse) == doctest::Approx(16).epsilon(0.13));
  CHECK(TimeOf(moments, MomentKind::kBuild) >= 40);
  CHECK(TimeOf(moments, MomentKind::kBuild) < 56);
  CHECK(TimeOf(moments, MomentKind::kClimax) == 56);
  CHECK(TimeOf(moments, MomentKind::kBridge) >= 88);
  CHECK(TimeOf(moments, MomentKind::kBridge) < 112);
  CHECK(TimeOf(moments, MomentKind::kPeak) == 112);
  CHECK(TimeOf(moments, MomentKind::kResolution) == 144);
}

TEST_CASE("music moments: a song without shape has seven moments all the same, each on a place of its own") {
  const auto bars = Bars(60);
  const auto moments = FindKeyMoments(bars, std::vector<float>(60, 0.5F));
  REQUIRE(moments.size() == 7);
  for (std::size_t i = 1; i < moments.size(); ++i) CHECK(moments[i].time > moments[i - 1].time);
  for (const auto& each : moments) CHECK(std::find(bars.begin(), bars.end(), each.time) != bars.end());
}

TEST_CASE("music moments: fewer places give as many moments, silence and nothing give none") {
  CHECK(FindKeyMoments({0, 2, 4}, std::vector<float>(6, 0.5F)).size() == 3);
  CHECK(FindKeyMoments(Bars(20), std::vector<float>(20, 0.0F)).empty());
  CHECK(FindKeyMoments({}, {}).empty());
}
