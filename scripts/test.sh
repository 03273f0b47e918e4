#!/usr/bin/env bash
# From a fresh machine to every test, the browser's included: packages, build, ctest.
# Arguments go to ctest, for example: scripts/test.sh -R Window
. "$(dirname "$0")/lib.sh"
started=$SECONDS
python3 "$ROOT/scripts/check_sources.py"
"$ROOT/scripts/build.sh" all
say "built after $((SECONDS - started)) s; testing"
cd "$ROOT/build/release"
ctest --output-on-failure -j "$JOBS" "$@"
