// Tells the compiler that the iterations of the loop that follows do not depend on each other, so that it need not prove it.
#pragma once

#if defined(__clang__)
#define KINETONE_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define KINETONE_INDEPENDENT _Pragma("GCC ivdep")
#elif defined(_MSC_VER)
#define KINETONE_INDEPENDENT __pragma(loop(ivdep))
#else
#define KINETONE_INDEPENDENT
#endif
