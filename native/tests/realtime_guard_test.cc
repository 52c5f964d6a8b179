// The audio thread's rule: the guard itself notices what it should, and the engine keeps the rule whatever it plays.
#include <cstdio>
#include <memory>
#include <mutex>
#include <vector>

#include "control_fixtures.h"
#include "dsp/mix/finalizer.h"
#include "realtime_guard.h"

#include <doctest/doctest.h>

#if defined(__linux__)
#include <unistd.h>
#endif

using namespace kinetone;

namespace {

template <typename Work>
test::RealtimeFaults Watch(Work&& work) {
  test::RealtimeGuard guard;
  work();
  return guard.Stop();
}

// A film with cuts, colours and movement, so that every player plays.
std::vector<control::FeatureEvent> Film(std::size_t frames) {
  std::vector<control::FeatureEvent> events;
  for (std::size_t i = 0; i < frames; ++i) {
    const float t = static_cast<float>(i % 40) / 40.0f;
    events.push_back({static_cast<std::int64_t>(i * 1600),
                      test::RowOf({.motion = t, .density = 1.0f - t, .brightness = t, .colorfulness = 0.8f, .color = i % 60 < 30 ? 0xff2010u : 0x1060ffu, .cut = i % 25 == 24})});
  }
  return events;
}

}  // namespace

TEST_CASE("realtime guard: it notices an allocation, a free, a lock and a system call, and nothing where there is none") {
  static std::vector<int>* volatile kept = nullptr;
  const auto allocation = Watch([] { kept = new std::vector<int>(100); });
  CHECK(allocation.allocations == 2);
  CHECK(allocation.frees == 0);
  const auto release = Watch([] { delete kept; });
  CHECK(release.frees == 2);
  volatile float sum = 0;
  CHECK(Watch([&] { for (int i = 0; i < 100; ++i) sum = sum + 1; }).none());
  if (test::RealtimeGuard::WatchesLocks()) {
    std::mutex mutex;
    const auto lock = Watch([&] { const std::lock_guard<std::mutex> held(mutex); });
    CHECK(lock.locks == 1);
    CHECK(std::string(lock.first) == "pthread_mutex_lock");
  } else {
    MESSAGE("locks are not watched in this build");
  }
#if defined(__linux__)
  if (test::RealtimeGuard::WatchesSystemCalls()) {
    pid_t parent = 0;
    const auto call = Watch([&] { parent = getppid(); });
    CHECK(call.system_calls == 1);
    CHECK(parent == getppid());
    CHECK(Describe(call).starts_with("first: system call"));
  } else {
    MESSAGE("system calls are not watched: this kernel has no syscall user dispatch");
  }
#endif
}

TEST_CASE("realtime: the engine renders every shape and kit without allocating, locking or calling the system") {
  const auto film = Film(120);
  for (int variant = 0; variant < 6; ++variant) {
    auto mapping = test::PlainMapping();
    mapping.bass = static_cast<control::BassShape>(variant);
    mapping.kit = static_cast<control::Kit>(variant);
    mapping.pad = static_cast<control::PadShape>(variant);
    mapping.master_gain_db = 12;
    control::SonifyEngine engine({}, test::Shared(mapping));
    engine.PushFeatures(film.data(), film.size());
    // A mapping that comes in meanwhile, with a morph and at once, and a turned ceiling.
    auto other = mapping;
    other.bass = static_cast<control::BassShape>((variant + 1) % 6);
    other.pad = static_cast<control::PadShape>((variant + 1) % 6);
    engine.ScheduleMapping(test::Shared(other), 48000, 4800);
    engine.ScheduleMapping(test::Shared(mapping), 96000);
    engine.ScheduleCeiling(-9.0f, 60000);
    constexpr std::size_t kFrames = 441;
    std::vector<float> master(2 * kFrames), stems(dsp::kStemChannels * kFrames);
    const auto faults = Watch([&] {
      for (int turn = 0; turn < 330; ++turn) engine.Render(kFrames, master.data(), stems.data());
    });
    INFO("variant " << variant << ": " << Describe(faults));
    CHECK(faults.none());
    CHECK_FALSE(engine.has_faulted());
  }
}

TEST_CASE("realtime: the finalizer keeps the rule too, also while it limits") {
  dsp::Finalizer finalizer;
  finalizer.Init(48000.0f, 12.0f, -1.0f);
  std::vector<float> samples(2 * 9600, 0.9f);
  const auto faults = Watch([&] { finalizer.Process(samples.data(), 9600); });
  INFO(Describe(faults));
  CHECK(faults.none());
}
