# Compiles each *_simd.cc once per instruction-set level (rt/dispatch.h), with KINETONE_SIMD set to the level's namespace, and adds
# the objects to TARGET. *_simd512.cc files are built for AVX-512 too. Such a file includes no header with inline functions outside
# an anonymous namespace or its own (the standard containers and <algorithm>, say): the linker keeps one copy of those for the
# whole program, and it may be the one this processor cannot run.
function(kinetone_add_simd TARGET)
  set(sources ${ARGN})
  set(sources512 ${ARGN})
  list(FILTER sources512 INCLUDE REGEX "_simd512\\.cc$")
  set(levels baseline)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|amd64" AND NOT CMAKE_OSX_ARCHITECTURES MATCHES "arm64")
    list(APPEND levels avx2 avx512)
  endif()
  foreach(level ${levels})
    set(files ${sources})
    set(flags "")
    if(level STREQUAL avx2)
      set(flags $<IF:$<CXX_COMPILER_ID:MSVC>,/arch:AVX2,-march=x86-64-v3>)
    elseif(level STREQUAL avx512)
      set(files ${sources512})
      set(flags $<IF:$<CXX_COMPILER_ID:MSVC>,/arch:AVX512,-march=x86-64-v4>
        $<$<NOT:$<CXX_COMPILER_ID:MSVC>>:-mprefer-vector-width=512>)
    endif()
    if(NOT files)
      continue()
    endif()
    add_library(${TARGET}_${level} OBJECT ${files})
    target_compile_definitions(${TARGET}_${level} PRIVATE KINETONE_SIMD=${level})
    # Comparisons may be turned into selections; nothing here reads floating-point exceptions.
    target_compile_options(${TARGET}_${level} PRIVATE ${flags} $<$<NOT:$<CXX_COMPILER_ID:MSVC>>:-fno-trapping-math>
      $<TARGET_PROPERTY:${TARGET},COMPILE_OPTIONS>)
    target_include_directories(${TARGET}_${level} PRIVATE $<TARGET_PROPERTY:${TARGET},INCLUDE_DIRECTORIES>)
    target_sources(${TARGET} PRIVATE $<TARGET_OBJECTS:${TARGET}_${level}>)
  endforeach()
endfunction()
