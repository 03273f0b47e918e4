#!/usr/bin/env bash
# Builds and runs every benchmark; each prints its figure beside the peer or the limit measured in the same run.
# Usage: scripts/bench.sh [name ...]     names are the programs and scripts of tests/bench without their ending
. "$(dirname "$0")/lib.sh"
"$ROOT/scripts/build.sh" leadline benchmarks
cd "$ROOT"
lock=tests/bench/package-lock.json   # the peers; no test needs them
if ! cmp -s "$lock" tests/bench/node_modules/.complete; then
  say "installing the peers"
  (cd tests/bench && npm ci --no-audit --no-fund --loglevel=error >/dev/null)
  cp "$lock" tests/bench/node_modules/.complete
fi
list=build/bench/leads.csv   # what check_bench reads
many=build/bench/leads_${IMPORT_ROWS:=100000}.csv   # what import_bench reads: IMPORT_ROWS=1000000 scripts/bench.sh import_bench
mkdir -p build/bench
[ -s "$list" ] || python3 tests/support/gen_leads.py --rows 200000 --seed 1 --dirty 5 --out "$list" >/dev/null
[ -s "$many" ] || python3 tests/support/gen_leads.py --rows "$IMPORT_ROWS" --seed 42 --dirty 5 --out "$many" >/dev/null
for b in $(find build/release/tests/bench -maxdepth 1 -type f -executable -name '*_bench' | sort) $(find tests/bench -maxdepth 1 -name '*_bench.mjs' | sort); do
  name=$(basename "${b%.mjs}")
  if [ $# -gt 0 ] && ! [[ " $* " == *" $name "* ]]; then continue; fi
  say "$name"
  case $b in *.mjs) LEADLINE_BIN=build/release/leadline node "$b" ;; *check_bench) "$b" "$list" ;; *import_bench) "$b" "$many" ;; *) "$b" ;; esac
done
