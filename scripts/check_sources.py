#!/usr/bin/env python3
"""Fails on what a compiler does not see: an include against the direction of the layers, SQL outside the store or with
concatenated values, calls that read the clock past the injected one, direct access to unchecked JSON. The direction and
the reasons are in ARCHITECTURE.md; each line printed names file, line and rule."""
import re
import subprocess
import sys

# folder prefix -> the prefixes it may include; the longest matching prefix decides
ALLOWED = {
    "common/base": ["common/base"],
    "common/lead": ["common/base", "common/lead"],
    "common/dial": ["common/base", "common/lead", "common/dial"],
    "common/table": ["common/base", "common/lead", "common/table"],
    "common/api": ["common/base", "common/lead", "common/dial", "common/table", "common/api"],
    "server/base": ["common", "server/base"],
    "server/store": ["common", "server/base", "server/store"],
    "server/provider": ["common", "server/base", "server/provider"],
    "server/scheduler": ["common", "server/base", "server/store", "server/provider/provider.h", "server/scheduler"],
    "server/service": ["common", "server/base", "server/store/store.h", "server/provider/provider.h", "server/service"],
    "server/http": ["common", "server/base", "server/store/store.h", "server/provider/provider.h", "server/service",
                    "server/http"],
    "server/cli": ["common", "server"],
    "server/main.cc": ["common", "server"],
    "client/platform": ["common/base", "client/platform"],
    "client/ui": ["common/base", "client/platform", "client/ui"],
    "client/net": ["common", "client/platform", "client/net", "client/state"],
    "client/state": ["common", "client/state", "client/platform/platform.h", "client/net"],
    "client/views": ["common", "client/state", "client/ui", "client/views", "client/platform/platform.h"],
    "client/worker": ["common", "client/worker"],
    "client": ["common", "client"],
    "tests": ["common", "server", "client", "tests"],
}
INCLUDE = re.compile(r'^#include "([^"]+)"')
OURS = re.compile(r"^(common|server|client|tests)/")
RULES = [  # (applies to, pattern, why)
    (lambda p: not p.startswith(("server/store/", "tests/")),
     re.compile(r'"\s*(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b'), "SQL belongs to server/store"),
    (lambda p: p.startswith("server/store/"),
     re.compile(r'(SELECT|INSERT|UPDATE|DELETE|WHERE|VALUES)[^;]*"\s*\+\s*(?!k[A-Z])\w*(name|phone|value|text|query\.q)\b'),
     "values are bound, never concatenated into SQL"),
    (lambda p: p.startswith(("server/", "common/")) and p != "server/base/clock.h" and "/sim/" not in p
     and not p.startswith("server/http/") and not p.startswith("server/cli/"),
     re.compile(r"system_clock::now|steady_clock::now|\btime\(nullptr\)|gettimeofday"), "time is injected: server/base/clock.h"),
    (lambda p: p.startswith("common/") and p != "common/base/json.cc",
     re.compile(r"\.get<|\bthrow\b|std::cout|std::cerr|fopen|std::ifstream"), "common/ is pure: no exceptions, no I/O, no unchecked JSON"),
]


def allowed(path):
    prefix = max((p for p in ALLOWED if path == p or path.startswith(p + "/")), key=len, default=None)
    return ALLOWED.get(prefix)


def main():
    files = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.h", "*.cc"],
                           capture_output=True, text=True, check=True).stdout.split()
    found = 0
    for path in files:
        may = allowed(path)
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                m = INCLUDE.match(line)
                if m and OURS.match(m[1]) and may is not None:
                    if not any(m[1] == a or m[1].startswith(a + "/") for a in may):
                        print(f"{path}:{number}: may not include {m[1]}")
                        found += 1
                code = line.split("//")[0]
                for applies, pattern, why in RULES:
                    if applies(path) and pattern.search(code):
                        print(f"{path}:{number}: {why}: {code.strip()[:100]}")
                        found += 1
    if found:
        sys.exit(f"{found} source rules broken")


main()
