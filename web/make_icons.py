#!/usr/bin/env python3
"""Draws the client's icon (the same as icon.svg) as PNG files.

usage: make_icons.py SIZE OUT.png
"""
import struct
import sys
import zlib

ACCENT = (0x2B, 0x59, 0xE0)
BARS = [(8, 16, 16), (13, 12, 20), (18, 8, 24), (23, 13, 19)]  # x, top, bottom, on a square of 32
HALF_STROKE = 1.3
RADIUS = 9
SAMPLES = 4  # per axis and pixel


def inside_square(x, y):
    dx = max(RADIUS - x, x - (32 - RADIUS), 0)
    dy = max(RADIUS - y, y - (32 - RADIUS), 0)
    return dx * dx + dy * dy <= RADIUS * RADIUS


def on_bar(x, y):
    return any((x - bx) ** 2 + max(top - y, y - bottom, 0) ** 2 <= HALF_STROKE ** 2 for bx, top, bottom in BARS)


def pixel(px, py, size):
    square = bar = 0
    for i in range(SAMPLES):
        for j in range(SAMPLES):
            x = (px + (i + 0.5) / SAMPLES) * 32 / size
            y = (py + (j + 0.5) / SAMPLES) * 32 / size
            square += inside_square(x, y)
            bar += on_bar(x, y)
    total = SAMPLES * SAMPLES
    white = bar / total
    return bytes([round(c + (255 - c) * white) for c in ACCENT] + [round(255 * square / total)])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def main(size, out):
    rows = b"".join(b"\0" + b"".join(pixel(x, y, size) for x in range(size)) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    with open(out, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
