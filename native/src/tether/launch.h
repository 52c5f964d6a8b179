// One implementation per kind of system: launch_posix.cc, launch_windows.cc.
#pragma once

namespace kinetone::tether {

struct Options {
  // Process id of the one whose end ends the program.
  long parent = 0;
  // Added to the niceness; 0 leaves it.
  long nice = 0;
  // Stay and watch descriptor 3 where the kernel could do it alone: for systems without PDEATHSIG, and for tests.
  bool is_watching = false;
};

// Runs `command` (a null-terminated argument list) and returns its exit status, or does not return when the program
// replaces this one. 127: it could not be started; 125: the parent was already gone.
int Launch(const Options& options, char** command);

}  // namespace kinetone::tether
