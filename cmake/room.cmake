# SPDX-License-Identifier: Apache-2.0
# A room of the house: the sources below src/<name> are the library doudi_<name>, *_test.cpp its test <name>_test.
#   doudi_room(match USES column store LINKS PkgConfig::sqlite)
# USES names the rooms it may include (design: docs/ROOMS.md); tools/tidy holds the sources to the same table.
# PRECOMPILED names a header of the room that nearly all its sources include: it is parsed once, with the common ones.
include_guard()

# What `./dev test LANE.PART` builds: the rooms' own tests (label rooms), or the program and what walks through it.
add_custom_target(part_rooms)
add_custom_target(part_program)

# The precompiled header has a library of its own; every target that reuses it must be built with the same flags.
function(doudi_precompiled target)
  if(NOT DOUDI_PCH)
    return()
  endif()
  if(NOT TARGET doudi_precompiled)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/precompiled.cpp CONTENT "// made by cmake/room.cmake\n")
    add_library(doudi_precompiled OBJECT ${CMAKE_BINARY_DIR}/precompiled.cpp)
    target_link_libraries(doudi_precompiled PRIVATE fmt::fmt Threads::Threads)
    target_precompile_headers(doudi_precompiled PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled.h)
  endif()
  target_precompile_headers(${target} REUSE_FROM doudi_precompiled)
endfunction()

function(doudi_room name)
  cmake_parse_arguments(room "" "PRECOMPILED" "USES;LINKS;TEST_USES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_(test|main)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  if(sources)
    add_library(doudi_${name} STATIC ${sources})
    if(room_PRECOMPILED AND DOUDI_PCH)
      target_precompile_headers(doudi_${name} PRIVATE
        ${CMAKE_SOURCE_DIR}/cmake/precompiled.h ${CMAKE_CURRENT_SOURCE_DIR}/${room_PRECOMPILED})
    else()
      doudi_precompiled(doudi_${name})
    endif()
    set(scope PUBLIC)
  else()
    add_library(doudi_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(doudi_${name} ${scope} ${CMAKE_SOURCE_DIR}/src)
  list(TRANSFORM room_USES PREPEND doudi_)
  target_link_libraries(doudi_${name} ${scope} ${room_USES} ${room_LINKS})
  if(tests)
    list(TRANSFORM room_TEST_USES PREPEND doudi_)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE doudi_${name} ${room_TEST_USES} doudi_test_main)
    doudi_precompiled(${name}_test)
    target_compile_definitions(${name}_test PRIVATE DOUDI_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    if(DOUDI_FUZZ)
      return()  # its preset builds the fuzz targets alone
    endif()
    add_test(NAME ${name} COMMAND ${name}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    # http and cli include all the others: their tests are built with the program.
    set(part rooms)
    if(name STREQUAL "http" OR name STREQUAL "cli")
      set(part program)
    endif()
    set_tests_properties(${name} PROPERTIES LABELS ${part})
    add_dependencies(part_${part} ${name}_test)
  endif()
endfunction()

# The tests of a room that start a database of their own in the cluster of tests/postgres.
function(doudi_test_needs_postgres test)
  if(NOT DOUDI_FUZZ)
    set_tests_properties(${test} PROPERTIES FIXTURES_REQUIRED postgres ENVIRONMENT "${DOUDI_TEST_POSTGRES}")
  endif()
endfunction()

# The tests of a room a second time, on the other engine; what follows the name goes into their environment.
function(doudi_test_on_postgres room)
  if(NOT DOUDI_FUZZ)
    add_test(NAME ${room}.postgres COMMAND ${room}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${room}.postgres PROPERTIES
      LABELS rooms FIXTURES_REQUIRED postgres
      ENVIRONMENT "${DOUDI_TEST_POSTGRES};DOUDI_TEST_ENGINE=postgres;${ARGN}")
  endif()
endfunction()
