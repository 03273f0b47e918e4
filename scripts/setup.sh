#!/usr/bin/env bash
# Installs what the build and the tests need: Debian packages, three pinned Debian source packages, npm packages.
# Idempotent; seconds when nothing is missing. Other scripts call it, nobody has to.
. "$(dirname "$0")/lib.sh"

PACKAGES=(
  # compilers and tools
  g++ clang cmake ninja-build ccache git ca-certificates pkg-config dpkg-dev python3 emscripten
  clang-format clang-tidy libclang-rt-14-dev
  # libraries
  libsqlite3-dev nlohmann-json3-dev libcli11-dev libspdlog-dev libfmt-dev libssl-dev zlib1g-dev
  libhowardhinnant-date-dev libsodium-dev tzdata
  # the client's font
  fonts-inter python3-fonttools python3-brotli brotli
  # tests; libphonenumber, openpyxl and expat only as oracles, of the phone rules, of workbooks and of their XML
  libgtest-dev libgmock-dev libphonenumber-dev libexpat1-dev chromium python3-openpyxl
)

missing_packages() {
  local status; status=$(dpkg-query -W -f='${Package} ${db:Status-Abbrev}\n' "${PACKAGES[@]}" 2>/dev/null || true)
  local p; for p in "${PACKAGES[@]}"; do grep -q "^$p ii" <<<"$status" || echo "$p"; done
}

install_packages() {
  local missing; missing=$(missing_packages)
  [ -z "$missing" ] && return
  command -v apt-get >/dev/null || die "this script knows Debian; install the like of: $missing"
  say "installing packages: $(tr '\n' ' ' <<<"$missing")"
  as_root apt-get update -qq
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

# Node 20 or newer runs the browser tests; a machine that has none gets Debian's.
install_node() {
  command -v node >/dev/null && command -v npm >/dev/null && return
  say "installing nodejs and npm"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
}

# fetch_source NAME VERSION DIR SHA256: one exact source package of Debian 13, by a private source list made from
# the machine's own, so that nothing but this fetch ever sees that suite. SHA256 is of the unpacked tree.
fetch_source() {
  local name=$1 version=$2 dir="$DEPS/$3" sha=$4
  [ -f "$dir/.complete" ] && [ "$(cat "$dir/.complete")" = "$sha" ] && return
  say "fetching source package $name $version"
  local apt="$DEPS/apt"; mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/src"
  local uri; uri=$({ cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null || true; } |
    { grep -v '^#' || true; } | { grep -oE '(https?|file):[^ ]*/debian/?( |$)' || true; } | head -n 1 | tr -d ' ')
  [ -n "$uri" ] || die "no Debian archive found in the machine's own apt sources"
  echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri trixie main" > "$apt/sources.list"
  local opts=(-o "Dir::Etc::sourcelist=$apt/sources.list" -o "Dir::Etc::sourceparts=-" -o "Dir::State::lists=$apt/lists"
              -o "Dir::Cache=$apt/cache" -o "APT::Sandbox::User=root" -qq)
  apt-get "${opts[@]}" update
  rm -rf "$apt/src" "$dir"; mkdir -p "$apt/src"
  (cd "$apt/src" && apt-get "${opts[@]}" source "$name=$version" >/dev/null)
  local tree; tree=$(find "$apt/src" -mindepth 1 -maxdepth 1 -type d)
  local got; got=$(cd "$tree" && find . -type f -not -path './.pc/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
  [ "$got" = "$sha" ] || die "$name $version has an unexpected checksum: $got, expected $sha"
  mv "$tree" "$dir"; echo "$sha" > "$dir/.complete"
}

install_npm() {
  local lock="$ROOT/tests/package-lock.json" stamp="$ROOT/tests/node_modules/.complete"
  [ -f "$lock" ] || return 0
  [ -f "$stamp" ] && cmp -s "$lock" "$stamp" && return
  say "installing npm packages for the tests"
  (cd "$ROOT/tests" && npm ci --no-audit --no-fund --loglevel=error >/dev/null)
  cp "$lock" "$stamp"
}

install_packages
install_node
mkdir -p "$DEPS"
fetch_source imgui 1.90.1+ds-1 imgui 65704c65a9e5980aa495c5f1a80634715565114ca06456a8177585963a4a51d2
fetch_source cpp-httplib 0.18.7-1+deb13u1 cpp-httplib 2da875a953d25609584c6a41a89ca0b248688e60b59b91ea004145e16fa3cfbe
# for the browser; the server takes the packages
fetch_source zlib 1:1.3.dfsg+really1.3.1-1 zlib 21798b84a6cbc8791f1e9b902f6829a5eeb967aef5983582cb286ee6527eeba6
install_npm
