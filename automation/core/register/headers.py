"""Where the headers of a tab stand, wherever staff moved them: the one place that finds them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from automation.core.words.texts import header_name

# A tab's rows of cells, from row 1 and column A on; rows may be of different lengths.
Grid = Sequence[Sequence[object]]
Grids = Mapping[str, Grid | None]  # by tab; None for one that is not there

HEADER_ROWS = 10  # the header is looked for in the first rows: somebody may have put a title above


@dataclass(frozen=True)
class Headers:
    """The header row (from 0) and the columns (from 0) of each wanted header, in its order."""

    row: int
    places: tuple[tuple[int, ...], ...]


def find_headers(headers: Sequence[str], grid: Grid) -> Headers:
    """The row that has most of `headers`, the first of such; row 0 and no places where none has."""
    names = [header_name(header) for header in headers]
    best = Headers(0, ((),) * len(names))
    for row, cells in enumerate(grid[:HEADER_ROWS]):
        found = [header_name(cell) if isinstance(cell, str) else "" for cell in cells]
        here = Headers(row, tuple(_places(name, found) for name in names))
        if _count(here) > _count(best):
            best = here
    return best


def _places(name: str, found: Sequence[str]) -> tuple[int, ...]:
    return tuple(place for place, each in enumerate(found) if each == name)


def _count(headers: Headers) -> int:
    return sum(map(bool, headers.places))
