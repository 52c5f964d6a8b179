// POSIX: PR_SET_PDEATHSIG and exec on Linux; elsewhere a fork, and a pipe that closes when the parent ends.
#include "tether/launch.h"

#ifndef _WIN32

#include <fcntl.h>
#include <poll.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace kinetone::tether {
namespace {

constexpr int kNotStarted = 127;
constexpr int kParentGone = 125;
constexpr int kWatchDescriptor = 3;
constexpr int kPollMs = 50;

volatile std::sig_atomic_t g_signal = 0;

void Remember(int number) { g_signal = number; }

int Execute(char** command) {
  execvp(command[0], command);
  std::fprintf(stderr, "kinetone-tether: %s: %s\n", command[0], std::strerror(errno));
  return kNotStarted;
}

// The pipe hangs up when its other end, in the parent, closes; data on it means nothing.
bool IsParentGone() {
  pollfd watched{kWatchDescriptor, POLLIN, 0};
  if (poll(&watched, 1, kPollMs) <= 0) return false;
  if ((watched.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) return true;
  char byte = 0;
  return read(kWatchDescriptor, &byte, 1) == 0;
}

int StatusOf(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

int Watch(char** command) {
  fcntl(kWatchDescriptor, F_SETFD, FD_CLOEXEC);
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) std::signal(number, Remember);
  const pid_t child = fork();
  if (child < 0) {
    std::fprintf(stderr, "kinetone-tether: fork: %s\n", std::strerror(errno));
    return kNotStarted;
  }
  if (child == 0) {
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) std::signal(number, SIG_DFL);
    _exit(Execute(command));
  }
  for (;;) {
    int status = 0;
    if (waitpid(child, &status, WNOHANG) == child) return StatusOf(status);
    if (g_signal != 0) {
      kill(child, g_signal);
      g_signal = 0;
    }
    if (IsParentGone()) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
      return kParentGone;
    }
  }
}

}  // namespace

int Launch(const Options& options, char** command) {
  if (options.nice != 0) {
    // Best effort: a program at normal priority is better than none.
    [[maybe_unused]] const int niceness = nice(static_cast<int>(options.nice));
  }
#ifdef __linux__
  if (!options.is_watching) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // The parent may have ended before prctl: then this process was given another one.
    return getppid() == options.parent ? Execute(command) : kParentGone;
  }
#endif
  return Watch(command);
}

}  // namespace kinetone::tether

#endif
