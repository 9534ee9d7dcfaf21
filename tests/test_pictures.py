"""The pictures of README and guides: what makes them, and that they are there."""

import re
import zlib

import numpy as np
import pytest

from tests.picture_files import MARGIN, Pixels, cut, read_ppm, write_png
from tests.pictures import DOCS, LARGEST, PICTURES, PictureError, found_tools
from tests.tools.rooms import PICTURE as ROOMS_PICTURE

PAGES = [DOCS.parent / "README.md", *sorted(DOCS.glob("*.md"))]


def linked(name: str) -> set[str]:
    """The pictures that a page shows, by file name."""
    text = next(page for page in PAGES if page.name == name).read_text("utf-8")
    return {link.rpartition("/")[2] for link in re.findall(r"!\[[^]]+\]\(([^)]+)\)", text)}


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_a_page_shows_pictures_that_one_command_makes(page: str) -> None:
    assert linked(page) <= {*(f"{name}.png" for name in PICTURES), ROOMS_PICTURE.name}


def test_every_picture_is_there_small_and_shown_somewhere() -> None:
    files = {file.name: file.stat().st_size for file in DOCS.glob("*.png")}
    assert files.keys() == {f"{name}.png" for name in PICTURES}
    assert max(files.values()) <= LARGEST
    shown = set().union(*(linked(page.name) for page in PAGES))
    assert files.keys() | {ROOMS_PICTURE.name} == shown


def test_what_is_missing_to_make_pictures_is_said_in_one_sentence() -> None:
    with pytest.raises(PictureError) as error:
        found_tools(lambda name: None if name in ("soffice", "pdftoppm") else f"/bin/{name}")
    assert str(error.value) == "The pictures need pdftoppm: please install first."
    found = found_tools(lambda name: f"/bin/{name}")
    assert found["LibreOffice"] == "/bin/soffice"


def page(height: int, width: int) -> Pixels:
    return np.full((height, width, 3), 255, np.uint8)


def test_a_picture_is_cut_to_what_is_drawn_with_a_margin() -> None:
    drawn = page(100, 200)
    drawn[40:50, 60:90] = 0
    assert cut(drawn, 0, 0, 1, 1).shape == (10 + 2 * MARGIN, 30 + 2 * MARGIN, 3)
    assert cut(drawn, 0.35, 0, 1, 0.45).shape == (5 + MARGIN, 20 + MARGIN, 3)


def test_a_ppm_is_read_as_it_is_drawn() -> None:
    pixels = read_ppm(b"P6\n2 1\n255\n" + bytes([1, 2, 3, 10, 10, 10]))
    assert pixels.tolist() == [[[1, 2, 3], [10, 10, 10]]]


def test_a_png_keeps_frequent_colours_and_puts_the_nearest_for_the_others() -> None:
    """257 colours: the last stands there once, one off its neighbour."""
    many = [(red, 0, 0) for red in range(256)]
    drawn = np.array([[*many, *many, (254, 1, 0), (0, 0, 0)]], np.uint8)
    content = write_png(drawn)
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    chunks = dict(chunks_of(content))
    assert chunks[b"IHDR"] == bytes([0, 0, 2, 2, 0, 0, 0, 1, 8, 3, 0, 0, 0])
    palette = np.frombuffer(chunks[b"PLTE"], np.uint8).reshape(-1, 3)
    filtered, *places = zlib.decompress(chunks[b"IDAT"])
    assert filtered == 0
    assert [tuple(palette[place]) for place in places] == [*many, *many, (254, 0, 0), (0, 0, 0)]


def chunks_of(content: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 8
    while at < len(content):
        length = int.from_bytes(content[at : at + 4])
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + data) == int.from_bytes(
            content[at + 8 + length : at + 12 + length]
        )
        found.append((kind, data))
        at += length + 12
    return found
