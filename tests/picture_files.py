"""Pixels of a drawn page: read, cut out, and written as a small PNG with 256 colours."""

import struct
import zlib

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]  # height, width, red green blue

COLOURS = 256
MARGIN = 8  # pixels kept around what is drawn


def read_ppm(content: bytes) -> Pixels:
    """The pixels of a PPM as pdftoppm writes it."""
    _, size, _, pixels = content.split(b"\n", 3)
    width, height = map(int, size.split())
    return np.frombuffer(pixels, np.uint8).reshape(height, width, 3)


def cut(page: Pixels, left: float, top: float, right: float, bottom: float) -> Pixels:
    """A part of a page, given in shares of its sides, without its empty margins.

    Empty is what has the colour of the upper left corner.
    """
    height, width, _ = page.shape
    shown = page[int(top * height) : int(bottom * height), int(left * width) : int(right * width)]
    drawn = (shown != shown[0, 0]).any(axis=2)
    return shown[_around(drawn.any(axis=1)), _around(drawn.any(axis=0))]


def _around(drawn: npt.NDArray[np.bool_]) -> slice:
    (places,) = np.nonzero(drawn)
    return slice(max(int(places[0]) - MARGIN, 0), int(places[-1]) + MARGIN + 1)


def write_png(pixels: Pixels) -> bytes:
    """A PNG with the most frequent colours; each other pixel takes the nearest of them."""
    height, width, _ = pixels.shape
    found, place, count = np.unique(
        pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    palette = found[np.argsort(-count)[:COLOURS]]
    nearest = np.array([_nearest(colour, palette) for colour in found], np.uint8)
    lines = nearest[place].reshape(height, width)
    unfiltered = np.hstack([np.zeros((height, 1), np.uint8), lines]).tobytes()
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(unfiltered, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _nearest(colour: npt.NDArray[np.uint8], palette: Pixels) -> int:
    return int(np.abs(palette.astype(int) - colour.astype(int)).sum(axis=1).argmin())


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
