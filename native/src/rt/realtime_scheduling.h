// While it lives, threads that are created on this thread run under real-time scheduling, where the system grants it: a
// sound library's own threads must be as punctual as its callback. Linux: SCHED_RR below the kernel's own threads; elsewhere
// the sound systems see to it themselves.
#pragma once

#if defined(__linux__)
#include <pthread.h>
#include <sched.h>
#endif

namespace kinetone::rt {

class ScopedRealtimeScheduling {
 public:
  ScopedRealtimeScheduling() {
#if defined(__linux__)
    sched_param wanted{};
    wanted.sched_priority = 5;
    is_raised_ = pthread_getschedparam(pthread_self(), &policy_, &saved_) == 0 && pthread_setschedparam(pthread_self(), SCHED_RR, &wanted) == 0;
#endif
  }
  ~ScopedRealtimeScheduling() {
#if defined(__linux__)
    if (is_raised_) pthread_setschedparam(pthread_self(), policy_, &saved_);
#endif
  }
  ScopedRealtimeScheduling(const ScopedRealtimeScheduling&) = delete;
  ScopedRealtimeScheduling& operator=(const ScopedRealtimeScheduling&) = delete;

 private:
#if defined(__linux__)
  int policy_ = SCHED_OTHER;
  sched_param saved_{};
#endif
  bool is_raised_ = false;
};

}  // namespace kinetone::rt
