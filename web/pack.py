#!/usr/bin/env python3
"""Puts the client together: one flat folder with everything the server embeds, and files.txt with "path<TAB>MIME type" lines.

usage: pack.py OUT PROGRAM FILE...   PROGRAM is the name of the Emscripten output without its ending

`@VERSION@` in text files becomes a hash of all content, `@PROGRAM@` the program, `@FILES@` a JSON list of the files, so that
every version of the client has addresses of its own and the service worker knows what to keep.
"""
import hashlib
import json
import pathlib
import shutil
import sys

MIME = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
        ".wasm": "application/wasm", ".otf": "font/otf", ".svg": "image/svg+xml", ".png": "image/png",
        ".webmanifest": "application/manifest+json"}


def without_comments(script):
    """A script of ours without its comment lines and indentation; no text of ours spans lines."""
    lines = (line.strip() for line in script.decode().splitlines())
    return "".join(line + "\n" for line in lines if line and not line.startswith("//")).encode()


def main(out, program, *sources):
    files = {pathlib.Path(s).name: pathlib.Path(s).read_bytes() for s in sources}
    version = hashlib.sha256(b"".join(name.encode() + files[name] for name in sorted(files))).hexdigest()[:12]
    kept = sorted(name for name in files if name not in ("sw.js", "index.html"))
    replaced = {b"@VERSION@": version.encode(), b"@PROGRAM@": program.encode(), b"@FILES@": json.dumps(kept).encode()}
    folder = pathlib.Path(out)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in files.items():
        if name.endswith((".html", ".js", ".webmanifest")):
            for mark, value in replaced.items():
                content = content.replace(mark, value)
        if name.endswith(".js") and f"{pathlib.Path(name).stem}.wasm" not in files:  # those are small already
            content = without_comments(content)
        (folder / name).write_bytes(content)
    lines = [f"{name}\t{MIME[pathlib.Path(name).suffix]}\n" for name in sorted(files)]
    (folder / "files.txt").write_text("".join(lines))


if __name__ == "__main__":
    main(*sys.argv[1:])
