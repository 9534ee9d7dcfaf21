"""Cells as people see them: a date is a date, and not the number that Sheets keeps.

Which numbers are dates is told by their format alone: by a second read, in which they are texts.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import zip_longest
from typing import cast

from automation.core.edges import EdgeError
from automation.core.office_time.serials import DAY_ZERO
from automation.core.register.headers import Grid
from automation.core.words.texts import header_name
from automation.workbooks.google.sending import Access
from automation.workbooks.google.staff_tabs.look_up import is_look_up
from automation.workbooks.google.staff_tabs.marks import marked_columns
from automation.workbooks.google.staff_tabs.repair import HEADERS, site_of
from automation.workbooks.google.wire.connection import Cells, Row, Scalar

Typed = Scalar | datetime | time

FIRST_DAY, END_OF_DAYS = 61, 2_958_466  # 01/03/1900: what is less is a duration; the end of 9999
CHANGED = "Buku Register berubah selagi dibaca; jalankan `rollover` lagi."


def whole(access: Access) -> dict[str, list[list[Typed]]]:
    """Every tab, by the title that it bears. Raises as Connection, and EdgeError."""
    structure = access.patience.persist(access.connection.structure)
    titles = [tab.title for tab in structure.tabs if tab.rows]
    return _typed(access, access.patience.persist(lambda: access.connection.values(titles)))


def staff_cells(access: Access, grids: Mapping[str, Grid | None]) -> dict[str, Grid | None]:
    """Staff's tabs as they were read into `grids`, by the schema's titles; what the program shows
    in the Register is left out. Raises as Connection, and EdgeError."""
    structure = access.patience.persist(access.connection.structure)
    register = access.settings.staff_titles[0]
    tabs = {title: structure.titled(title) for title in access.settings.staff_titles}
    read = {
        tab.title: Cells(cast(Sequence[Row], grids.get(title) or ()), rows=0, columns=0)
        for title, tab in tabs.items()
        if tab
    }
    typed = _typed(access, read)
    found = {title: typed[tab.title] if tab else None for title, tab in tabs.items()}
    tab = tabs[register]
    if tab:
        ours = _program_places(access, read[tab.title], tab.sheet_id)
        for row in typed[tab.title]:
            row[:] = ["" if place in ours else cell for place, cell in enumerate(row)]
    return dict(found)


def _typed(access: Access, read: Mapping[str, Cells]) -> dict[str, list[list[Typed]]]:
    """`read` with its dates, and times of day, as such."""
    titles = [*read]
    shown = access.patience.persist(
        lambda: access.connection.values(titles, dates="FORMATTED_STRING")
    )
    return {
        title: [
            [*map(_cell, row, texts)]
            for row, texts in _pairs(read[title].values, shown[title].values)
        ]
        for title in titles
    }


def _pairs(
    read: Sequence[Sequence[Scalar]], shown: Sequence[Sequence[Scalar]]
) -> list[tuple[Sequence[Scalar], Sequence[Scalar]]]:
    """Row by row. Raises EdgeError where anything but a number is not what it was a moment ago."""
    pairs = list(zip_longest(read, shown, fillvalue=()))
    for row, texts in pairs:
        if len(row) != len(texts) or any(
            cell != text for cell, text in zip(row, texts, strict=True) if isinstance(cell, str)
        ):
            raise EdgeError(CHANGED)
    return pairs


def _cell(cell: Scalar, shown: Scalar) -> Typed:
    if isinstance(cell, str | bool) or not isinstance(shown, str):
        return cell
    return _moment(cell)


def _moment(number: int | float) -> Typed:
    if FIRST_DAY <= number < END_OF_DAYS:
        return DAY_ZERO + timedelta(days=number)
    at = datetime.min + timedelta(days=max(number, 0))
    return at.time() if number >= 0 and at.date() == datetime.min.date() else number


def _program_places(access: Access, register: Cells, sheet_id: int) -> set[int]:
    """The columns in which the program shows something: by their formula, or by their mark where
    somebody emptied the header or wrote its word there."""
    site = site_of(register, access.settings)
    if site is None:
        return set()
    title = access.settings.staff_titles[0]
    marked = access.patience.persist(lambda: marked_columns(access.connection, title, sheet_id))
    tops = marked.top[site.header_row] if site.header_row < len(marked.top) else ()
    by_formula = {
        place
        for place, cell in enumerate(tops)
        if any(is_look_up(str(cell), header) for header in HEADERS)
    }
    by_mark = {
        column.place
        for header, column in marked.columns.items()
        if header_name(_top(tops, column.place)) in ("", header_name(header))
    }
    return by_formula | by_mark


def _top(tops: Sequence[Scalar], place: int) -> str:
    return str(tops[place]) if place < len(tops) else ""
