"""Draws the rooms of the program and what they import, from the code: docs/architecture.svg.

The rooms stand in the order of `test_architecture`: a dot says that the room of its row imports the
room of its column. All dots lie left of the diagonal. What a room says of itself is the beginning
of its docstring.
"""

import ast
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from textwrap import shorten

from tests.test_architecture import CORE, EDGES, PROGRAM, imported

PICTURE = PROGRAM.parent / "docs" / "architecture.svg"
CORE_COLOR, EDGE_COLOR, WHOLE_COLOR = "#1F4E79", "#2E7D32", "#B7791F"
REST = "the rest"
ROOMS: Mapping[str, str] = {
    **{f"core/{name}": CORE_COLOR for name in CORE},
    **dict.fromkeys(EDGES, EDGE_COLOR),
    "cycle": WHOLE_COLOR,
    REST: WHOLE_COLOR,
}
OF_THE_REST = "Settings, installation, commands, `watch`, the archive, the demo: chooses and wires"
LONGEST = 92  # characters
CELL, LEFT, TOP = 22, 168, 34  # pixels
TEXT = LEFT + CELL * len(ROOMS) + 18
WIDTH, HEIGHT = TEXT + 560, TOP + CELL * len(ROOMS) + 12


def files(room: str) -> list[Path]:
    if room == REST:
        known = {file for other in ROOMS if other != REST for file in files(other)}
        return sorted({*PROGRAM.rglob("*.py")} - known)
    module = (PROGRAM / room).with_suffix(".py")
    return [module] if module.is_file() else sorted((PROGRAM / room).rglob("*.py"))


def purpose(room: str) -> str:
    if room == REST:
        return OF_THE_REST
    said = ast.get_docstring(ast.parse(files(room)[0].read_text("utf-8"))) or ""
    sentence = said.partition("\n\n")[0].replace("\n", " ").partition(". ")[0].removesuffix(".")
    return shorten(sentence, LONGEST, placeholder=" …")


def uses(room: str) -> set[str]:
    """The other rooms that it imports from."""
    modules = {module for file in files(room) for module in imported(file)}
    names = {other: f"automation.{other.replace('/', '.')}." for other in ROOMS if other != room}
    return {
        other for other, name in names.items() for each in modules if f"{each}.".startswith(name)
    }


def _text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}"{more}>{escape(words)}</text>'


def _lines() -> Iterator[str]:
    for row, (room, color) in enumerate(ROOMS.items()):
        y, x = TOP + CELL * row, LEFT + CELL * row
        yield f'<path d="M{LEFT} {y} H{x} V{y + CELL} H{LEFT} Z" fill="#F3F4F6" stroke="#FFFFFF"/>'
        yield f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" fill="{color}"/>'
        yield _text(x + CELL / 2, y + 15, str(row + 1), ' text-anchor="middle" fill="#FFFFFF"')
        yield _text(14, y + 15, room, ' font-weight="bold"')
        yield _text(TEXT, y + 15, purpose(room), ' fill="#4B5563"')
        used = uses(room)
        for column, (other, theirs) in enumerate(ROOMS.items()):
            if other in used:
                place = LEFT + CELL * column + CELL / 2
                yield f'<circle cx="{place}" cy="{y + CELL / 2}" r="4" fill="{theirs}"/>'


def drawn() -> str:
    """The picture as it should be."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="Helvetica, Arial, sans-serif" font-size="12.5" fill="#1F2933">'
    )
    paper = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#FFFFFF"/>'
    title = _text(14, 20, "Room", ' fill="#6B7280"') + _text(
        LEFT, 20, "imports the room of this number", ' fill="#6B7280"'
    )
    return "\n".join([head, paper, title, *_lines(), "</svg>\n"])


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
