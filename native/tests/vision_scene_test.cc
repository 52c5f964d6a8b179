// Cuts made by construction, and everything that looks like one and is none.
#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <vector>

#include "vision/vision_session.h"
#include "vision_picture.h"

namespace kinetone::vision::testing {
namespace {

constexpr int kWidth = 320;
constexpr int kHeight = 180;
constexpr double kFps = 30.0;

// A shot: a scene over time, in seconds.
using Shot = std::function<Scene(double t)>;

// A textured backdrop that pans at px/s, with discs of one colour moving over it.
Shot Pan(unsigned seed, float px_per_s, Rgb tint, float disc_speed = 60.0F) {
  return [=](double t) {
    const float shift = px_per_s * static_cast<float>(t);
    const float disc = disc_speed * static_cast<float>(t);
    return Scene([=](float x, float y) {
      const float n = (Noise(x + shift, y, seed) - 128.0F) * 0.8F;
      const float inside = Inside(std::hypot(std::fmod(x + disc + 4000.0F, 160.0F) - 80.0F, y - 90.0F) - 28.0F);
      const Rgb ground{tint.r + n, tint.g + n, tint.b + n};
      const float d = 200.0F - 0.3F * n;
      return Rgb{ground.r + inside * (d - ground.r), ground.g + inside * (60 - ground.g), ground.b + inside * (d - ground.b)};
    });
  };
}

Frame Film(const Shot& shot, double t, unsigned seed) {
  Frame frame = Render(kWidth, kHeight, shot(t));
  AddNoise(frame, 2.0F, seed);
  return frame;
}

// scene_change of every frame. Frames are taken at the given times; frame(i) makes the picture.
std::vector<float> Changes(const std::vector<double>& times, const std::function<Frame(std::size_t)>& frame) {
  VisionSession session(kWidth, kHeight);
  std::vector<float> changes;
  for (std::size_t i = 0; i < times.size(); ++i) {
    FeatureRow row;
    session.Analyze(frame(i).Planes(), times[i], row);
    changes.push_back(row[kSceneChange]);
  }
  return changes;
}

std::vector<double> Times(std::size_t count, double fps) {
  std::vector<double> times;
  for (std::size_t i = 0; i < count; ++i) times.push_back(static_cast<double>(i) / fps);
  return times;
}

std::vector<std::size_t> Cuts(const std::vector<float>& changes) {
  std::vector<std::size_t> cuts;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (changes[i] >= kHardCut) cuts.push_back(i);
  }
  return cuts;
}

const Shot kShots[] = {Pan(1, 40, {90, 110, 130}), Pan(20, -30, {150, 120, 90}), Pan(40, 0, {120, 125, 120}),
                       Pan(60, 90, {60, 70, 60}), Pan(80, 10, {180, 170, 175})};

using Index = std::vector<std::size_t>;

}  // namespace

TEST_SUITE_BEGIN("vision scene");

TEST_CASE("each hard cut fires once, on its first frame, at every rate") {
  for (const double fps : {24.0, 60.0}) {
    CAPTURE(fps);
    // 0.4 s a shot.
    const auto length = static_cast<std::size_t>(fps * 0.4);
    const auto times = Times(length * 5, fps);
    const auto changes = Changes(times, [&](std::size_t i) {
      return Film(kShots[i / length], times[i], static_cast<unsigned>(i));
    });
    CHECK(Cuts(changes) == Index{length, 2 * length, 3 * length, 4 * length});
    for (std::size_t i = 0; i < changes.size(); ++i) {
      if (i % length != 0 || i == 0) CHECK(changes[i] < 0.05F);
    }
  }
}

TEST_CASE("doubled frames leave each cut where it was, once") {
  const auto times = Times(48, 60.0);
  const auto changes = Changes(times, [&](std::size_t i) {
    const std::size_t picture = i / 2;
    return Film(kShots[picture / 12], static_cast<double>(picture) / kFps, static_cast<unsigned>(picture));
  });
  CHECK(Cuts(changes) == Index{24});
}

TEST_CASE("a cut between two takes of one set fires") {
  // Same backdrop, the camera elsewhere by a third of the picture.
  const Shot set = Pan(7, 0, {110, 120, 115});
  const auto times = Times(20, kFps);
  const auto changes = Changes(times, [&](std::size_t i) {
    const float jump = i < 10 ? 0.0F : 900.0F;
    const Scene scene = set(times[i]);
    Frame frame = Render(kWidth, kHeight, [=](float x, float y) { return scene(x + jump, y + jump); });
    AddNoise(frame, 2.0F, static_cast<unsigned>(i));
    return frame;
  });
  CHECK(Cuts(changes) == Index{10});
}

