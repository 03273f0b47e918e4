# leadline_library(name [NOEXCEPT] SOURCES ... DEPS ...): a static library of this project's own code, with its warnings.
# leadline_test(name [NO_UNITY] SOURCES ... DEPS ...): a GoogleTest program whose cases ctest lists one by one. NO_UNITY where
# files use the same names for their tables.

set(LEADLINE_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wimplicit-fallthrough -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  list(APPEND LEADLINE_WARNINGS -Wthread-safety)
else()
  # g++ 12 reports the first two inside its own headers at -O2 (its bugs 105329 and 105562); the third means nothing
  # where several sources are compiled as one (CMAKE_UNITY_BUILD, which the presets use to build in half the time).
  list(APPEND LEADLINE_WARNINGS -Wno-restrict -Wno-maybe-uninitialized -Wno-subobject-linkage)
endif()

# nlohmann's accessors must not differ between folders with and without exceptions: see common/base/json.h.
add_compile_definitions(JSON_NOEXCEPTION)
if(EMSCRIPTEN)
  add_compile_options(-fno-rtti -flto)
endif()

if(LEADLINE_SANITIZE)
  list(JOIN LEADLINE_SANITIZE "," sanitizers)
  add_compile_options(-fsanitize=${sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  if(LEADLINE_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)   # the libraries too, else the fuzzer sees only its own file
  endif()
  add_link_options(-fsanitize=${sanitizers})
elseif(NOT EMSCRIPTEN)
  add_compile_options(-fstack-protector-strong)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    add_compile_definitions(_FORTIFY_SOURCE=2 _GLIBCXX_ASSERTIONS)
  endif()
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()

# leadline_precompile(name header...): for targets of many small sources that unity builds cannot join. Only where unity builds
# are on, so that the other presets keep every file honest about what it includes.
function(leadline_precompile name)
  if(CMAKE_UNITY_BUILD)
    target_precompile_headers(${name} PRIVATE ${ARGN})
  endif()
endfunction()

function(leadline_library name)
  cmake_parse_arguments(ARG "NOEXCEPT" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_compile_options(${name} PRIVATE ${LEADLINE_WARNINGS})
  if(ARG_NOEXCEPT)
    target_compile_options(${name} PRIVATE -fno-exceptions)
  endif()
  target_link_libraries(${name} PUBLIC ${ARG_DEPS})
endfunction()

function(leadline_test name)
  cmake_parse_arguments(ARG "NO_UNITY" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_options(${name} PRIVATE ${LEADLINE_WARNINGS})
  if(ARG_NO_UNITY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD OFF)
    leadline_precompile(${name} <gmock/gmock.h> <gtest/gtest.h> "${CMAKE_SOURCE_DIR}/common/base/json.h")
  endif()
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    # A test is compiled more often than it runs; the code under test keeps its own flags.
    target_compile_options(${name} PRIVATE -O0 -U_FORTIFY_SOURCE)
  endif()
  target_compile_definitions(${name} PRIVATE LEADLINE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 120)
endfunction()

# leadline_fuzz(name SOURCES ... DEPS ...): a libFuzzer target under LEADLINE_FUZZ; in every other build the same code
# with a plain main that runs the kept corpus (tests/data/fuzz/<name>), so that targets never rot.
function(leadline_fuzz name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  if(LEADLINE_FUZZ)
    add_executable(${name} ${ARG_SOURCES})
    target_compile_options(${name} PRIVATE -fsanitize=fuzzer)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  else()
    add_executable(${name} ${ARG_SOURCES} ${CMAKE_SOURCE_DIR}/tests/fuzz/main.cc)
    add_test(NAME ${name} COMMAND ${name} ${CMAKE_SOURCE_DIR}/tests/data/fuzz/${name})
  endif()
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_options(${name} PRIVATE ${LEADLINE_WARNINGS})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
endfunction()
