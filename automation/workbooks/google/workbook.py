"""The register as a Google spreadsheet: `core.edges.Workbook` with one read and one write a run.

Staff's tabs are only read once they are set up. Nothing of a spreadsheet is kept between runs but
what stands in it (`memory`).
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from automation.core.drawing import Sheet
from automation.core.edges import Check, EdgeError, Published, Successor
from automation.core.register.clock import Signs
from automation.core.register.headers import Grid
from automation.core.register.strays import Stray
from automation.core.words.titles import PROGRAM_TITLES
from automation.workbooks.google.doctor import UNFINISHED, inspect, successor
from automation.workbooks.google.look_ups import LookUps, look_ups
from automation.workbooks.google.publishing import publication
from automation.workbooks.google.reading import View, read_view, read_view_closely
from automation.workbooks.google.sending import send, spoken
from automation.workbooks.google.settings import ADDRESS, GoogleSettings
from automation.workbooks.google.setup import Setup
from automation.workbooks.google.wire.connection import Connection, Request
from automation.workbooks.google.wire.faults import DoubtfulError, Patience, RefusedError

NOT_MENDED = "Kolom program pada Buku Register dipulihkan pada putaran berikutnya."


class GoogleWorkbook:
    """Raises EdgeError, each a sentence that says what to do."""

    def __init__(
        self,
        settings: GoogleSettings,
        sleep: Callable[[float], None] = time.sleep,
        connection: Connection | None = None,
        *,
        unfinished: bool = False,
    ) -> None:
        """`sleep` waits between two tries of a call; `connection` may be another's. Only who fills
        a new year's register reads it while it is `unfinished`."""
        self._settings = settings
        self._connection = connection or Connection(settings)
        self._patience = Patience(settings.tries, settings.patience_seconds, sleep)
        self._view: View | None = None  # as last read, None as soon as it may be out of date
        self._look_ups: LookUps | None = None  # likewise
        self._staff_ids: Mapping[str, int] = {}
        self._goes_on = ""
        self._unfinished = unfinished

    def read(self) -> dict[str, Grid | None]:
        """Staff's tabs, None for one that is missing, and our own. Dates are serial numbers."""
        with self._spoken():
            view = self._looked()
        if view.filling and not self._unfinished:
            raise EdgeError(UNFINISHED.format(self._settings.spreadsheet))
        self._view, self._staff_ids, self._goes_on = view, view.staff_ids, view.goes_on
        grids: dict[str, Grid | None] = {
            title: view.staff[title].values if title in view.staff else None
            for title in self._settings.staff_titles
        }
        return {title: tab.cells.values for title, tab in view.program.items()} | grids

    def time_signs(self) -> Signs:
        """Google's time."""
        try:
            lead = self._connection.client.clock_lead
        except EdgeError:  # without credentials nothing was asked
            return Signs()
        return Signs() if lead is None else Signs(datetime.now(UTC) - timedelta(seconds=lead))

    def successor(self) -> Successor | None:
        """By what the last `read` found."""
        return successor(self._goes_on)

    def strays(self) -> Sequence[Stray]:
        return self._look_ups.strays if self._look_ups else ()

    def _looked(self) -> View:
        """Also at the look-up columns, which are part of the Register."""
        try:
            return self._with_look_ups(read_view)
        except RefusedError as error:
            if error.status != 400:  # 400: the Register is not the tab that it was
                raise
            return self._with_look_ups(read_view_closely)

    def _with_look_ups(self, looking: Callable[[Connection, GoogleSettings], View]) -> View:
        view = self._patience.persist(lambda: looking(self._connection, self._settings))
        found = self._patience.persist(lambda: look_ups(self._connection, self._settings, view))
        self._look_ups = found
        return replace(view, look_ups=found.diagnosis.headers) if found else view

    def publish(self, sheets: Sequence[Sheet], now: datetime) -> Published:
        """Writes what differs from what `read` saw, nothing where all is as it should be."""
        with self._spoken():
            view = self._view or self._looked()
            self._view = None
            missing = [sheet.title for sheet in sheets if sheet.title not in view.program]
            try:
                self._send(self._publication(sheets, view, now))
            except (DoubtfulError, RefusedError) as error:
                if isinstance(error, RefusedError) and error.status != 400:
                    raise
                self._patience.persist(lambda: self._publish_anew(sheets, view.look_ups, now))
            mended = self._mend()
        notes = filter(None, (_restored(missing), mended))
        return Published(complete=True, note=" ".join(notes))

    def _publish_anew(
        self, sheets: Sequence[Sheet], look_ups: tuple[str, ...] | None, now: datetime
    ) -> None:
        """Once more from what is there now: the tabs are not as they were read, or may not be."""
        view = read_view_closely(self._connection, self._settings)
        self._send(self._publication(sheets, replace(view, look_ups=look_ups), now))

    def _mend(self) -> str:
        """Puts the look-up columns right; what was done, in one sentence.

        Where Sheets refuses, the Register is not as it was read, and the next run looks again.
        """
        found, self._look_ups = self._look_ups, None
        if found is None or not found.repairs:
            return ""
        try:
            self._patience.persist(partial(self._connection.write_filtered, found.repairs))
        except RefusedError as error:
            if error.status != 400:
                raise
            return NOT_MENDED
        return found.mended

    def _publication(
        self, sheets: Sequence[Sheet], view: View, now: datetime
    ) -> list[list[Request]]:
        return publication(sheets, view, self._connection.editor, now.date())

    def _send(self, calls: Sequence[Sequence[Request]]) -> None:
        send(self._connection, self._patience, calls)

    def setup(self, sheets: Sequence[Sheet]) -> list[str]:
        """Creates or repairs staff's tabs, `sheets`, and makes room for our own; says what it did.

        Nothing that staff typed is moved, deleted or overwritten. Rows of a sheet are written only
        into a tab without any. Our own tabs are filled, and repaired, by the next `publish`.
        """
        with self._spoken():
            setup = Setup(self._connection, self._settings, sheets)
            while not self._is_set_up(setup):
                pass
            if setup.marks:
                self._patience.persist(lambda: self._take_away(setup.wrong_marks()))
        self._view = None
        return setup.said or ["Semua tab sudah lengkap; tidak ada yang perlu ditambahkan."]

    def _is_set_up(self, setup: Setup) -> bool:
        """False where something was refused that the next plan does without."""
        try:
            self._patience.persist(lambda: self._send(setup.plan()))
        except RefusedError as error:
            if not setup.gives_way(error):
                raise
            return False
        return True

    def _take_away(self, marks: Sequence[Request]) -> None:
        if marks:
            self._connection.update(marks)

    def cell_link(self, tab: str, cell: str) -> str | None:
        """A link from a program tab to a cell of a staff tab, as the last `read` found it."""
        gid = self._staff_ids.get(tab)
        return f"#gid={gid}&range={cell}" if gid is not None and cell else None

    def case_link(self, row: int) -> str | None:
        """A link that a mail can carry to a row of the Register (from 1)."""
        address = ADDRESS.format(self._settings.spreadsheet)
        link = self.cell_link(self._settings.staff_titles[0], f"A{row}")
        return address + link if link else None

    def place(self) -> str:
        """Nothing: links lead there."""
        return ""

    def checks(self) -> list[Check]:
        """What `doctor` says of login, spreadsheet and tabs; never raises EdgeError."""
        return inspect(self._connection, self._settings, self._patience)

    def _spoken(self) -> AbstractContextManager[None]:
        return spoken(self._connection, self._settings)


def _restored(missing: Sequence[str]) -> str:
    named = [title for title in PROGRAM_TITLES if title in missing]
    return f"Tab {', '.join(named)} tidak ada dan telah dibuat." if named else ""
