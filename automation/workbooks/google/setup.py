"""The nine tabs in an empty or a used spreadsheet: what is missing is made, the rest is left.

The plan is made anew from the spreadsheet at every try, so that it can be tried again after an
answer was lost: what was applied is found there and is not asked for a second time.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from automation.core.drawing import Sheet, column_letter
from automation.core.register.headers import HEADER_ROWS
from automation.core.words.titles import PROGRAM_TITLES
from automation.workbooks.google.drawing.protection import (
    protection_id,
    warn_about_header,
)
from automation.workbooks.google.drawing.shapes import object_id
from automation.workbooks.google.program_tabs.memory import Memory
from automation.workbooks.google.publishing import calls, creation, set_aside
from automation.workbooks.google.reading import ProgramTab, View, view_of
from automation.workbooks.google.settings import Answers, GoogleSettings
from automation.workbooks.google.staff_tabs.colours import colour_requests
from automation.workbooks.google.staff_tabs.look_up import (
    is_look_up,
    look_up_places,
    look_up_requests,
    look_up_rules,
)
from automation.workbooks.google.staff_tabs.marks import (
    Marked,
    mark_requests,
    marked_columns,
    unmark,
)
from automation.workbooks.google.staff_tabs.repair import HEADERS, can_be_put_back, site_of
from automation.workbooks.google.staff_tabs.staff_tab import (
    StaffTab,
    column_requests,
    drawn_rules,
    filter_requests,
    grid_requests,
    row_requests,
    staff_tab,
    validation_requests,
)
from automation.workbooks.google.staff_tabs.tables import Refusals, told
from automation.workbooks.google.wire.connection import NOTHING, Cells, Connection, Request
from automation.workbooks.google.wire.faults import RefusedError
from automation.workbooks.google.wire.structure import (
    OTHER_NAMES,
    ExistingTab,
    Structure,
    same_locale,
)

UNTITLED = re.compile(r"(Sheet|Lembar|Lembaran) ?1")  # the tab that a new spreadsheet comes with
NEW = ProgramTab(Cells((), 1000, 26), laid=None, rules=0, charts=frozenset(), protected=False)
OLD_WARNINGS = ("look-up",)  # that asked at every sort
NOT_MARKED = Marked((), {})
RECALCULATION = "MINUTE"  # NOW() in conditional formats shows lateness between two runs


class Setup:
    """One setup. `said` tells in Indonesian what it did."""

    def __init__(
        self, connection: Connection, settings: GoogleSettings, sheets: Sequence[Sheet]
    ) -> None:
        """`sheets` are staff's tabs."""
        self._connection = connection
        self._settings = settings
        self._staff = sheets
        self.said: list[str] = []
        self.marks = False  # whether any look-up column was marked
        self._marked = NOT_MARKED
        self._answers = Answers()
        self._named: set[str] = set()  # locales that were refused
        self._refusals = Refusals()
        self._locale = settings.answers.locale or settings.locale

    def plan(self) -> list[list[Request]]:
        """The calls that put right what is not; reads the spreadsheet first."""
        structure = self._connection.structure()
        titles = [tab.title for tab in structure.tabs if tab.rows]
        read = self._connection.values(titles, "FORMULA") if titles else {}
        view = view_of(structure, read, self._settings)
        values = self._values(structure)
        self._marked = self._marked_columns(view)
        states = [self._state(sheet, structure, view, values) for sheet in self._staff]
        notes = self._notes(states)
        requests = list(self._properties(structure, read))
        for state in states:  # first of all, since one tab's drop-downs look at another
            requests += grid_requests(state)
        staffed = [
            request for state in states for request in self._staff_requests(state, states, notes)
        ]
        ids = {each.sheet.title: each.sheet_id for each in states}
        self._refusals.tabs = {state.sheet_id for state in states if state.is_table}
        pieces = [[request] for request in requests]
        pieces += self._program_tabs(view, ids)  # before the formulas that look at them
        pieces += [[request] for request in self._refusals.without(staffed)]
        pieces += [[request] for request in self._leftover(structure, read)]
        return calls(pieces)

    def gives_way(self, error: RefusedError) -> bool:
        """Whether another plan will do without what was refused."""
        return self._names_locale_anew(error) or self._refusals.learn(error)

    def _names_locale_anew(self, error: RefusedError) -> bool:
        """Whether it was the locale's name that was refused, and there is another to try."""
        other = OTHER_NAMES.get(self._locale)
        if other is None or other in self._named or "locale" not in error.message.lower():
            return False
        self._named.add(self._locale)
        self._locale = other
        return True

    def _say(self, sentence: str) -> None:
        """Once, however often the plan is made."""
        if sentence not in self.said:
            self.said.append(sentence)

    def _values(self, structure: Structure) -> dict[str, Cells]:
        """What is read of staff's tabs, by the titles that they bear: formulas have values here."""
        tabs = [structure.titled(sheet.title) for sheet in self._staff]
        titles = [tab.title for tab in tabs if tab]
        return self._connection.values(titles) if titles else {}

    def _marked_columns(self, view: View) -> Marked:
        title = self._settings.staff_titles[0]
        sheet_id = view.staff_ids.get(title)
        if sheet_id is None:
            return NOT_MARKED
        return marked_columns(self._connection, title, sheet_id)

    def _state(
        self, sheet: Sheet, structure: Structure, view: View, values: Mapping[str, Cells]
    ) -> StaffTab:
        cells, tab = view.staff.get(sheet.title, NOTHING), structure.titled(sheet.title)
        state = staff_tab(sheet, tab, cells, values[tab.title] if tab else NOTHING)
        if not self._is_register(state):
            return state
        site = site_of(values[tab.title] if tab else None, self._settings)
        if site is not None:
            state = replace(state, put_back=can_be_put_back(site, self._marked, tab))
        wanted = max(look_up_places(state).values()) + 1
        return replace(state, extra=max(0, wanted - state.width))

    def _is_register(self, state: StaffTab) -> bool:
        return state.sheet.title == self._settings.staff_titles[0]

    def _notes(self, states: Sequence[StaffTab]) -> dict[str, list[str]]:
        rows = {each.tab.title: each.header_row for each in states if each.tab}
        return self._connection.header_notes(rows) if rows else {}

    def _properties(self, structure: Structure, read: Mapping[str, Cells]) -> Iterator[Request]:
        """Zone and locale change what typed dates mean: only where nothing is typed yet."""
        settings, wanted = self._settings, {}
        if structure.recalculation != RECALCULATION:
            wanted["autoRecalc"] = RECALCULATION
            self._say("Penghitungan ulang spreadsheet diatur setiap menit.")
        if structure.timezone != settings.timezone:
            wanted["timeZone"] = settings.timezone
        if not same_locale(structure.locale, settings.locale):
            wanted["locale"] = self._locale
        if any(cells.values for cells in read.values()):
            kept = [wanted.pop(name) for name in ("timeZone", "locale") if name in wanted]
            if kept:
                self._say(
                    f"Zona waktu {structure.timezone} dan lokal {structure.locale} dibiarkan "
                    f"karena spreadsheet sudah berisi; ubah menjadi {settings.timezone} dan "
                    f"{settings.locale} pada File > Setelan."
                )
        elif len(wanted) > ("autoRecalc" in wanted):
            self._say(f"Zona waktu {settings.timezone} dan lokal {settings.locale} dipasang.")
        if same_locale(wanted.get("locale", structure.locale), settings.locale):
            self._answers = settings.answers  # which are about this locale
        if wanted:
            fields = ",".join(wanted)
            yield {"updateSpreadsheetProperties": {"properties": wanted, "fields": fields}}

    def _staff_requests(
        self, state: StaffTab, states: Sequence[StaffTab], notes: Mapping[str, list[str]]
    ) -> Iterator[Request]:
        self._tell(state)
        yield from column_requests(state, notes.get(state.tab.title, []) if state.tab else [])
        yield from validation_requests(state, states, self._answers)
        rules = drawn_rules(state)
        if self._is_register(state):
            yield from self._look_ups(state)
            rules += look_up_rules(state, self._settings.number_header)
        yield from colour_requests(state.sheet_id, state.tab.rules if state.tab else (), rules)
        yield from self._protections(state)
        yield from self._filter(state)
        yield from row_requests(state)

    def _tell(self, state: StaffTab) -> None:
        title = state.sheet.title
        missing = [
            column.header
            for place, column in zip(state.places, state.columns, strict=True)
            if place in state.missing
        ]
        if state.tab is None:
            self._say(f"Tab {title} dibuat.")
        elif missing:
            self._say(f"Tab {title}: tajuk kolom ditambahkan di kanan: {', '.join(missing)}.")
        if state.is_table:
            self._say(told(state))
        for header, places in state.doubled.items():
            letters = " dan ".join(map(column_letter, places))
            self._say(
                f"Tab {title}: tajuk kolom {header} berulang di kolom {letters}; sisakan satu."
            )

    def _look_ups(self, state: StaffTab) -> list[Request]:
        requests = list(look_up_requests(state, self._settings.number_header))
        if requests and state.tab:
            self._say(f"Tab {state.sheet.title}: kolom keadaan berkas dipasang.")
        title, places = state.sheet.title, look_up_places(state)
        marks = list(mark_requests(title, state.sheet_id, places, self._marked))
        self.marks |= bool(marks)
        return [*requests, *marks]

    def wrong_marks(self) -> list[Request]:
        """Takes marks away that came to lie on another column, which was moved there meanwhile."""
        title = self._settings.staff_titles[0]
        register = self._connection.structure().titled(title)
        if register is None:
            return []
        marked = marked_columns(self._connection, title, register.sheet_id)
        return [
            unmark(title, header)
            for header, column in marked.columns.items()
            if not any(is_look_up(str(cell), header) for cell in column.cells[:HEADER_ROWS])
        ]

    def _filter(self, state: StaffTab) -> list[Request]:
        requests = list(filter_requests(state))
        if requests and state.tab:
            self._say(f"Tab {state.sheet.title}: tombol saring dipasang pada tajuk.")
        return requests

    def _protections(self, state: StaffTab) -> Iterator[Request]:
        there = state.tab.protections if state.tab else ()
        title = state.sheet.title
        if protection_id(title, "header") not in there and not state.is_table:
            yield warn_about_header(title, state.sheet_id, state.header_row)
        for asking in OLD_WARNINGS:
            if protection_id(title, asking) in there:
                yield {"deleteProtectedRange": {"protectedRangeId": protection_id(title, asking)}}

    def _program_tabs(self, view: View, staff_ids: Mapping[str, int]) -> list[list[Request]]:
        """What is missing; in each a note of what is there, so that the next run lays it out.

        A tab that became a table is left to the next run, which knows what it remembers.
        """
        titles = [title for title in PROGRAM_TITLES if object_id(title) not in view.spoiled]
        pieces = creation(titles, view, self._connection.editor)
        for sheet_id, title in view.foreign.items():
            self._say(f"Tab {title} yang sudah ada diberi nama {set_aside(sheet_id, title)}.")
        for title in titles:
            if title not in view.program:
                self._say(f"Tab {title} dibuat.")
            tab = view.program.get(title, NEW)
            unlaid = Memory(
                "", "", 0, 0, tab.rules, len(tab.charts), staff_ids, HEADERS, view.barred
            )
            if Memory.of(tab.cells) != unlaid:
                pieces.append([unlaid.request(object_id(title), tab.cells.columns - 1)])
        return pieces

    def _leftover(self, structure: Structure, read: Mapping[str, Cells]) -> Iterator[Request]:
        """Removes the empty tab that a new spreadsheet comes with."""
        for tab in structure.tabs:
            if len(structure.tabs) == 1 and is_untouched(tab, read):
                self._say(f"Tab kosong {tab.title} dihapus.")
                yield {"deleteSheet": {"sheetId": tab.sheet_id}}


def is_untouched(tab: ExistingTab, read: Mapping[str, Cells]) -> bool:
    """Whether it is the empty tab that a new spreadsheet comes with."""
    objects: tuple[Any, ...] = (tab.rules, tab.protections, tab.charts, read[tab.title].values)
    return UNTITLED.fullmatch(tab.title) is not None and not any(objects)
