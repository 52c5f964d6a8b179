// Counts and times the calls of a device thread without locks; any other thread looks.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "audio/audio_backend.h"

namespace kinetone::audio {

class CallbackClock {
 public:
  using Clock = std::chrono::steady_clock;

  void Reset() {
    callbacks_.store(0);
    underruns_.store(0);
    load_.store(0.0f);
    last_ns_.store(Now());
  }

  // Device thread, around the rendering of one buffer that lasts `buffer_s`.
  std::int64_t Begin() const { return Now(); }
  void End(std::int64_t began_ns, double buffer_s) {
    const std::int64_t now = Now();
    const auto load = static_cast<float>(static_cast<double>(now - began_ns) * 1e-9 / buffer_s);
    if (load > load_.load(std::memory_order_relaxed)) load_.store(load, std::memory_order_relaxed);
    last_ns_.store(now, std::memory_order_relaxed);
    callbacks_.fetch_add(1, std::memory_order_relaxed);
  }
  void CountUnderrun() { underruns_.fetch_add(1, std::memory_order_relaxed); }

  // Any other thread. alive_s: how long silence of the device is no reason to worry.
  OutputHealth Take(bool is_running, double alive_s) {
    OutputHealth health;
    health.callbacks = callbacks_.load(std::memory_order_relaxed);
    health.underruns = underruns_.load(std::memory_order_relaxed);
    health.load = load_.exchange(0.0f, std::memory_order_relaxed);
    // A device may take its time before it calls first.
    if (health.callbacks == 0 && alive_s < kFirstS) alive_s = kFirstS;
    health.is_alive = is_running && static_cast<double>(Now() - last_ns_.load(std::memory_order_relaxed)) * 1e-9 < alive_s;
    return health;
  }

 private:
  static constexpr double kFirstS = 1.5;

  static std::int64_t Now() { return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch()).count(); }

  std::atomic<std::uint64_t> callbacks_{0}, underruns_{0};
  std::atomic<float> load_{0.0f};
  std::atomic<std::int64_t> last_ns_{0};
};

}  // namespace kinetone::audio
