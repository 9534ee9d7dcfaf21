"""An old register that is not written to any more: staff's tabs protected, red, and saying where
it goes on. Not one cell of staff's is touched, and whoever owns the spreadsheet can undo it.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from automation.core.drawing import RED, Area
from automation.core.words.titles import PROGRAM_TITLES
from automation.workbooks.google.drawing.protection import (
    CLOSED,
    CLOSING_PART,
    bar,
    protection_id,
)
from automation.workbooks.google.drawing.shapes import color, object_id
from automation.workbooks.google.program_tabs.memory import Memory
from automation.workbooks.google.reading import goes_on
from automation.workbooks.google.sending import Access
from automation.workbooks.google.settings import ADDRESS
from automation.workbooks.google.wire.connection import Request
from automation.workbooks.google.wire.faults import RefusedError
from automation.workbooks.google.wire.structure import ExistingTab, Structure


def successor(access: Access) -> str:
    """The spreadsheet in which a closed register goes on; "" of one that is open."""
    structure = access.patience.persist(access.connection.structure)
    return goes_on(structure, access.settings.staff_titles)


def close(access: Access, year: int, to: str) -> str:
    """All tabs at once; a sentence where somebody has to protect some by hand."""
    try:
        access.patience.persist(lambda: _attempt(access, year, to))
    except RefusedError as error:
        structure = access.patience.persist(access.connection.structure)
        tables = [title for title, tab in _staff_tabs(access, structure) if tab.tables]
        if error.status != 400 or not tables:
            raise
        access.patience.persist(lambda: _attempt(access, year, to, spared=tables))
        return (
            f"Tab {', '.join(tables)} memuat tabel Google, yang tidak dapat dilindungi program: "
            "lindungi sendiri lewat Data > Lindungi sheet dan rentang."
        )
    return ""


def _attempt(access: Access, year: int, to: str, spared: Collection[str] = ()) -> None:
    """What is protected already is left as it is."""
    structure = access.connection.structure()
    open_yet = {
        title: tab
        for title, tab in _staff_tabs(access, structure)
        if title not in spared and protection_id(title, CLOSING_PART) not in tab.protections
    }
    if open_yet:
        words = CLOSED.format(year=year, address=ADDRESS.format(to))
        requests = [*_closing(open_yet, words, access.connection.editor)]
        access.send([[*requests, *barred_notes(access, structure)]])


def _staff_tabs(access: Access, structure: Structure) -> Iterator[tuple[str, ExistingTab]]:
    for title in access.settings.staff_titles:
        tab = structure.titled(title)
        if tab:
            yield title, tab


def _closing(tabs: dict[str, ExistingTab], words: str, editor: str | None) -> Iterator[Request]:
    for title, tab in tabs.items():
        yield bar(title, CLOSING_PART, tab.sheet_id, _area(tab), words, editor)
        red = {"sheetId": tab.sheet_id, "tabColorStyle": color(RED)}
        yield {"updateSheetProperties": {"properties": red, "fields": "tabColorStyle"}}


def _area(tab: ExistingTab) -> Area | None:
    """All cells, where the office has protected the tab already: Sheets takes one such only."""
    if any(each.whole for each in tab.protections.values()):
        return Area(0, 0, tab.rows - 1, tab.columns - 1)
    return None


def barred_notes(access: Access, structure: Structure) -> Iterator[Request]:
    """Has the next run look closely, instead of relying on what its tabs remember."""
    tabs = {title: structure.with_id(object_id(title)) for title in PROGRAM_TITLES}
    titles = [tab.title for tab in tabs.values() if tab and not tab.tables]
    for title, cells in (access.connection.values(titles) if titles else {}).items():
        memory, tab = Memory.of(cells), structure.titled(title)
        if memory and tab:
            yield replace(memory, barred=True).request(tab.sheet_id, cells.columns - 1)
