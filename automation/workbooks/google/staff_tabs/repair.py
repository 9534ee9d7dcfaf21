"""Look-up columns that show nothing: why, and what puts them right without `setup`.

One cell typed or pasted below a look-up's header takes the place that its formula fills, and the
whole column goes blank. Whether all is well is seen from the values of a cycle's one read; only
where it is not are the columns looked at by their marks. What belongs to the program is cleared or
put back by the mark on its column; what staff made their own is left to them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from automation.core.drawing import cell_name
from automation.core.register.headers import find_headers
from automation.core.register.strays import Kind, Stray
from automation.core.words.failed_formulas import is_failure
from automation.core.words.texts import header_name
from automation.workbooks.google.program_tabs.page import same
from automation.workbooks.google.settings import GoogleSettings
from automation.workbooks.google.staff_tabs.look_up import COLUMNS, is_look_up, look_up_formula
from automation.workbooks.google.staff_tabs.marks import Marked, MarkedColumn, written_below
from automation.workbooks.google.wire.connection import Cells, Row, Scalar
from automation.workbooks.google.wire.structure import ExistingTab

HEADERS = tuple(column.header for column in COLUMNS)


@dataclass(frozen=True)
class Site:
    """The Register as its values were read, and where its headers are."""

    cells: Cells
    headers: tuple[str, ...]  # the schema's
    header_row: int  # from 0
    number: int  # the column of case numbers

    @property
    def header_cells(self) -> Row:
        return self.cells.values[self.header_row]

    @property
    def numbers(self) -> list[Scalar]:
        """Of each row below the header."""
        below = self.cells.values[self.header_row + 1 :]
        return [_cell(row, self.number) for row in below]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one look-up column."""

    header: str
    kind: Kind | None  # None: nothing is typed there, its formula only has to be entered anew
    place: int  # of the column
    rows: tuple[int, ...]  # the cells that are in the way, from 0
    clears: bool  # whether they belong to the program


@dataclass(frozen=True)
class Diagnosis:
    """The look-up columns that the Register has, and what is wrong with them."""

    headers: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


def site_of(cells: Cells | None, settings: GoogleSettings) -> Site | None:
    """None where the Register or its column of case numbers is missing."""
    headers = tuple(column.header for column in settings.schema.tabs.cases.columns)
    found = find_headers(headers, cells.values if cells else ())
    places = found.places[headers.index(settings.number_header)]
    if cells is None or len(places) != 1:
        return None
    return Site(cells, headers, found.row, places[0])


def shown(site: Site, progress: Cells | None) -> frozenset[str]:
    """The headers of the look-ups that show what `progress`, the cells of `Pemantauan`, has."""
    first, *rows = progress.values if progress and progress.values else [()]
    known = {_key(row[0]): row for row in reversed(rows) if row and row[0] != ""}  # as VLOOKUP
    below = site.cells.values[site.header_row + 1 :]
    keys = map(_key, site.numbers)
    pairs = [(row, known[key]) for row, key in zip(below, keys, strict=True) if key in known]
    return frozenset(header for header in HEADERS if _shows(site, header, first, pairs))


def _shows(site: Site, header: str, first: Row, pairs: Sequence[tuple[Row, Row]]) -> bool:
    """`first` has the headers of `Pemantauan`, `pairs` each case's rows here and there."""
    columns = [at for at, cell in enumerate(site.header_cells) if cell == header]
    if not columns or header not in first:
        return bool(columns)
    place = first.index(header)
    return all(
        any(same(_cell(here, column), _cell(there, place)) for column in columns)
        for here, there in pairs
    )


def _key(number: Scalar) -> str:
    """A case number as the look-up's formula has it."""
    return str(number).replace(" ", "").replace("\u00a0", "").casefold()


def _cell(row: Row, place: int) -> Scalar:
    return row[place] if place < len(row) else ""


def diagnose(site: Site, marked: Marked, progress: Cells | None) -> Diagnosis:
    """`marked` was read after `site`; where rows moved in between, it says nothing until the next
    time."""
    if find_headers(site.headers, marked.top).row != site.header_row:
        return Diagnosis(HEADERS)
    tops = marked.top[site.header_row] if site.header_row < len(marked.top) else ()
    well = shown(site, progress)
    there: list[str] = []
    faults: list[Fault] = []
    for header in HEADERS:
        elsewhere = [at for at, cell in enumerate(tops) if is_look_up(str(cell), header)]
        column = marked.columns.get(header)
        if column is None and not elsewhere:
            continue  # deleted
        there.append(header)
        if column is not None and (column.place in elsewhere or not elsewhere):
            faults += _marked_faults(site, header, column, header in well)
        else:
            faults += _unmarked_faults(site, header, elsewhere[0])
    return Diagnosis(tuple(there), tuple(faults))


