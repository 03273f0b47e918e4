#!/usr/bin/env bash
# The longer checks, after scripts/test.sh (whose build they use): format, lint, the kit of widgets in a browser, the list check in
# the browser beside the command line's, sanitizers, fuzzers. About half an hour on two cores. FUZZ_SECONDS (default 30) is the time
# of each fuzz target, twice that for those that read lists; PHONE_NUMBERS (default 2000000, two minutes) how many numbers
# libphonenumber is asked about; LISTS and SEED (default 150, 1000) which lists are compared.
. "$(dirname "$0")/lib.sh"
"$ROOT/scripts/setup.sh"
cd "$ROOT"

say "format and source rules"
python3 scripts/check_sources.py
git ls-files '*.h' '*.cc' | grep -vE '_(data|tables)\.cc$' | xargs clang-format --dry-run --Werror

say "lint of common/ (the reasons are in .clang-tidy)"
cmake --preset debug >/dev/null   # for its compile commands alone
git ls-files 'common/*.cc' | grep -vE '_(data|tables|web)\.cc$' |
  xargs -P "$JOBS" -n 4 clang-tidy --quiet --extra-arg=-Wno-unknown-warning-option -p build/debug >build/lint.log 2>&1 || { cat build/lint.log; die "clang-tidy found something"; }

say "the kit of widgets, in a browser"
ninja -C build/web --quiet -j "$JOBS" gallery
node --test --test-reporter=spec tests/e2e/ui_kit.test.mjs

say "lists are checked alike in the browser and on the command line"
LEADLINE_LISTS="${LISTS:-150}" LEADLINE_SEED="${SEED:-1000}" node --test --test-reporter=spec tests/e2e/native_and_wasm.test.mjs

say "benchmarks and every test still build"
ninja -C build/release --quiet -j "$JOBS" benchmarks

say "phone verdicts beside libphonenumber's own"
ninja -C build/release --quiet -j "$JOBS" phone_test
LEADLINE_PHONE_ORACLE="${PHONE_NUMBERS:-2000000}" build/release/tests/common/lead/phone_test --gtest_brief=1 --gtest_filter='PhoneOracle.*'

export ASAN_OPTIONS=detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1
say "tests under AddressSanitizer and UndefinedBehaviorSanitizer"
cmake --preset asan >/dev/null
ninja -C build/asan --quiet -j "$JOBS"
# what starts the release binary, a browser or a node program is part of test.sh
(cd build/asan && ctest --output-on-failure -j "$JOBS" -LE 'process|browser')

say "fuzzers"
mkdir -p build/asan/corpus
find build/asan/tests -type f -executable \( -name '*_fuzz' -o -name 'fuzz_*' \) | sort |
  xargs -P "$JOBS" -I{} bash -c '
    name=$(basename {}); mkdir -p build/asan/corpus/$name tests/data/fuzz/$name
    seconds='"${FUZZ_SECONDS:-30}"'; [[ $name =~ ^(csv|xlsx|zip|phone|inspect)_fuzz$ ]] && seconds=$((2 * seconds))
    {} -max_total_time=$seconds -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
      build/asan/corpus/$name tests/data/fuzz/$name > build/asan/$name.log 2>&1 ||
      { echo "fuzzer $name failed:"; tail -n 40 build/asan/$name.log; exit 255; }
    echo "$name: $(grep -o "stat::number_of_executed_units: *[0-9]*" build/asan/$name.log | grep -o "[0-9]*$") inputs"'

say "tests of what has threads, under ThreadSanitizer"
threaded=(store_test scheduler_test http_test service_test provider_test provider_simulator_test provider_sim_test)
cmake --preset tsan >/dev/null
ninja -C build/tsan --quiet -j "$JOBS" "${threaded[@]}"
for name in "${threaded[@]}"; do find build/tsan/tests -type f -name "$name"; done |
  xargs -P "$JOBS" -I{} bash -c '{} --gtest_brief=1 || { echo "{} failed"; exit 255; }'
say "all checks passed"
