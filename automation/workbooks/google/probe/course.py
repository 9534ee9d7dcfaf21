"""The course of a probe: everything is set up, typed, published, sorted, pasted and converted as an
office would do it, and read back.

It is always the same, on a fixed day and with made-up cases, so that two offices' files can be
compared. It works on an empty spreadsheet, or on one of its own that holds nothing else.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from automation.core.drawing import Sheet, cell_name, column_letter
from automation.core.edges import Check, EdgeError
from automation.core.plan import plan
from automation.core.tabs import program_sheets
from automation.core.tabs.staff import Rows, staff_sheets
from automation.core.words.titles import PEMANTAUAN
from automation.workbooks.google.drawing.shapes import object_id
from automation.workbooks.google.probe.hand import Hand
from automation.workbooks.google.probe.recording import RecordingConnection
from automation.workbooks.google.probe.room import LATER, SCRATCH, make_room
from automation.workbooks.google.settings import GoogleSettings
from automation.workbooks.google.staff_tabs.repair import HEADERS, shown, site_of
from automation.workbooks.google.wire.connection import Request, quoted
from automation.workbooks.google.wire.faults import Patience
from automation.workbooks.google.wire.structure import ExistingTab
from automation.workbooks.google.workbook import GoogleWorkbook

ROOM = 20  # empty rows: a probe needs few
DAY = datetime(2026, 11, 23, 10, 0)  # a Monday in working hours
MISSED, FOUND = "galat", "ada"
DOTTED, COLONED = ("23/11/2026 08.15", "08.15"), ("23/11/2026 08:15", "08:15")
LINKS = (
    "spreadsheetId,sheets(data(rowData(values(userEnteredFormat(textFormat(link)),"
    "textFormatRuns(format(link))))))"
)
SUBJECT = "Percobaan"
SEND = "kirimkan probe.json kepada pemelihara program"

Ways = dict[str, str]  # doubt -> which way it fell; a doubt that could not be settled is absent


class Course:
    """One probe of one spreadsheet. Raises as `Hand`, and EdgeError."""

    def __init__(
        self,
        settings: GoogleSettings,
        rows: Mapping[str, Rows],
        patience: Patience,
        report: Callable[[str], None],
    ) -> None:
        """`rows` are those of staff's tabs by title; `report` is told what is being done."""
        self.connection = RecordingConnection(settings)
        self.ways: Ways = {}
        self._settings, self._rows = settings, rows
        self._book = GoogleWorkbook(settings, patience.sleep, self.connection)
        self._hand = Hand(self.connection, settings.spreadsheet, patience)
        self._report = report

    def run(self) -> list[Check]:
        """What the program made of it; the doubts are in `ways` by then."""
        self._report("Memeriksa spreadsheet")
        make_room(self._hand, self._settings, self._rows)
        self._step("Membaca spreadsheet kosong", self._hand.structure)
        self._step("Mencoba lokal", self._try_locale)
        self._step("Menyiapkan tab", self._set_up)
        self._step("Mengetik isian", self._type)
        self._step("Mencoba rumus", self._try_indirect)
        self._step("Menerbitkan", partial(self._cycle, DAY))
        self._step("Membaca tautan", self._read_links)
        checks = [
            self._step("Menerbitkan pada hari kedua", self._second_day),
            self._step("Mengurutkan", self._sort),
            self._step("Menempel baris", self._paste),
        ]
        return [*checks, *self._step("Mengubah menjadi tabel", self._convert)]

    def _step(self, name: str, work: Callable[[], Any]) -> Any:
        self._report(name)
        self.connection.record.step = name
        return work()

    # --- set up and typed

    def _try_locale(self) -> None:
        for name in ("id_ID", "in_ID"):
            properties = {"properties": {"locale": name}, "fields": "locale"}
            if self._hand.is_taken({"updateSpreadsheetProperties": properties}):
                self.ways["indonesian"] = name
                return

    def _set_up(self) -> None:
        self._book.setup(self._sheets())

    def _sheets(self) -> tuple[Sheet, ...]:
        sheets = staff_sheets(self._settings.schema, self._rows)
        return tuple(replace(sheet, room=ROOM) for sheet in sheets)

    def _cycle(self, now: datetime) -> None:
        schema = self._settings.schema
        seen = plan(self._book.read(), schema, now)
        self._book.publish(program_sheets(seen, schema, (), self._book.cell_link, "WIB"), now)

    def _type(self) -> None:
        """Into the rows below the samples: a moment and an hour, each with a dot and a colon."""
        if "indonesian" not in self.ways:
            return
        schema = self._settings.schema
        places = [(schema.tabs.cases, "received")]
        if any(column.key == "opens" for column in schema.tabs.closures.columns):
            places.append((schema.tabs.closures, "opens"))
        for typed, name in ((DOTTED, "dotted_times"), (COLONED, "coloned_times")):
            kinds = set()
            for (tab, key), text in zip(places, typed, strict=False):
                place = [column.key for column in tab.columns].index(key)
                row = len(self._rows[tab.title]) + 1
                kinds.add(self._typed(tab.title, row, place, text))
            self.ways[name] = "text" if str in kinds else "dates"

    def _typed(self, title: str, row: int, place: int, text: str) -> type:
        """What became of it; the cell is emptied again."""
        cell = f"{quoted(title)}!{cell_name(row, place)}"
        self._hand.enter(cell, text)
        found = self._hand.read(cell)
        self._hand.enter(cell, "")
        return str if isinstance(found, str) else float

    # --- formulas and links

    def _try_indirect(self) -> None:
        """On a tab that is made after its formula, and beyond that tab's last column."""
        self._hand.update([_small_tab(SCRATCH)])
        early = f'=IFERROR(INDEX(INDIRECT("{quoted(LATER)}!A1:A2");1;1);"{MISSED}")'
        self._hand.enter(f"{SCRATCH}!A1", early)
        self._hand.read(f"{SCRATCH}!A1")
        self._hand.update([_small_tab(LATER)])
        self._hand.enter(f"{quoted(LATER)}!A1", FOUND)
        seen = self._hand.read(f"{SCRATCH}!A1") == FOUND
        self.ways["early_indirect"] = "followed" if seen else "stale"
        far = f'=IFERROR(INDEX(INDIRECT("{quoted(LATER)}!A1:AZ1");1;1);"{MISSED}")'
        self._hand.enter(f"{SCRATCH}!A2", far)
        reached = self._hand.read(f"{SCRATCH}!A2") == FOUND
        self.ways["far_indirect"] = "clipped" if reached else "error"

    def _read_links(self) -> None:
        in_format, in_runs = self._links()
        if in_format or in_runs:
            self.ways["whole_links"] = "format" if in_format else "runs"

    def _links(self) -> tuple[int, int]:
        """How many cells of `Pemantauan` have a link in their format, and in their runs."""
        cells = [*_grid_cells(self._hand.looked(LINKS, PEMANTAUAN))]
        in_format = sum(
            "link" in cell.get("userEnteredFormat", {}).get("textFormat", {}) for cell in cells
        )
        return in_format, sum("textFormatRuns" in cell for cell in cells)

    def _second_day(self) -> Check:
        before = sum(self._links())
        self._cycle(DAY + timedelta(days=1))
        return _check(
            sum(self._links()) >= before > 0,
            "Tautan tetap ada setelah tata letak disusun ulang.",
            f"Tautan hilang setelah tata letak disusun ulang; {SEND}.",
        )

    # --- sorting, pasting, tables

    def _sort(self) -> Check:
        register = {"sheetId": self._register().sheet_id, "startRowIndex": 1}
        newest = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]
        self._hand.update([{"sortRange": {"range": register, "sortSpecs": newest}}])
        return self._shown("setelah baris diurutkan")

    def _paste(self) -> Check:
        """A copy of the first row below all others, as staff begin a case from an older one."""
        register, last = self._register(), len(self._rows[self._settings.staff_titles[0]]) + 1
        row = {"sheetId": register.sheet_id}
        self._hand.update(
            [
                {
                    "copyPaste": {
                        "source": {**row, "startRowIndex": 1, "endRowIndex": 2},
                        "destination": {**row, "startRowIndex": last, "endRowIndex": last + 1},
                        "pasteType": "PASTE_NORMAL",
                    }
                }
            ]
        )
        left, right = self._look_up_columns()
        area = f"{quoted(register.title)}!{left}{last + 1}:{right}{last + 1}"
        pasted = self._hand.cells(area, "FORMULA")
        self.ways["pasted_arrays"] = "values" if any(map(any, pasted)) else "nothing"
        self._cycle(DAY + timedelta(days=1))
        return self._shown("setelah sebuah baris disalin")

    def _look_up_columns(self) -> tuple[str, str]:
        columns = len(self._settings.schema.tabs.cases.columns)
        return column_letter(columns), column_letter(columns + len(HEADERS) - 1)

    def _shown(self, when: str) -> Check:
        """Whether the look-ups show what `Pemantauan` says, as the next cycle sees it."""
        self._cycle(DAY + timedelta(days=1))
        register = self._settings.staff_titles[0]
        read = self._hand.values([register, PEMANTAUAN])
        site = site_of(read[register], self._settings)
        return _check(
            site is not None and shown(site, read[PEMANTAUAN]) == {*HEADERS},
            f"Kolom keadaan berkas tampil {when}.",
            f"Kolom keadaan berkas tidak tampil {when}; {SEND}.",
        )

    def _convert(self) -> list[Check]:
        """The Register with all its columns, as `Konversikan ke tabel` does it."""
        register = self._register()
        area = {"sheetId": register.sheet_id, "startRowIndex": 0, "startColumnIndex": 0}
        area["endRowIndex"] = len(self._rows[self._settings.staff_titles[0]]) + 2
        area["endColumnIndex"] = len(self._settings.schema.tabs.cases.columns) + len(HEADERS)
        (headers,) = self._hand.cells(f"{quoted(register.title)}!1:1", "UNFORMATTED_VALUE")
        names = [
            {"columnIndex": place, "columnName": str(header)}
            for place, header in enumerate(headers[: area["endColumnIndex"]])
        ]
        made = {"range": area, "name": "Percobaan_Register", "columnProperties": names}
        table = {"addTable": {"table": made}}
        clear = {"clearBasicFilter": {"sheetId": register.sheet_id}}
        if not self._hand.is_taken(table) and not self._hand.is_taken(clear, table):
            return []
        self._try_table(register.sheet_id, area["endColumnIndex"] - 1)
        self._try_typed_column()
        self._cycle(DAY + timedelta(days=1))
        self._book.setup(self._sheets())
        return [self._shown("di kanan tabel setelah Register menjadi tabel")]

    def _register(self) -> ExistingTab:
        found = self._hand.structure().titled(self._settings.staff_titles[0])
        if found is None:
            raise EdgeError("Tab Register hilang selama percobaan; jalankan percobaan sekali lagi.")
        return found

    def _try_table(self, sheet_id: int, column: int) -> None:
        """A formula in its last header, and a warning on its headers."""
        at = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": column}
        formula = {"values": [{"userEnteredValue": {"formulaValue": "=1+1"}}]}
        put = {"updateCells": {"start": at, "rows": [formula], "fields": "userEnteredValue"}}
        taken = self._hand.is_taken(put)
        title = quoted(self._settings.staff_titles[0])
        header = self._hand.read(f"{title}!{cell_name(0, column)}", "FORMULA")
        kept = taken and str(header).startswith("=")
        self.ways["table_headers"] = "kept" if kept else "replaced" if taken else "refused"
        identity = object_id("probe protection")
        area = {"sheetId": sheet_id, "startRowIndex": 0, "endRowIndex": 1}
        warning = {"protectedRangeId": identity, "range": area, "warningOnly": True}
        taken = self._hand.is_taken({"addProtectedRange": {"protectedRange": warning}})
        self.ways["table_protections"] = "taken" if taken else "refused"
        if taken:
            self._hand.update([{"deleteProtectedRange": {"protectedRangeId": identity}}])

    def _try_typed_column(self) -> None:
        area = {"sheetId": object_id(SCRATCH), "startRowIndex": 9, "endRowIndex": 12}
        area |= {"startColumnIndex": 0, "endColumnIndex": 1}
        column = {"columnIndex": 0, "columnName": "Tanggal", "columnType": "DATE"}
        table = {"range": area, "name": "Percobaan_Tanggal", "columnProperties": [column]}
        if not self._hand.is_taken({"addTable": {"table": table}}):
            return
        shown = {"numberFormat": {"type": "DATE", "pattern": "dd/mm/yyyy"}}
        form = {
            "range": {**area, "startRowIndex": 10},
            "cell": {"userEnteredFormat": shown},
            "fields": "userEnteredFormat.numberFormat",
        }
        taken = self._hand.is_taken({"repeatCell": form})
        self.ways["table_formats"] = "taken" if taken else "refused"


def _small_tab(title: str) -> Request:
    grid = {"rowCount": 20, "columnCount": 5}
    properties = {"sheetId": object_id(title), "title": title, "gridProperties": grid}
    return {"addSheet": {"properties": properties}}


def _grid_cells(answer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for sheet in answer.get("sheets", ()):
        for data in sheet.get("data", ()):
            for row in data.get("rowData", ()):
                yield from row.get("values", ())


def _check(well: bool, good: str, bad: str) -> Check:
    return Check(SUBJECT, well, good if well else bad)
