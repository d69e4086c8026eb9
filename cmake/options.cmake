# SPDX-License-Identifier: Apache-2.0
# The flags that every target of the project is built with.

set(default_arch "")
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  set(default_arch "x86-64-v3")
endif()
set(DOUDI_ARCH "${default_arch}" CACHE STRING "-march of the build (the scans want AVX2); empty: the compiler's own")
set(DOUDI_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")
option(DOUDI_FUZZ "Fuzz targets (fuzz/) with libFuzzer, and no other tests" OFF)
option(DOUDI_WERROR "Warnings are errors" ON)
option(DOUDI_PCH "Parse the common headers once (./dev asks for it; measured: 1.3 to 1.9 of 2 to 5 seconds a file)" OFF)

# -g1: names and lines for a stack trace, at a tenth of the size of full debug information.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g -D_GLIBCXX_ASSERTIONS")

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wshadow -fstack-protector-strong)
# No path of the building machine in the program: ensure() prints src/…, and two checkouts build the same bytes.
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}/= -ffile-prefix-map=${CMAKE_BINARY_DIR}=.)
if(DOUDI_ARCH)
  add_compile_options(-march=${DOUDI_ARCH})
endif()
if(DOUDI_WERROR)
  add_compile_options(-Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12.2 deletes whole loops without -fno-ivopts: tests/compiler/seg_sum.cpp shows one.
  # TRY is a statement expression, which -Wpedantic would refuse.
  add_compile_options(-fno-ivopts -Wno-pedantic -Wno-missing-field-initializers)
else()
  add_compile_options(-Wno-gnu-statement-expression -Wno-gnu-statement-expression-from-macro-expansion)
  add_compile_options(-Wno-missing-designated-field-initializers)
endif()
if(DOUDI_SANITIZE)
  add_compile_options(-fsanitize=${DOUDI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
  add_link_options(-fsanitize=${DOUDI_SANITIZE})
endif()
if(DOUDI_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
find_program(DOUDI_MOLD mold)
if(DOUDI_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
find_program(DOUDI_CCACHE ccache)
if(DOUDI_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${DOUDI_CCACHE})
endif()
if(DOUDI_PCH)
  # One precompiled header wants one set of flags; some libraries ask for -pthread, so all get it.
  add_compile_options(-pthread "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
  if(DOUDI_CCACHE)
    # ccache serves sources with a precompiled header only if told that defines and times inside it do not matter.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${DOUDI_CCACHE})
  endif()
endif()