def _marked_faults(site: Site, header: str, column: MarkedColumn, shown: bool) -> Iterator[Fault]:
    top, rows = _cell(column.cells, site.header_row), _filled(column.cells, site.header_row)
    if is_look_up(str(top), header):
        if rows:
            yield Fault(header, "filled", column.place, rows, clears=True)
        elif not shown:
            yield Fault(header, None, column.place, (), clears=False)
    elif top == "" or header_name(str(top)) == header_name(header):
        yield Fault(header, "headless", column.place, (site.header_row, *rows), clears=True)
    elif rows or header_name(str(top)) in map(header_name, site.headers):
        yield Fault(header, "taken", column.place, (site.header_row, *rows), clears=False)
    else:
        yield Fault(header, "headless", column.place, (site.header_row,), clears=False)


def _unmarked_faults(site: Site, header: str, place: int) -> Iterator[Fault]:
    if is_failure(_cell(site.header_cells, place)):
        column = [_cell(row, place) for row in site.cells.values]
        yield Fault(header, "unmarked", place, _filled(column, site.header_row), clears=False)


def _filled(column: Row, header_row: int) -> tuple[int, ...]:
    """The rows below the header in which anything stands."""
    return tuple(row for row in range(header_row + 1, len(column)) if column[row] != "")


def needs_formula(diagnosis: Diagnosis) -> bool:
    return any(fault.kind in ("headless", None) for fault in diagnosis.faults)


def beside_tables(diagnosis: Diagnosis, site: Site, tab: ExistingTab | None) -> Diagnosis:
    """No formula is put back into the header of a table, where it would become text."""
    row = site.header_row
    faults = [
        replace(fault, kind="tabled", rows=(row,), clears=False)
        if fault.kind in ("headless", None) and tab and tab.heads_table(row, fault.place)
        else fault
        for fault in diagnosis.faults
    ]
    return replace(diagnosis, faults=tuple(faults))


def can_be_put_back(site: Site, marked: Marked, tab: ExistingTab | None) -> dict[str, int]:
    """The places of marked columns whose header is gone and may be written again, by header."""
    found = beside_tables(diagnose(site, marked, None), site, tab)
    return {fault.header: fault.place for fault in found.faults if fault.kind == "headless"}


def strays(tab: str, faults: Sequence[Fault]) -> Iterator[Stray]:
    """What staff are told of, block by block."""
    blocks: dict[tuple[Kind, int, int], list[Fault]] = {}
    for fault in sorted(faults, key=lambda fault: fault.place):
        for first, last in _blocks(fault.rows):
            if fault.kind is not None:
                blocks.setdefault((fault.kind, first, last), []).append(fault)
    for (kind, first, last), found in blocks.items():
        for left, right in _blocks([fault.place for fault in found]):
            headers = [fault.header for fault in found if left <= fault.place <= right]
            cell, end = cell_name(first, left), cell_name(last, right)
            cells = cell if cell == end else f"{cell}:{end}"
            yield Stray(tab, ", ".join(headers), kind, first + 1, cell, cells)


def _blocks(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring rows or columns as (first, last)."""
    for _, block in groupby(enumerate(places), key=lambda at: at[1] - at[0]):
        found = [place for _, place in block]
        yield found[0], found[-1]


def repairs(tab: str, site: Site, faults: Sequence[Fault]) -> list[Mapping[str, Any]]:
    """DataFilterValueRanges that put right what is the program's; nothing of what is staff's."""
    return [
        written_below(tab, fault.header, [*_mended(site, fault)])
        for fault in faults
        if fault.kind in ("filled", "headless", None)
    ]


def _mended(site: Site, fault: Fault) -> Iterator[list[Any]]:
    """A column from its first row: what is above the header is left as it is, and so is a formula
    that is there. Below it every row is cleared, since staff may sort in the meantime."""
    formula = look_up_formula(fault.header, site.number, site.header_row)
    yield from ([None] for _ in range(site.header_row))
    yield [None if fault.kind == "filled" else formula]
    if fault.clears:
        yield from ([""] for _ in range(site.cells.rows - site.header_row - 1))
