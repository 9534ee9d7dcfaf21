"""Cells of the staff's tabs -> typed tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from automation.core.arrays import Bools, Floats, Instants, Ints
from automation.core.drawing import column_letter
from automation.core.office_time.dates import NAT, read_moments, read_times
from automation.core.register.asides import asides
from automation.core.register.headers import Grid, find_headers
from automation.core.register.register import CellFault, Entries, HeaderFault, Register
from automation.core.schema import ColumnFact, Schema, Tab, left_out
from automation.core.words.failed_formulas import is_failure
from automation.core.words.indonesian import moment
from automation.core.words.texts import case_number, folded, header_name, tidy

SHOWN = 40  # characters of a cell that a fault tells
DATED = ("datetime", "moment", "until", "date")
YES, NO = "Ya", "Tidak"


def read_register(grids: Mapping[str, Grid | None], schema: Schema, zone: str = "WIB") -> Register:
    """The staff's tabs from their cells, by tab title; one that is absent or None is missing.

    `zone` is the office's, as written behind a time.
    """
    named = {header_name(title): grid for title, grid in grids.items()}
    faults: list[HeaderFault] = []
    tables: dict[str, Entries] = {}
    for key in ("staff", "cases", "closures", "pauses"):
        tab: Tab = getattr(schema.tabs, key)
        grid = named.get(header_name(tab.title))
        if grid is None:
            faults.append(HeaderFault(tab.title, "tab_missing"))
        else:
            faults.extend(_header_faults(tab, grid))
        names = tables["staff"].frame["name"] if "staff" in tables else pd.Series([], dtype=object)
        absent = left_out(key, tab)
        tables[key] = _table(tab, absent, grid or [], schema, names, zone)
    return Register(**tables, header_faults=tuple(faults), strays=())


def _table(
    tab: Tab,
    absent: Sequence[ColumnFact],
    grid: Grid,
    schema: Schema,
    names: "pd.Series[str]",
    zone: str,
) -> Entries:
    headers = find_headers([column.header for column in tab.columns], grid)
    found = {
        column.key: places[0]
        for column, places in zip(tab.columns, headers.places, strict=True)
        if len(places) == 1
    }
    body = grid[headers.row + 1 :]
    cells = {key: _column(body, place) for key, place in found.items()}
    rows = _filled_rows(cells, len(body))
    empty: list[object] = [None] * len(rows)
    frame: dict[str, Any] = {"row": rows + headers.row + 2}
    filled: dict[str, Bools] = {}
    faults: list[CellFault] = []
    for column in (*tab.columns, *absent):
        chosen = [cells[column.key][row] for row in rows.tolist()] if column.key in cells else empty
        if column.type in DATED:
            frame[column.key], filled[column.key], found_faults = _dated(
                column, chosen, schema, zone
            )
            faults += found_faults
        elif column.type == "time":
            frame[column.key], filled[column.key], found_faults = _timed(column, chosen, zone)
            faults += found_faults
        else:
            texts, found_faults = _without_failures(column, chosen)
            faults += found_faults
            frame[column.key] = pd.Series(_texts(column, texts, schema, names), dtype=object)
    letters = {key: column_letter(place) for key, place in found.items()}
    table = Entries(
        tab,
        pd.DataFrame(frame),
        pd.DataFrame(filled, index=range(len(rows))),
        tuple(faults),
        letters,
    )
    return _entries(table, cells, rows, schema)


def _entries(
    table: Entries, cells: Mapping[str, Sequence[object]], rows: Ints, schema: Schema
) -> Entries:
    """The table without the rows that are no entries: these it names."""
    aside = asides(table.tab, table.frame, cells, rows.tolist(), schema)
    if not aside.any():
        return table
    places = np.cumsum(~aside) - 1
    return replace(
        table,
        frame=table.frame[~aside].reset_index(drop=True),
        filled=table.filled[~aside].reset_index(drop=True),
        faults=tuple(
            replace(fault, index=int(places[fault.index]))
            for fault in table.faults
            if not aside[fault.index]
        ),
        asides=tuple(_blocks(table.frame["row"], aside)),
    )


def _blocks(rows: "pd.Series[int]", aside: Bools) -> Iterator[tuple[int, int]]:
    """The first and the last of the rows that follow each other, whatever is blank between."""
    for is_aside, block in groupby(zip(aside.tolist(), rows.tolist(), strict=True), itemgetter(0)):
        if is_aside:
            numbers = [row for _, row in block]
            yield numbers[0], numbers[-1]


def _header_faults(tab: Tab, grid: Grid) -> Iterator[HeaderFault]:
    headers = find_headers([column.header for column in tab.columns], grid)
    for column, found in zip(tab.columns, headers.places, strict=True):
        if len(found) != 1:
            yield HeaderFault(
                tab=tab.title,
                kind="header_doubled" if found else "header_missing",
                header=column.header,
                essential=column.essential,
                row=headers.row + 1,
                letters=tuple(map(column_letter, found)),
            )


def _column(rows: Grid, place: int) -> list[object]:
    return [row[place] if place < len(row) else None for row in rows]


def _filled_rows(cells: Mapping[str, list[object]], height: int) -> Ints:
    """The rows (from 0) in which a known column holds anything."""
    held = np.zeros(height, dtype=bool)
    for column in cells.values():
        held |= np.array([cell is not None and cell != "" for cell in column], dtype=bool)
    for row in np.flatnonzero(held).tolist():
        held[row] = any(
            not (cell is None or (isinstance(cell, str) and not cell.strip()))
            for cell in (column[row] for column in cells.values())
        )
    return np.flatnonzero(held)


def _dated(
    column: ColumnFact, cells: Sequence[object], schema: Schema, zone: str
) -> tuple[Instants, Bools, list[CellFault]]:
    found = read_moments(cells, zone)
    instants = found.instants.copy()
    timeless = ~found.timed & ~np.isnat(instants)
    early = instants < np.datetime64(schema.working_hours.earliest)
    unreadable = found.filled & np.isnat(instants)
    untimed = timeless & ~early & (column.type == "datetime")
    if column.type == "until":
        instants[timeless] += np.timedelta64(1, "D")
    if column.type == "date":
        instants = instants.astype("datetime64[D]").astype("datetime64[s]")
    instants[early | untimed] = NAT
    faults = [
        CellFault(index, column.key, kind, shown(cells[index]))
        for kind, where in (
            ("unreadable", unreadable),
            ("time_missing", untimed),
            ("too_early", early),
        )
        for index in np.flatnonzero(where).tolist()
    ]
    return instants, found.filled, faults


def _timed(
    column: ColumnFact, cells: Sequence[object], zone: str
) -> tuple[Floats, Bools, list[CellFault]]:
    minutes, filled = read_times(cells, zone)
    unreadable = np.flatnonzero(filled & np.isnan(minutes)).tolist()
    faults = [
        CellFault(index, column.key, "unreadable", shown(cells[index])) for index in unreadable
    ]
    return minutes, filled, faults


def _without_failures(
    column: ColumnFact, cells: Sequence[object]
) -> tuple[Sequence[object], list[CellFault]]:
    """The cells of a column of text, those with a failed formula empty.

    A choice keeps it: it is none of the words, and an empty cell may mean one of them.
    """
    failed = [] if column.type == "choice" else [i for i, c in enumerate(cells) if is_failure(c)]
    if not failed:
        return cells, []
    kept = list(cells)
    for index in failed:
        kept[index] = None
    return kept, [CellFault(i, column.key, "formula_failed", shown(cells[i])) for i in failed]


def _texts(
    column: ColumnFact, cells: Sequence[object], schema: Schema, names: "pd.Series[str]"
) -> list[str]:
    texts = [_text(cell) for cell in cells]
    if column.type == "choice":
        return _canonical(texts, schema.choices(column))
    if column.type == "person":
        return _canonical(texts, names.unique().tolist())
    if column.key == "number":
        return [case_number(text, schema.sop.case_number.fits) for text in texts]
    return texts


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return tidy(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return YES if cell else NO
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return shown(cell)


def _canonical(texts: Sequence[str], words: Sequence[str]) -> list[str]:
    """Words in the spelling of `words` where they are the same."""
    spelling = {folded(word): word for word in words}
    spelling |= {folded("TRUE"): YES, folded("FALSE"): NO} if YES in words else {}
    known = {text: spelling.get(folded(text), text) for text in set(texts)}
    return [known[text] for text in texts]


def shown(cell: object) -> str:
    """A cell as a person sees it, cut to a length that fits into a sentence."""
    if isinstance(cell, datetime):
        return moment(cell)
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time):
        return f"{cell:%H.%M}"
    text = tidy(str(cell))
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
