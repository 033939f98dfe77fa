"""Writes COUNT images of patches of colour into FOLDER/benign and FOLDER/malignant, SIDE pixels wide and high: draw.py FOLDER COUNT SIDE"""

import random
import struct
import sys
import zlib
from pathlib import Path

PATCH = 24


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(side, seed):
    draw, rows = random.Random(seed), b""
    for top in range(0, side, PATCH):
        row = b"".join(draw.randbytes(3) * PATCH for _ in range(0, side, PATCH))[: 3 * side]
        rows += (b"\0" + row) * min(PATCH, side - top)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows, 1))
        + chunk(b"IEND", b"")
    )


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    folder, count, side = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    for i in range(count):
        file = folder / ("malignant" if i % 4 == 0 else "benign") / f"{i:05d}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(png(side, i))


if __name__ == "__main__":
    main()
