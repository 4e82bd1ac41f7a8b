# How a folder of src/ becomes a library and a test: every .cpp in it is compiled, those ending in _test.cpp into the
# folder's doctest program. Adding a file needs no change here.

add_library(wardmote_options INTERFACE)
target_include_directories(wardmote_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(wardmote_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
  # A designated initialiser leaves the rest at its default on purpose.
  -Wno-missing-field-initializers
  # gcc 12 takes std::string's own code for wrong once it is inlined (its bugs 105329 and 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds> $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>)
if(WARDMOTE_WERROR)
  target_compile_options(wardmote_options INTERFACE -Werror)
endif()
target_compile_definitions(wardmote_options INTERFACE
  WARDMOTE_VERSION="${PROJECT_VERSION}" WARDMOTE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")

# What almost every file includes, compiled once: a quarter off the time of a build. Only a convenience: every header
# still says what it needs, and headers_compile_alone proves that without it.
target_link_libraries(wardmote_options INTERFACE fmt::fmt) # part of it, so everybody must have it alike
set(CMAKE_PCH_WARN_INVALID OFF) # a folder whose packages define macros of their own reads the headers as before
add_library(wardmote_common OBJECT ${CMAKE_SOURCE_DIR}/cmake/common.cpp)
target_link_libraries(wardmote_common PRIVATE wardmote_options)
target_precompile_headers(wardmote_common PRIVATE <algorithm> <chrono> <functional> <map> <memory> <optional> <span>
  <stdexcept> <string> <string_view> <variant> <vector> <fmt/format.h>)

# wardmote_folder(core LINKS fmt::fmt PRIVATE_LINKS PkgConfig::sodium)
function(wardmote_folder name)
  cmake_parse_arguments(ARG "" "" "LINKS;PRIVATE_LINKS;TEST_LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC wardmote_options ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  set_target_properties(${name} PROPERTIES OUTPUT_NAME wardmote_${name})
  target_precompile_headers(${name} REUSE_FROM wardmote_common)

  if(tests)
    add_executable(${name}_test ${tests} $<TARGET_OBJECTS:doctest_main>)
    target_link_libraries(${name}_test PRIVATE ${name} doctest::doctest ${ARG_PRIVATE_LINKS} ${ARG_TEST_LINKS})
    target_include_directories(${name}_test PRIVATE ${CMAKE_SOURCE_DIR}/tests) # of *_for_test.hpp
    target_precompile_headers(${name}_test REUSE_FROM wardmote_common)
    add_test(NAME unit.${name} COMMAND ${name}_test)
    set_tests_properties(unit.${name} PROPERTIES TIMEOUT 300)
  endif()
endfunction()

# Runs the folder's tests again on a PostgreSQL that is made for them and thrown away: `unit.<name>.postgresql`.
# tests/database_for_test.hpp tells a test which database it has.
function(wardmote_postgresql_test name)
  if(NOT TARGET ${name}_test)
    return()
  endif()
  target_link_libraries(${name}_test PRIVATE database_for_test)
  add_test(NAME unit.${name}.postgresql
    # -t: a folder of its own, also when root runs it. Two that start at once would take the same port: hence the lock.
    COMMAND pg_virtualenv -t -o fsync=off env WARDMOTE_TEST_DATABASE=postgresql $<TARGET_FILE:${name}_test>)
  set_tests_properties(unit.${name}.postgresql PROPERTIES TIMEOUT 300 RESOURCE_LOCK pg_virtualenv)
endfunction()

# One generated .cpp for each header, so that every header is proved to compile alone.
function(wardmote_header_check)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/src/*.hpp)
  set(generated)
  foreach(header ${headers})
    string(REPLACE "/" "_" flat ${header})
    set(file ${CMAKE_BINARY_DIR}/headers/${flat}.cpp)
    if(NOT EXISTS ${file})
      file(WRITE ${file} "#include \"${header}\"\n")
    endif()
    list(APPEND generated ${file})
  endforeach()
  add_library(headers_compile_alone OBJECT EXCLUDE_FROM_ALL ${generated})
  target_compile_options(headers_compile_alone PRIVATE -fsyntax-only)
  target_include_directories(headers_compile_alone PRIVATE ${CMAKE_SOURCE_DIR}/tests) # of *_for_test.hpp
  target_link_libraries(headers_compile_alone PRIVATE wardmote_options ${WARDMOTE_HEADER_LINKS})
endfunction()
