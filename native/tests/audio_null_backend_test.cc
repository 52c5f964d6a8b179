// The backend without a device, on a clock of the test's own: half an hour passes in a moment.
#include <atomic>
#include <chrono>
#include <cmath>
#include <memory>
#include <thread>

#include "audio/audio_backend.h"

#include <doctest/doctest.h>

using namespace kinetone;

namespace {

class Counter final : public audio::AudioSource {
 public:
  void Render(float* stereo, std::size_t frames) noexcept override {
    stereo[0] = 0.0f;
    frames_ += static_cast<std::int64_t>(frames);
  }
  std::int64_t frames() const { return frames_; }

 private:
  std::atomic<std::int64_t> frames_{0};
};

// Sleeps take no time until the end is reached; then the clock stands.
class SkippingClock final : public audio::PaceClock {
 public:
  struct Shared {
    std::chrono::duration<double> end{0.0};
    std::chrono::duration<double> stall_at{-1.0};  // here one sleep lasts half a second too long
    std::atomic<bool> is_over{false}, may_end{false};
  };
  explicit SkippingClock(Shared& shared) : shared_(shared) {}

  Time Now() override { return now_; }
  void SleepUntil(Time due) override {
    if (due > now_) now_ = due;
    if (shared_.stall_at.count() >= 0 && now_.time_since_epoch() >= shared_.stall_at) {
      now_ += std::chrono::milliseconds(500);
      shared_.stall_at = std::chrono::duration<double>(-1.0);
    }
    if (now_.time_since_epoch() < shared_.end) return;
    shared_.is_over = true;
    while (!shared_.may_end) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

 private:
  Shared& shared_;
  Time now_{};
};

struct Played {
  std::int64_t frames;
  audio::OutputHealth health;
};

Played PlayFor(double seconds, double ppm, double stall_at = -1.0) {
  SkippingClock::Shared shared;
  shared.end = std::chrono::duration<double>(seconds);
  shared.stall_at = std::chrono::duration<double>(stall_at);
  Counter counter;
  const auto backend = audio::MakeNullBackend(std::make_unique<SkippingClock>(shared));
  audio::OutputRequest request;
  request.drift_ppm = ppm;
  audio::OutputInfo info;
  REQUIRE(backend->Open(request, counter, info).empty());
  while (!shared.is_over) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  const std::int64_t frames = counter.frames();
  const audio::OutputHealth health = backend->TakeHealth();
  shared.may_end = true;
  backend->Close();
  return {frames, health};
}

}  // namespace

TEST_CASE("audio null backend: a clock that is 200 ppm off is off by just that after half an hour, and no buffer is late") {
  for (const double ppm : {-200.0, 0.0, 200.0}) {
    CAPTURE(ppm);
    const Played played = PlayFor(1800.0, ppm);
    const double expected = 48000.0 * 1800.0 * (1.0 + ppm * 1e-6);
    CHECK(std::abs(static_cast<double>(played.frames) - expected) <= 2 * 256);
    CHECK(played.health.underruns == 0);
  }
}

TEST_CASE("audio null backend: what half a second of standing still missed is caught up with, and counted") {
  const Played played = PlayFor(60.0, 0.0, 30.0);
  CHECK(std::abs(static_cast<double>(played.frames) - 48000.0 * 60.0) <= 2 * 256);
  CHECK(played.health.underruns > 10);
}
