"""Rows of a staff tab that are no entries: totals, column numbers, repeated headers, signatures.

A row is an entry (a case, a person, a closure, a pause) as soon as anything in it can only come
from one: a register number, or what somebody meant for one; a date that is readable or has the form
of one, though it may not exist; a word of a list of choices. Of the others those are asides

- that repeat the headers, or number the columns,
- that begin a cell with a word of totals, of months, or of signatures,
- that have a single cell, or less than two of the cells that every entry needs,
- and what stands between two such rows, as a name does between `Kepala Dinas` and `NIP`.

What is left is an entry, badly typed as it may be. Cells such as `#REF!` hold nothing.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

import numpy as np
import pandas as pd

from automation.core.arrays import Bools
from automation.core.office_time.serials import DAY_ZERO
from automation.core.schema import Schema, Tab
from automation.core.words.failed_formulas import is_failure
from automation.core.words.indonesian import DAYS, MONTHS
from automation.core.words.texts import case_number, header_name, plain

Row = Mapping[str, object]  # what the cells of a row hold, by column key; only what is filled

NEEDED = 2  # so many of the cells that every entry needs make one
NUMBERED = 3  # so many ascending whole numbers number the columns
MOST_COLUMNS = 60

_OTHER_WORDS = re.compile(
    r"(?:(?:sub ?)?total|jumlah|rata-rata|rekap\w*|lanjutan|pindahan|dipindahkan"
    r"|bulan|triwulan|semester|tahun|periode|mengetahui|menyetujui|mengesahkan|kepala dinas"
    r"|an\.|a\.n\.|plt\.|plh\.|nip|ttd|catatan)(?!\w).{0,60}"
    rf"|(?:{'|'.join(map(str.casefold, MONTHS))})(?: ?\d{{4}})?"
)
_LIKE_A_DATE = re.compile(
    rf"(?:(?:{'|'.join(map(str.casefold, DAYS))}|ahad),? ?)?"
    r"\d{1,4} ?[-/. ] ?(?:\d{1,2}|[^\W\d]{3,9})(?!\d).*"
)
_LONG_WORD = re.compile(r"[^\W\d_]{4}")
_SERIAL_OR_PAPER = re.compile(r"\d{1,6}|\d.*\D.*")  # more digits alone are another number


def asides(
    tab: Tab,
    frame: pd.DataFrame,
    cells: Mapping[str, Sequence[object]],
    rows: Sequence[int],
    schema: Schema,
) -> Bools:
    """For each row of the table whether it is no entry.

    `cells` are the columns of the sheet by key, `rows` the places in them of the table's rows.
    """
    open_to_doubt = np.flatnonzero(~_has_entry_value(tab, frame, schema)).tolist()
    kinds = {place: _kind(tab, _held(cells, rows[place]), schema) for place in open_to_doubt}
    found = np.zeros(len(frame), dtype=bool)
    found[[place for place, kind in kinds.items() if kind == "aside"]] = True
    between = [
        place
        for place, kind in kinds.items()
        if kind == "doubtful" and found[max(place - 1, 0)] and found[place + 1 : place + 2].any()
    ]
    found[between] = True
    return found


def is_nothing(cell: object) -> bool:
    """Whether a cell is blank, a tick box, or holds a formula that failed."""
    if not isinstance(cell, str):
        return cell is None or isinstance(cell, bool)
    return not cell or is_failure(cell) or not plain(cell[:40])


def _has_entry_value(tab: Tab, frame: pd.DataFrame, schema: Schema) -> Bools:
    """Where a register number, a date, a time or a chosen word was read."""
    found = np.zeros(len(frame), dtype=bool)
    for column in tab.columns:
        cells = frame[column.key]
        if column.key == "number":
            found |= np.array(list(map(schema.sop.case_number.fits, cells)), dtype=bool)
        elif column.type == "choice":
            words = set(schema.choices(column))
            found |= np.array([cell in words for cell in cells], dtype=bool)
        elif column.type not in ("text", "person"):
            found |= cells.notna().to_numpy(bool)
    return found


def _held(cells: Mapping[str, Sequence[object]], row: int) -> Row:
    held = {key: column[row] for key, column in cells.items()}
    return {key: cell for key, cell in held.items() if not is_nothing(cell)}


def _kind(tab: Tab, row: Row, schema: Schema) -> str:
    """ "aside", "entry", or "doubtful": an entry unless it stands between asides."""
    if _repeats_headers(tab, row) or _numbers_columns(row):
        return "aside"
    if any(map(_is_meant_for_date, _dates(tab, row))) or _is_meant_for_number(row, schema):
        return "entry"
    if len(row) <= 1 or any(map(_is_worded, row.values())):
        return "aside"
    needed = [column.key for column in tab.columns if column.required]
    few = len(row.keys() & {*needed}) < min(NEEDED, len(needed))
    return "aside" if few else "doubtful"


def _repeats_headers(tab: Tab, row: Row) -> bool:
    same = sum(
        header_name(str(row[column.key])) == header_name(column.header)
        for column in tab.columns
        if column.key in row
    )
    return same >= NEEDED and same * 2 > len(row)


def _numbers_columns(row: Row) -> bool:
    numbers = [_whole(cell) for cell in row.values()]
    known = [number for number in numbers if number is not None]
    ascending = all(one < other for one, other in itertools.pairwise(known))
    in_range = all(0 <= number <= MOST_COLUMNS for number in known)
    return len(known) == len(row) >= NUMBERED and ascending and in_range


def _whole(cell: object) -> int | None:
    """A small whole number, which a column of dates may show as a day of 1900."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return (cell - DAY_ZERO.date()).days
    if isinstance(cell, int | float) and cell == cell // 1:
        return int(cell)
    written = re.fullmatch(r"\(?(\d{1,2})[).]?", plain(cell)) if isinstance(cell, str) else None
    return int(written[1]) if written else None


def _dates(tab: Tab, row: Row) -> Iterator[object]:
    for column in tab.columns:
        if column.type in ("datetime", "moment", "until", "date") and column.key in row:
            yield row[column.key]


def _is_meant_for_date(cell: object) -> bool:
    if isinstance(cell, date):
        return cell.year > DAY_ZERO.year + 1
    return isinstance(cell, str) and _LIKE_A_DATE.fullmatch(plain(cell)) is not None


def _is_meant_for_number(row: Row, schema: Schema) -> bool:
    """Digits, perhaps with short words and marks between them."""
    cell = row.get("number")
    text = case_number(str(cell), schema.sop.case_number.fits) if cell is not None else ""
    marked = any(not mark.isalnum() and mark in text for mark in schema.sop.case_number.example)
    begins = _SERIAL_OR_PAPER.fullmatch(text) is not None
    has_digit = any(map(str.isdigit, text))
    return has_digit and (marked or begins) and not _LONG_WORD.search(text)


def _is_worded(cell: object) -> bool:
    return isinstance(cell, str) and _OTHER_WORDS.fullmatch(plain(cell)) is not None
