#!/usr/bin/env bash
# Packages + build. Leaves the release binary, with the client inside, at build/release/leadline.
# Usage: scripts/build.sh [ninja target ...]   (default: leadline; "all" adds the tests and benchmarks)
. "$(dirname "$0")/lib.sh"
"$ROOT/scripts/setup.sh"
mkdir -p "$CCACHE_DIR"

configure() { # preset: only when its cache is missing; ninja re-runs CMake by itself when a list file changed
  [ -f "$ROOT/build/$1/build.ninja" ] || { say "configuring $1"; (cd "$ROOT" && cmake --preset "$1" >/dev/null); }
}

say "building the client (WebAssembly)"
configure web
ninja -C "$ROOT/build/web" --quiet -j "$JOBS" web
say "building the server"
configure release
ninja -C "$ROOT/build/release" --quiet -j "$JOBS" "${@:-leadline}"
