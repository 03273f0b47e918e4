#!/usr/bin/env bash
# The longer checks, after scripts/test.sh (whose build they use): format, the kit of widgets in a browser, sanitizers, fuzzers.
# About half an hour on two cores.
# FUZZ_SECONDS (default 60) is the time of each fuzz target.
. "$(dirname "$0")/lib.sh"
"$ROOT/scripts/setup.sh"
cd "$ROOT"

say "format and source rules"
python3 scripts/check_sources.py
git ls-files '*.h' '*.cc' | grep -vE '_(data|tables)\.cc$' | xargs clang-format --dry-run --Werror

say "the kit of widgets, in a browser"
ninja -C build/web --quiet -j "$JOBS" gallery
node --test --test-reporter=spec tests/e2e/ui_kit.test.mjs

# tests that start the release binary, a browser or a node program are part of test.sh, not of a sanitizer build
sanitized() { # preset, ctest filter arguments
  say "tests under $1"
  cmake --preset "$1" >/dev/null
  ninja -C "build/$1" --quiet -j "$JOBS"
  (cd "build/$1" && ctest --output-on-failure -j "$JOBS" -LE 'process|browser|slow' "${@:2}")
}
export ASAN_OPTIONS=detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1
sanitized asan
sanitized tsan -R 'Store|Scheduler|Front|Http|Simulator|Executor|EventHub'

say "fuzzers"
cmake --preset fuzz >/dev/null
ninja -C build/fuzz --quiet -j "$JOBS" fuzzers
mkdir -p build/fuzz/corpus
find build/fuzz/tests/fuzz -maxdepth 1 -type f -name '*_fuzz' | sort |
  xargs -P "$JOBS" -I{} bash -c '
    name=$(basename {}); mkdir -p build/fuzz/corpus/$name tests/data/fuzz/$name
    {} -max_total_time='"${FUZZ_SECONDS:-60}"' -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
      build/fuzz/corpus/$name tests/data/fuzz/$name > build/fuzz/$name.log 2>&1 ||
      { echo "fuzzer $name failed:"; tail -n 40 build/fuzz/$name.log; exit 255; }
    echo "$name: $(grep -o "stat::number_of_executed_units: *[0-9]*" build/fuzz/$name.log | grep -o "[0-9]*$") inputs"'
say "all checks passed"
