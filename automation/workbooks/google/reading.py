"""One read of the whole spreadsheet: staff's tabs, our own, and what our own remember."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from automation.core.words.titles import PROGRAM_TITLES
from automation.workbooks.google.drawing.protection import (
    CLOSING_PART,
    FILLING_PART,
    leads_to,
    protection_id,
)
from automation.workbooks.google.drawing.shapes import object_id
from automation.workbooks.google.program_tabs.layout import chart_id
from automation.workbooks.google.program_tabs.memory import Memory
from automation.workbooks.google.settings import GoogleSettings
from automation.workbooks.google.wire.connection import Cells, Connection
from automation.workbooks.google.wire.faults import RefusedError
from automation.workbooks.google.wire.structure import ExistingTab, Structure


@dataclass(frozen=True)
class ProgramTab:
    """One of our own tabs as it is now."""

    cells: Cells
    laid: Memory | None  # how we left it; None when it is not so any more
    rules: int
    charts: Set[int]
    protected: bool


@dataclass(frozen=True)
class View:
    """The spreadsheet as it was read."""

    staff: Mapping[str, Cells]  # by the schema's titles; a missing tab is absent
    program: Mapping[str, ProgramTab]  # likewise
    staff_ids: Mapping[str, int]  # sheetId of each of staff's tabs
    foreign: Mapping[int, str]  # tabs in the way, with a title that another is to have: by sheetId
    look_ups: tuple[str, ...] | None = None  # the Register's; None: to be looked for
    # Our own tabs that somebody converted to a table, which takes no filter of ours: by sheetId.
    spoiled: frozenset[int] = frozenset()
    goes_on: str = ""  # the spreadsheet in which it goes on, since a year's close closed it
    filling: bool = False  # a year's close fills it, or was broken off

    @property
    def barred(self) -> bool:
        """Whether a year's close has taken staff's tabs from everybody."""
        return bool(self.goes_on) or self.filling


def read_view(connection: Connection, settings: GoogleSettings) -> View:
    """One values:batchGet; where a tab is missing or has been changed, a look at the structure."""
    titles = (*settings.staff_titles, *PROGRAM_TITLES)
    try:
        cells = connection.values(titles)
    except RefusedError as error:
        if error.status != 400:  # 400: one of the tabs is not there
            raise
        return read_view_closely(connection, settings)
    memories = {title: Memory.of(cells[title]) for title in PROGRAM_TITLES}
    if any(memory is None or memory.barred for memory in memories.values()):
        return read_view_closely(connection, settings)
    return View(
        staff={title: cells[title] for title in settings.staff_titles},
        program={
            title: _remembered(title, cells[title], memory)
            for title, memory in memories.items()
            if memory
        },
        staff_ids=next((memory.staff_ids for memory in memories.values() if memory), {}),
        foreign={},
        look_ups=next((memory.look_ups for memory in memories.values() if memory), None),
    )


def _remembered(title: str, cells: Cells, memory: Memory) -> ProgramTab:
    charts = {chart_id(title, place) for place in range(memory.charts)}
    laid = memory if memory.fits(cells) else None
    return ProgramTab(cells, laid, memory.rules, charts, protected=True)


def read_view_closely(connection: Connection, settings: GoogleSettings) -> View:
    """The same by spreadsheets.get and values:batchGet, relying on no memory.

    Our own tabs are known by their ids, whatever they are called now.
    """
    structure = connection.structure()
    titles = {*settings.staff_titles, *PROGRAM_TITLES}
    ours = {object_id(title) for title in PROGRAM_TITLES}
    wanted = [
        tab.title
        for tab in structure.tabs
        if tab.sheet_id in ours or any(structure.titled(title) == tab for title in titles)
    ]
    return view_of(structure, connection.values(wanted) if wanted else {}, settings)


def view_of(structure: Structure, read: Mapping[str, Cells], settings: GoogleSettings) -> View:
    """`read` has the cells of the tabs by the titles that they bear."""
    titles = settings.staff_titles
    staff = {title: structure.titled(title) for title in titles}
    program = {title: structure.with_id(object_id(title)) for title in PROGRAM_TITLES}
    return View(
        staff={title: read[tab.title] for title, tab in staff.items() if tab},
        program={
            title: _found(title, read[tab.title], tab)
            for title, tab in program.items()
            if tab and not tab.tables
        },
        spoiled=frozenset(tab.sheet_id for tab in program.values() if tab and tab.tables),
        staff_ids={title: tab.sheet_id for title, tab in staff.items() if tab},
        foreign=_foreign(structure),
        goes_on=goes_on(structure, titles),
        filling=is_filling(structure, titles),
    )


def goes_on(structure: Structure, titles: Sequence[str]) -> str:
    """`View.goes_on`; `titles` are those of staff's tabs."""
    return next(filter(None, map(leads_to, _barred(structure, titles, CLOSING_PART))), "")


def is_filling(structure: Structure, titles: Sequence[str]) -> bool:
    """`View.filling`, likewise."""
    return bool([*_barred(structure, titles, FILLING_PART)])


def _barred(structure: Structure, titles: Sequence[str], part: str) -> Iterator[str]:
    """What the protections of a year's close on staff's tabs say."""
    for title in titles:
        tab = structure.titled(title)
        protection = tab.protections.get(protection_id(title, part)) if tab else None
        if protection:
            yield protection.description


def _found(title: str, cells: Cells, tab: ExistingTab) -> ProgramTab:
    memory = Memory.of(cells)
    expected = {chart_id(title, place) for place in range(memory.charts)} if memory else set()
    untouched = (
        memory is not None
        and memory.fits(cells)
        and memory.rules == len(tab.rules)
        and expected == tab.charts
        and tab.title == title
    )
    return ProgramTab(
        cells=cells,
        laid=memory if untouched else None,
        rules=len(tab.rules),
        charts=tab.charts,
        protected=protection_id(title) in tab.protections,
    )


def _foreign(structure: Structure) -> dict[int, str]:
    named = ((structure.titled(title), object_id(title)) for title in PROGRAM_TITLES)
    return {tab.sheet_id: tab.title for tab, own_id in named if tab and tab.sheet_id != own_id}
