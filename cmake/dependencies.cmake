# Third-party code, as targets. From Debian packages, or from source packages that scripts/setup.sh unpacked;
# on a machine that is not Debian the source ones are fetched by pinned hash instead.
include(FetchContent)

# Both trees are looked for under LEADLINE_DEPS first.
set(IMGUI_DIR "${LEADLINE_DEPS}/imgui")
set(HTTPLIB_DIR "${LEADLINE_DEPS}/cpp-httplib")

if(NOT EXISTS "${IMGUI_DIR}/imgui.h")
  # v1.90.1
  FetchContent_Declare(imgui_src GIT_REPOSITORY https://github.com/ocornut/imgui.git
    GIT_TAG d6cb3c923d28dcebb2d8d9605ccc7229ccef19eb)
  FetchContent_Populate(imgui_src)
  set(IMGUI_DIR "${imgui_src_SOURCE_DIR}")
endif()

if(EMSCRIPTEN)
  # Header-only, and not in the compiler's own include path: only this one folder may be seen by em++.
  file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/include")
  if(NOT EXISTS "${CMAKE_BINARY_DIR}/include/nlohmann")
    file(CREATE_LINK /usr/include/nlohmann "${CMAKE_BINARY_DIR}/include/nlohmann" SYMBOLIC)
  endif()
  add_library(json INTERFACE)
  target_include_directories(json SYSTEM INTERFACE "${CMAKE_BINARY_DIR}/include")

  # What workbooks are packed with; natively it is a package.
  set(ZLIB_DIR "${LEADLINE_DEPS}/zlib")
  if(NOT EXISTS "${ZLIB_DIR}/zlib.h")
    # v1.3.1
    FetchContent_Declare(zlib_src GIT_REPOSITORY https://github.com/madler/zlib.git
      GIT_TAG 51b7f2abdade71cd9bb0e7a373ef2610ec6f9daf)
    FetchContent_Populate(zlib_src)
    set(ZLIB_DIR "${zlib_src_SOURCE_DIR}")
  endif()
  add_library(zlib STATIC EXCLUDE_FROM_ALL "${ZLIB_DIR}/adler32.c" "${ZLIB_DIR}/crc32.c" "${ZLIB_DIR}/inffast.c"
    "${ZLIB_DIR}/inflate.c" "${ZLIB_DIR}/inftrees.c" "${ZLIB_DIR}/zutil.c")
  target_include_directories(zlib SYSTEM PUBLIC "${ZLIB_DIR}")
  # Sources that are compiled as one would share their private names.
  set_target_properties(zlib PROPERTIES UNITY_BUILD OFF)
  target_compile_options(zlib PRIVATE -O2 -w)
  return()
endif()

if(NOT EXISTS "${HTTPLIB_DIR}/httplib.h")
  # v0.18.7
  FetchContent_Declare(httplib_src GIT_REPOSITORY https://github.com/yhirose/cpp-httplib.git
    GIT_TAG 5814e121dfb5049f72a5c3956c3c8961b40da78b)
  FetchContent_Populate(httplib_src)
  set(HTTPLIB_DIR "${httplib_src_SOURCE_DIR}")
endif()

find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(EXPAT REQUIRED)   # the judge of our XML, in tests
find_package(GTest REQUIRED)
find_package(CLI11 REQUIRED)
find_package(spdlog REQUIRED)
find_package(date REQUIRED)
find_package(nlohmann_json REQUIRED)
include(GoogleTest)

add_library(json INTERFACE)
target_link_libraries(json INTERFACE nlohmann_json::nlohmann_json)

add_library(zlib INTERFACE)
target_link_libraries(zlib INTERFACE ZLIB::ZLIB)
add_library(expat INTERFACE)
target_link_libraries(expat INTERFACE EXPAT::EXPAT)

# The library's own splitter makes one translation unit of its header, so that it compiles once.
add_custom_command(
  OUTPUT "${CMAKE_BINARY_DIR}/httplib/httplib.h" "${CMAKE_BINARY_DIR}/httplib/httplib.cc"
  COMMAND python3 "${HTTPLIB_DIR}/split.py" -e cc -o "${CMAKE_BINARY_DIR}/httplib"
  WORKING_DIRECTORY "${HTTPLIB_DIR}"
  DEPENDS "${HTTPLIB_DIR}/httplib.h")
add_library(httplib STATIC "${CMAKE_BINARY_DIR}/httplib/httplib.cc" "${CMAKE_BINARY_DIR}/httplib/httplib.h")
target_include_directories(httplib SYSTEM PUBLIC "${CMAKE_BINARY_DIR}/httplib")
target_compile_definitions(httplib PUBLIC CPPHTTPLIB_OPENSSL_SUPPORT CPPHTTPLIB_TCP_NODELAY=true
  CPPHTTPLIB_LISTEN_BACKLOG=128)
target_link_libraries(httplib PUBLIC OpenSSL::SSL OpenSSL::Crypto Threads::Threads)

# Statically, as one file that needs nothing on the target machine but libc and OpenSSL.
find_library(SQLITE_STATIC libsqlite3.a REQUIRED)
add_library(sqlite INTERFACE)
target_link_libraries(sqlite INTERFACE "${SQLITE_STATIC}" Threads::Threads m ${CMAKE_DL_LIBS})

find_library(SODIUM_STATIC libsodium.a REQUIRED)
add_library(sodium INTERFACE)
target_link_libraries(sodium INTERFACE "${SODIUM_STATIC}")
