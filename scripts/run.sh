#!/usr/bin/env bash
# From a fresh machine to the demo on http://127.0.0.1:8080: packages, build, `leadline demo`. Nothing real is ever dialled
# from it. Arguments go to the demo, for example: scripts/run.sh --time-scale 600
. "$(dirname "$0")/lib.sh"
"$ROOT/scripts/build.sh"
exec "$ROOT/build/release/leadline" demo "$@"
