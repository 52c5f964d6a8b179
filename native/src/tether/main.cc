// kinetone-tether: starts a program whose life is tied to the process that asked for it.
//
//   kinetone-tether --parent PID [--nice N] [--watch] -- PROGRAM ARGS...
//
// Linux: the kernel sends SIGKILL when the parent ends (prctl(2), PR_SET_PDEATHSIG), then PROGRAM replaces this one.
// Other POSIX systems, and --watch: this one stays, and kills PROGRAM when the pipe on descriptor 3 closes.
// Windows: PROGRAM runs in a job object that ends with this process, which ends with the parent.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "tether/launch.h"

namespace {

constexpr int kUsage = 64;

bool ParseNumber(const char* text, long& value) {
  char* end = nullptr;
  value = std::strtol(text, &end, 10);
  return end != text && *end == '\0';
}

}  // namespace

int main(int argc, char** argv) {
  kinetone::tether::Options options;
  int at = 1;
  for (; at < argc && std::strcmp(argv[at], "--") != 0; ++at) {
    const bool has_value = at + 1 < argc;
    if (std::strcmp(argv[at], "--watch") == 0) {
      options.is_watching = true;
    } else if (std::strcmp(argv[at], "--parent") == 0 && has_value && ParseNumber(argv[at + 1], options.parent)) {
      ++at;
    } else if (std::strcmp(argv[at], "--nice") == 0 && has_value && ParseNumber(argv[at + 1], options.nice)) {
      ++at;
    } else {
      std::fprintf(stderr, "kinetone-tether: unknown option %s\n", argv[at]);
      return kUsage;
    }
  }
  if (at + 1 >= argc || options.parent <= 0) {
    std::fprintf(stderr, "usage: kinetone-tether --parent PID [--nice N] [--watch] -- PROGRAM ARGS...\n");
    return kUsage;
  }
  return kinetone::tether::Launch(options, argv + at + 1);
}
