#include "realtime_guard.h"

#include <cstddef>
#include <cstdlib>
#include <new>

#if defined(__linux__)
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define KINETONE_GUARD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define KINETONE_GUARD_SANITIZER 1
#endif
#endif
#if defined(__linux__) && defined(__x86_64__) && defined(PR_SET_SYSCALL_USER_DISPATCH)
#define KINETONE_GUARD_SYSCALLS 1
#endif
// ThreadSanitizer stands before the pthread functions itself.
#if defined(__GLIBC__) && !defined(__SANITIZE_THREAD__)
#define KINETONE_GUARD_LOCKS 1
#endif

namespace kinetone::test {
namespace {

thread_local bool is_watching = false;
thread_local RealtimeFaults faults;

void Note(int RealtimeFaults::* kind, const char* name) {
  if (!is_watching) return;
  if (faults.first == nullptr) faults.first = name;
  ++(faults.*kind);
}

void NoteAllocation(const char* name) { Note(&RealtimeFaults::allocations, name); }
void NoteFree(const void* memory) {
  if (memory != nullptr) Note(&RealtimeFaults::frees, "free");
}
[[maybe_unused]] void NoteLock(const char* name) { Note(&RealtimeFaults::locks, name); }

}  // namespace
}  // namespace kinetone::test

using kinetone::test::NoteAllocation;
using kinetone::test::NoteFree;

#if defined(KINETONE_GUARD_SANITIZER)

extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void*, std::size_t), void (*on_free)(const volatile void*));

namespace {
[[maybe_unused]] const int kHooks = __sanitizer_install_malloc_and_free_hooks([](const volatile void*, std::size_t) { NoteAllocation("malloc"); },
                                                                              [](const volatile void* memory) { NoteFree(const_cast<const void*>(memory)); });
}

#elif defined(__GLIBC__)

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);

void* malloc(std::size_t size) {
  NoteAllocation("malloc");
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  NoteAllocation("calloc");
  return __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) {
  NoteAllocation("realloc");
  return __libc_realloc(memory, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
  NoteAllocation("memalign");
  return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  NoteAllocation("aligned_alloc");
  return __libc_memalign(alignment, size);
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  NoteAllocation("posix_memalign");
  *memory = __libc_memalign(alignment, size);
  return *memory == nullptr ? 12 : 0;  // ENOMEM
}
void free(void* memory) {
  NoteFree(memory);
  __libc_free(memory);
}
}

#else

void* operator new(std::size_t size) {
  NoteAllocation("operator new");
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete(void* memory) noexcept {
  NoteFree(memory);
  std::free(memory);
}
void operator delete[](void* memory) noexcept { operator delete(memory); }
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
void operator delete[](void* memory, std::size_t) noexcept { operator delete(memory); }

#endif

#if defined(KINETONE_GUARD_LOCKS)

// Each stands before the library's function of the same name and hands on to it.
#define KINETONE_WATCH(result, name, parameters, arguments)                               \
  extern "C" result name parameters {                                                     \
    kinetone::test::NoteLock(#name);                                                      \
    static const auto next = reinterpret_cast<result(*) parameters>(dlsym(RTLD_NEXT, #name)); \
    return next arguments;                                                                \
  }

KINETONE_WATCH(int, pthread_mutex_lock, (pthread_mutex_t * mutex), (mutex))
KINETONE_WATCH(int, pthread_rwlock_rdlock, (pthread_rwlock_t * lock), (lock))
KINETONE_WATCH(int, pthread_rwlock_wrlock, (pthread_rwlock_t * lock), (lock))
KINETONE_WATCH(int, pthread_cond_wait, (pthread_cond_t * condition, pthread_mutex_t* mutex), (condition, mutex))
KINETONE_WATCH(int, sem_wait, (sem_t * semaphore), (semaphore))

#undef KINETONE_WATCH

#endif

namespace kinetone::test {
namespace {

#if defined(KINETONE_GUARD_SYSCALLS)

thread_local volatile unsigned char selector = SYSCALL_DISPATCH_FILTER_ALLOW;

// Lets everything pass from here on, because the way out of a signal handler is a system call too, and makes the call that was held up.
void OnSystemCall(int, siginfo_t* info, void* context) {
  selector = SYSCALL_DISPATCH_FILTER_ALLOW;
  if (faults.first == nullptr) faults.first = "system call";
  if (++faults.system_calls == 1) faults.first_system_call = info->si_syscall;
  greg_t* registers = static_cast<ucontext_t*>(context)->uc_mcontext.gregs;
  const long result = syscall(info->si_syscall, registers[REG_RDI], registers[REG_RSI], registers[REG_RDX], registers[REG_R10], registers[REG_R8],
                              registers[REG_R9]);
  registers[REG_RAX] = result == -1 ? -errno : result;
}

bool InstallHandler() {
  struct sigaction action = {};
  action.sa_sigaction = OnSystemCall;
  action.sa_flags = SA_SIGINFO;
  return sigaction(SIGSYS, &action, nullptr) == 0;
}

bool StartSystemCallWatch() {
  static const bool is_installed = InstallHandler();
  selector = SYSCALL_DISPATCH_FILTER_ALLOW;
  return is_installed && prctl(PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, 0, 0, &selector) == 0;
}

void StopSystemCallWatch() {
  selector = SYSCALL_DISPATCH_FILTER_ALLOW;
  prctl(PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_OFF, 0, 0, 0);
}

#else

bool StartSystemCallWatch() { return false; }
void StopSystemCallWatch() {}

#endif

}  // namespace

RealtimeGuard::RealtimeGuard() {
  const bool sees_system_calls = StartSystemCallWatch();
  faults = {};
  is_watching = true;
#if defined(KINETONE_GUARD_SYSCALLS)
  if (sees_system_calls) selector = SYSCALL_DISPATCH_FILTER_BLOCK;
#else
  (void)sees_system_calls;
#endif
}

RealtimeGuard::~RealtimeGuard() { Stop(); }

RealtimeFaults RealtimeGuard::Stop() {
  if (is_watching) {
    StopSystemCallWatch();
    is_watching = false;
  }
  return faults;
}

bool RealtimeGuard::WatchesLocks() {
#if defined(KINETONE_GUARD_LOCKS)
  return true;
#else
  return false;
#endif
}

bool RealtimeGuard::WatchesSystemCalls() {
  static const bool is_seen = [] {
    const bool is_started = StartSystemCallWatch();
    if (is_started) StopSystemCallWatch();
    return is_started;
  }();
  return is_seen;
}

std::string Describe(const RealtimeFaults& found) {
  if (found.none()) return "none";
  std::string text = "first: " + std::string(found.first);
  if (found.first_system_call >= 0) text += " (system call " + std::to_string(found.first_system_call) + ")";
  return text + "; " + std::to_string(found.allocations) + " allocations, " + std::to_string(found.frees) + " frees, " + std::to_string(found.locks) +
         " locks, " + std::to_string(found.system_calls) + " system calls";
}

}  // namespace kinetone::test
