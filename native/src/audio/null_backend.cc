// A clock instead of a device: asks for a buffer whenever one would have been played. Where a machine has no sound, and
// where a test wants a device that drifts.
#include <atomic>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

#include "audio/audio_backend.h"
#include "audio/callback_clock.h"
#include "rt/realtime_scheduling.h"

namespace kinetone::audio {
namespace {

class NullBackend final : public AudioBackend {
 public:
  explicit NullBackend(std::unique_ptr<PaceClock> pace) : pace_(std::move(pace)) {}
  ~NullBackend() override { Stop(); }

  std::string Open(const OutputRequest& request, AudioSource& source, OutputInfo& info) override {
    Stop();
    info = {"No sound device", "Kinetone", request.rate, request.buffer_frames / request.rate, 2, request.buffer_frames};
    buffer_s_ = request.buffer_frames / request.rate;
    clock_.Reset();
    is_running_ = true;
    const rt::ScopedRealtimeScheduling realtime;
    thread_ = std::thread([this, request, &source] { Run(request, source); });
    return {};
  }

  void Close() override { Stop(); }
  OutputHealth TakeHealth() override { return clock_.Take(is_running_, kAliveS + 4 * buffer_s_); }

 private:
  static constexpr double kAliveS = 0.1;
  static constexpr double kMostLateS = 1.0;

  void Stop() {
    is_running_ = false;
    if (thread_.joinable()) thread_.join();
  }

  void Run(const OutputRequest& request, AudioSource& source) {
    std::vector<float> buffer(2 * static_cast<std::size_t>(request.buffer_frames));
    const std::chrono::duration<double> period(buffer_s_ / (1.0 + request.drift_ppm * 1e-6));
    auto start = pace_->Now();
    for (std::int64_t count = 1; is_running_; ++count) {
      const std::int64_t began = clock_.Begin();
      source.Render(buffer.data(), static_cast<std::size_t>(request.buffer_frames));
      clock_.End(began, buffer_s_);
      const auto due = start + std::chrono::duration_cast<PaceClock::Time::duration>(period * static_cast<double>(count));
      const std::chrono::duration<double> late = pace_->Now() - due;
      if (late > period) clock_.CountUnderrun();
      // After the machine slept nothing is caught up with.
      if (late.count() > kMostLateS) {
        start = pace_->Now();
        count = 0;
      } else {
        pace_->SleepUntil(due);
      }
    }
  }

  const std::unique_ptr<PaceClock> pace_;
  std::thread thread_;
  std::atomic<bool> is_running_{false};
  double buffer_s_ = 0.0;
  CallbackClock clock_;
};

}  // namespace

std::unique_ptr<AudioBackend> MakeNullBackend(std::unique_ptr<PaceClock> clock) { return std::make_unique<NullBackend>(std::move(clock)); }

}  // namespace kinetone::audio
