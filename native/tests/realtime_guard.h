// Tells whether a stretch of code keeps the rule of the audio thread: no allocation, no freeing, no lock, no system call.
// Allocation is watched by replacing malloc (glibc), by the sanitizer's own hooks, or else by operator new; locks by standing before
// the pthread functions; system calls by the kernel (syscall user dispatch, Linux 5.11 on x86-64).
#pragma once

#include <string>

namespace kinetone::test {

struct RealtimeFaults {
  int allocations = 0, frees = 0, locks = 0, system_calls = 0;
  const char* first = nullptr;  // name of the first forbidden function; for a system call "system call"
  long first_system_call = -1;  // its number

  bool none() const { return allocations == 0 && frees == 0 && locks == 0 && system_calls == 0; }
};

// For a test's message.
std::string Describe(const RealtimeFaults& faults);

// Watches the thread that made it, from its construction to Stop or its end. One at a time per thread. What is forbidden happens all
// the same, and is counted; of system calls only the first. Nothing may be checked or printed while it watches.
class RealtimeGuard {
 public:
  RealtimeGuard();
  ~RealtimeGuard();
  RealtimeGuard(const RealtimeGuard&) = delete;
  RealtimeGuard& operator=(const RealtimeGuard&) = delete;

  RealtimeFaults Stop();

  // False where this build or kernel cannot see them.
  static bool WatchesLocks();
  static bool WatchesSystemCalls();
};

}  // namespace kinetone::test