TEST_CASE("a fast pan, also a sudden one, is no cut") {
  const auto times = Times(24, kFps);
  const auto changes = Changes(times, [&](std::size_t i) {
    // Still for 8 frames, then 30 px a frame.
    const float shift = i < 8 ? 0.0F : static_cast<float>(i - 7) * 30.0F;
    const Scene scene = Pan(5, 0, {120, 120, 140})(0.0);
    Frame frame = Render(kWidth, kHeight, [=](float x, float y) { return scene(x + shift, y); });
    AddNoise(frame, 2.0F, static_cast<unsigned>(i));
    return frame;
  });
  CHECK(Cuts(changes).empty());
}

TEST_CASE("flashes of one to five frames are no cuts, on the way in and out") {
  for (const float gain : {1.5F, 2.2F, 6.0F}) {
    for (const std::size_t length : {1, 5}) {
      CAPTURE(gain);
      CAPTURE(length);
      const auto times = Times(14, kFps);
      const auto changes = Changes(times, [&](std::size_t i) {
        const Scene scene = kShots[0](times[i]);
        const bool is_lit = i >= 6 && i < 6 + length;
        const float g = is_lit ? gain : 1.0F;
        const float lift = is_lit ? 30.0F : 0.0F;
        return Render(kWidth, kHeight, [=](float x, float y) {
          const Rgb c = scene(x, y);
          return Rgb{std::min(255.0F, c.r * g + lift), std::min(255.0F, c.g * g + lift), std::min(255.0F, c.b * g + lift)};
        });
      });
      CHECK(Cuts(changes).empty());
    }
  }
}

TEST_CASE("a cut that follows a flash still fires") {
  const auto times = Times(20, kFps);
  const auto changes = Changes(times, [&](std::size_t i) {
    if (i == 9 || i == 10) return Solid(kWidth, kHeight, Grey(255));
    return Film(kShots[i < 10 ? 0 : 1], times[i], static_cast<unsigned>(i));
  });
  CHECK(Cuts(changes) == Index{11});
}

TEST_CASE("a cut to white that lasts is a cut") {
  const auto times = Times(30, kFps);
  const auto changes = Changes(times, [&](std::size_t i) {
    return i >= 9 ? Solid(kWidth, kHeight, Grey(255)) : Film(kShots[0], times[i], static_cast<unsigned>(i));
  });
  CHECK(Cuts(changes).size() == 1);
}

TEST_CASE("a cut to black and a cut out of black fire") {
  const auto times = Times(40, kFps);
  const auto changes = Changes(times, [&](std::size_t i) {
    if (i >= 10 && i < 30) return Solid(kWidth, kHeight, Grey(0));
    return Film(kShots[i < 10 ? 0 : 1], times[i], static_cast<unsigned>(i));
  });
  CHECK(Cuts(changes) == Index{10, 30});
}

TEST_CASE("dissolves of half a second and more and fades to and from black are no cuts") {
  for (const std::size_t length : {15, 24}) {
    CAPTURE(length);
    const auto times = Times(length + 10, kFps);
    const auto mixed = [&](const Shot& from, const Shot& to) {
      return Changes(times, [&](std::size_t i) {
        const float t = std::clamp((static_cast<float>(i) - 5.0F) / static_cast<float>(length), 0.0F, 1.0F);
        const Scene a = from(times[i]);
        const Scene b = to(times[i]);
        return Render(kWidth, kHeight, [=](float x, float y) {
          const Rgb p = a(x, y);
          const Rgb q = b(x, y);
          return Rgb{p.r + t * (q.r - p.r), p.g + t * (q.g - p.g), p.b + t * (q.b - p.b)};
        });
      });
    };
    const Shot black = [](double) { return Scene([](float, float) { return Grey(0); }); };
    CHECK(Cuts(mixed(kShots[0], kShots[1])).empty());
    CHECK(Cuts(mixed(kShots[0], black)).empty());
    CHECK(Cuts(mixed(black, kShots[1])).empty());
  }
}

TEST_CASE("nothing moves on the cut, and no later frame is compared across it") {
  VisionSession session(kWidth, kHeight);
  const Shot still[] = {Pan(1, 0, {90, 110, 130}, 0), Pan(20, 0, {150, 120, 90}, 0)};
  for (std::size_t i = 0; i < 24; ++i) {
    CAPTURE(i);
    FeatureRow row;
    session.Analyze(Film(still[i / 12], 0.0, static_cast<unsigned>(i)).Planes(), static_cast<double>(i) / 60.0, row);
    REQUIRE((row[kSceneChange] >= kHardCut) == (i == 12));
    REQUIRE(row[kMagnitude] < 0.01F);
    REQUIRE(row[kRegion + 4] < 0.01F);
  }
}

TEST_SUITE_END();

}  // namespace kinetone::vision::testing
