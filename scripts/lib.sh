# Shared by every script here: where things are, and how they talk. Source it; it runs nothing by itself.
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
DEPS="$ROOT/build/deps"
JOBS="${JOBS:-$(nproc)}"
export NODE_PATH="/usr/share/nodejs"   # Debian's Emscripten finds its acorn there; without it -O2 links fail
export CCACHE_DIR="${CCACHE_DIR:-$ROOT/build/ccache}"
export CCACHE_SLOPPINESS=pch_defines,time_macros   # what ccache asks for before it keeps sources that use a precompiled header
unset EM_CACHE || true                 # the packaged Emscripten cache is frozen; another one would be rebuilt

say() { printf '\033[1m==\033[0m %s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    die "packages are missing and this is not root: install sudo, or run once as root: $*"; fi
}
