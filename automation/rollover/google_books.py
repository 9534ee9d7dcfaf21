"""A year's close with Google: two spreadsheets, the new one made by whoever runs the program.

A service account owns nothing and has no place to make a spreadsheet in; so an empty one is named
with `--to`. The archive is made from the cells: to have Google export the file, the login would
need a right to the office's Drive, which it has no other use for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from automation.core.drawing import Sheet
from automation.core.edges import EdgeError
from automation.core.register.headers import Grids
from automation.core.tabs.staff import staff_sheets
from automation.cycle import Office, republish
from automation.installation import Installation
from automation.setting_types import spreadsheet_id
from automation.workbooks.excel.bare import bare_bytes
from automation.workbooks.google.doctor import UNFINISHED
from automation.workbooks.google.sending import Access
from automation.workbooks.google.wire.sentences import whom
from automation.workbooks.google.workbook import GoogleWorkbook
from automation.workbooks.google.year_end.closing import close, successor
from automation.workbooks.google.year_end.filling import (
    fill,
    is_unfinished,
    keep_shut,
    open_to_all,
    rows_of,
)
from automation.workbooks.google.year_end.typed import staff_cells, whole

ARCHIVED = "register.xlsx"


class GoogleBooks:
    """`rollover.books.Books`; a name is a spreadsheet's id."""

    vacant = "spreadsheet yang masih kosong"

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._current = installation.settings.workbook.spreadsheet
        self._old = Access.of(installation.google_settings(self._current))

    def _new(self, name: str) -> Access:
        return Access.of(self._installation.google_settings(name, "--to"))

    def successor(self) -> str:
        with self._old.spoken():
            return successor(self._old)

    def named(self, asked: str | None, year: int) -> str:
        if asked is None:
            raise EdgeError(
                f"Buat spreadsheet kosong untuk register {year + 1}, bagikan sebagai Editor kepada "
                f"{whom(self._old.connection.identity)}, lalu jalankan `rollover` dengan --to dan "
                "alamatnya."
            )
        found = spreadsheet_id(asked)
        if found is None:
            raise EdgeError("--to: bukan alamat spreadsheet; salin seluruhnya dari peramban.")
        return found

    def is_same(self, one: str, other: str) -> bool:
        return one == other

    def is_current(self, name: str) -> bool:
        if name != self._current:
            return False
        with self._old.spoken():
            if is_unfinished(self._old):
                raise EdgeError(UNFINISHED.format(name))
        return True

    def there(self, name: str) -> Grids | None:
        access = self._new(name)
        with access.spoken():
            return rows_of(access)

    def told(self, grids: Grids) -> Grids:
        with self._old.spoken():
            return staff_cells(self._old, grids)

    def prepare(self, name: str, sheets: Sequence[Sheet]) -> None:
        """Its tabs, which are kept shut until `remember` opens them."""
        access = self._new(name)
        pairs = zip(staff_sheets(self._installation.schema), sheets, strict=True)
        empty = [replace(each, room=each.room + full.tables[0].height) for each, full in pairs]
        self._workbook(access).setup(empty)
        with access.spoken():
            keep_shut(access)

    def close(self, year: int, name: str) -> str:
        with self._old.spoken():
            return close(self._old, year, name)

    def whole(self) -> Mapping[str, bytes]:
        """Its cells, all tabs of the office among them; formats and charts stay where they are."""
        with self._old.spoken():
            return {ARCHIVED: bare_bytes(whole(self._old), self._installation.now)}

    def fill(self, name: str, sheets: Sequence[Sheet]) -> None:
        access = self._new(name)
        with access.spoken():
            fill(access, sheets)

    def remember(self, name: str, grids: Grids) -> None:
        """Draws the program's tabs in both: the new ones know what the old ones knew, and the old
        ones say where the register goes on. Then the new register is open to all."""
        access = self._new(name)
        with access.spoken():
            if not is_unfinished(access):
                return
        office = self._installation.office
        self._publish(replace(office, workbook=self._workbook(access)), grids)
        self._publish(office, grids)
        with access.spoken():
            open_to_all(access)

    def _publish(self, office: Office, before: Grids) -> None:
        published = republish(office, self._installation.now, before)
        if not published.complete:
            raise EdgeError(published.note)

    def _workbook(self, access: Access) -> GoogleWorkbook:
        return GoogleWorkbook(access.settings, connection=access.connection, unfinished=True)
