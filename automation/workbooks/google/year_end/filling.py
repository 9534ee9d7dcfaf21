"""A new register filled whole, though it may take several calls.

While it is filled, staff's tabs are protected from everybody; that they are open again is the mark
of a register that is complete. Until then each call can be repeated: it writes what is to stand
there, into cells that are empty or hold the same. So whoever is stopped begins anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from automation.core.drawing import Column, Sheet, cell_name
from automation.core.edges import EdgeError
from automation.core.register.headers import Grid, find_headers
from automation.workbooks.google.drawing.protection import (
    FILLING,
    FILLING_PART,
    bar,
    protection_id,
)
from automation.workbooks.google.drawing.shapes import columns_below, scalar
from automation.workbooks.google.program_tabs.page import same
from automation.workbooks.google.publishing import calls
from automation.workbooks.google.reading import is_filling
from automation.workbooks.google.sending import Access
from automation.workbooks.google.staff_tabs.marks import marked_columns
from automation.workbooks.google.staff_tabs.staff_tab import (
    StaffTab,
    grid_requests,
    new_column,
    staff_tab,
    written_rows,
)
from automation.workbooks.google.wire.connection import NOTHING, Cells, Request
from automation.workbooks.google.wire.structure import ExistingTab, Structure
from automation.workbooks.google.year_end.closing import barred_notes


def rows_of(access: Access) -> dict[str, Grid | None] | None:
    """The cells of staff's tabs in a register that is in use; None where it is to be filled."""
    structure = access.patience.persist(access.connection.structure)
    if is_filling(structure, access.settings.staff_titles):
        return None
    titles = [tab.title for tab in structure.tabs if tab.rows]
    read = access.patience.persist(lambda: access.connection.values(titles))
    tabs = {title: structure.titled(title) for title in access.settings.staff_titles}
    staff = {title: read[tab.title].values for title, tab in tabs.items() if tab}
    is_filled = any(_below(access, title, grid) for title, grid in staff.items())
    is_empty = not any(cells.values for cells in read.values())
    if is_empty or (staff and not is_filled):
        return None
    return {title: staff.get(title) for title in tabs}


def _below(access: Access, title: str, grid: Grid) -> bool:
    """Whether anything stands below the headers; empty checkboxes are nothing."""
    tab = next(tab for tab in access.settings.schema.tabs.all() if tab.title == title)
    top = find_headers([column.header for column in tab.columns], grid).row
    return any(cell not in ("", False) for row in grid[top + 1 :] for cell in row)


def is_unfinished(access: Access) -> bool:
    structure = access.patience.persist(access.connection.structure)
    return is_filling(structure, access.settings.staff_titles)


def keep_shut(access: Access) -> None:
    """Nobody types into staff's tabs before all is there."""

    def attempt() -> None:
        structure = access.connection.structure()
        requests = [*_shutting(access, structure)]
        if requests:
            access.send([[*requests, *barred_notes(access, structure)]])

    access.patience.persist(attempt)


def _shutting(access: Access, structure: Structure) -> Iterator[Request]:
    for title in access.settings.staff_titles:
        tab = structure.titled(title)
        if tab and protection_id(title, FILLING_PART) not in tab.protections:
            editor = access.connection.editor
            yield bar(title, FILLING_PART, tab.sheet_id, None, FILLING, editor)


def open_to_all(access: Access) -> None:
    """The register is complete."""

    def attempt() -> None:
        structure = access.connection.structure()
        identities = {protection_id(title, FILLING_PART) for title in access.settings.staff_titles}
        there = {each for tab in structure.tabs for each in tab.protections} & identities
        if there:
            access.send(
                [[{"deleteProtectedRange": {"protectedRangeId": each}} for each in sorted(there)]]
            )

    access.patience.persist(attempt)


def fill(access: Access, sheets: Sequence[Sheet]) -> None:
    """`sheets` have all rows of staff's tabs, and behind the schema's columns those of the office.

    The Register, which is the first, comes last. Raises EdgeError where other things stand in the
    way."""
    structure = access.patience.persist(access.connection.structure)
    titles = [tab.title for sheet in sheets if (tab := structure.titled(sheet.title))]
    read = access.patience.persist(lambda: access.connection.values(titles))
    pieces: list[list[Request]] = []
    for sheet in reversed(sheets):
        state = _state(access, sheet, structure, read)
        _refuse_other(state)
        pieces += [[request] for request in _requests(state, access)]
    access.send(calls(pieces))


def _state(
    access: Access, sheet: Sheet, structure: Structure, read: Mapping[str, Cells]
) -> StaffTab:
    """The tab with a place for each column, those of the office to the right of all."""
    tab, (table,) = structure.titled(sheet.title), sheet.tables
    known = next(each for each in access.settings.schema.tabs.all() if each.title == sheet.title)
    first = replace(table, columns=table.columns[: len(known.columns)])
    cells = read[tab.title] if tab else NOTHING
    state = staff_tab(replace(sheet, tables=[first]), tab, cells, cells)
    if tab is None or state.missing:
        raise EdgeError(f"Tab {sheet.title} pada spreadsheet baru tidak utuh; jalankan lagi.")
    right = max([*state.places, *_look_ups(access, sheet.title, tab)]) + 1
    own = range(right, right + len(table.columns) - len(known.columns))
    return replace(state, sheet=sheet, places=(*state.places, *own))


def _look_ups(access: Access, title: str, tab: ExistingTab) -> list[int]:
    """Where the program shows something, by the marks that it left."""
    if title != access.settings.staff_titles[0]:
        return []
    found = access.patience.persist(lambda: marked_columns(access.connection, title, tab.sheet_id))
    return [column.place for column in found.columns.values()]


def _refuse_other(state: StaffTab) -> None:
    """Raises EdgeError where a cell holds anything but what is to stand there."""
    top = state.header_row
    for place, column in zip(state.places, state.columns, strict=True):
        wanted = [column.header, *map(scalar, column.values)]
        there = [row[place] if place < len(row) else "" for row in state.cells.values[top:]]
        for row, (old, new) in enumerate(zip_longest(there, wanted, fillvalue=""), start=top):
            if old not in ("", False) and not same(old, new) and row > top:
                raise EdgeError(
                    f"Tab {state.sheet.title} pada spreadsheet baru: sel {cell_name(row, place)} "
                    "sudah berisi yang lain; kosongkan, lalu jalankan lagi."
                )


def _requests(state: StaffTab, access: Access) -> Iterator[Request]:
    known = next(e for e in access.settings.schema.tabs.all() if e.title == state.sheet.title)
    own = [*zip(state.places, state.columns, strict=True)][len(known.columns) :]
    yield from grid_requests(state)
    for place, column in own:
        header = {"userEnteredValue": {"stringValue": column.header}}
        yield from new_column(state, place, header, column)
        if is_checked(column):
            yield checkboxes(state, place)
    if own and state.sheet.filtered:  # else a sort would part these columns from their rows
        area = columns_below(state.sheet_id, state.header_row, 0, own[-1][0])
        yield {"setBasicFilter": {"filter": {"range": area}}}
    yield from written_rows(state)


def is_checked(column: Column) -> bool:
    filled = [value for value in column.values if value is not None]
    return bool(filled) and all(isinstance(value, bool) for value in filled)


def checkboxes(state: StaffTab, place: int) -> Request:
    below = columns_below(state.sheet_id, state.header_row + 1, place, place)
    rule = {"condition": {"type": "BOOLEAN"}, "strict": True, "showCustomUi": True}
    return {"setDataValidation": {"range": below, "rule": rule}}
