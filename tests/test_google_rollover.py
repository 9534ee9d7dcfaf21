"""The year's close in Google Sheets, over HTTP: what travels, and that it can be stopped anywhere."""

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, time
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any, Self

import pytest
from python_calamine import CalamineWorkbook

from automation.archive.manifest import verify
from automation.core.drawing import Column
from automation.core.edges import EdgeError
from automation.cycle import Outcome, run
from automation.installation import Installation
from automation.rollover import Rollover, roll_over
from automation.settings import Settings, WorkbookSection
from automation.workbooks.google.wire.client import SheetsClient
from automation.workbooks.google.wire.connection import Connection, Request
from tests.offices import standard_schema
from tests.sheets_emulator import Emulator
from tests.sheets_emulator.model import Spreadsheet
from tests.year_end import CASES, STAY, TRAVEL, register_sheets

BEFORE = datetime(2027, 1, 6, 8)
NOW = datetime(2027, 1, 6, 10)
LATER = datetime(2027, 1, 6, 10, 5)
PROGRAM, COLLEAGUE = "pengingat@program.example", "sri@kantor.example"
STAFF_TITLES = ("Register", "Petugas", "Libur", "Jeda")
REFUSED = "You are trying to edit a protected cell or object"
TYPED = ["-", "=IMPORTXML(A1)", "-", "'=1+1", "-", "0812", "+6281"]


class Office:
    """A register of 2026 in the emulator, and an empty spreadsheet for 2027."""

    def __init__(self, emulator: Emulator, folder: Path) -> None:
        self.emulator, self.folder = emulator, folder
        self.old = emulator.new_spreadsheet("Buku Register 2026").id
        self.new = emulator.new_spreadsheet("Buku Register 2027").id
        emulator.access.caller = PROGRAM

    def at(self, now: datetime = NOW, current: str = "") -> Installation:
        section = WorkbookSection(kind="google", spreadsheet=current or self.old)
        settings = Settings(workbook=section).in_folder(self.folder)
        return Installation(settings, standard_schema(), now)

    def close(self, asked: str | None = "new", *, dry_run: bool = False) -> Rollover:
        installation = self.at()
        with installation.alone():
            return roll_over(installation, self.new if asked == "new" else asked, dry_run=dry_run)

    def run(self, now: datetime = LATER, current: str = "") -> Outcome:
        installation = self.at(now, current)
        with installation.alone():
            return run(installation.office, now)

    def rows(self, book: str, title: str = "Register") -> list[dict[str, Any]]:
        """Each row by header, without what is empty."""
        headers, *below = self.emulator.read(book, title) or [[]]
        found = [dict(zip(headers, row, strict=False)) for row in below]
        return [{k: v for k, v in row.items() if v != ""} for row in found if any(row)]

    def numbers(self, book: str) -> list[Any]:
        return [row["No. Register"] for row in self.rows(book) if "No. Register" in row]

    def staff_types(self, book: str, cells: str, *values: Any) -> None:
        self.emulator.write(book, cells, [[*values]], caller=COLLEAGUE)

    def staff_does(self, book: str, *requests: Request) -> None:
        self.emulator.batch_update(book, [*requests], caller=COLLEAGUE)

    def tab(self, book: str, title: str) -> Any:
        return self.emulator.spreadsheets[book].titled(title)

    def kept(self, *books: str) -> str:
        """All that stands in spreadsheets."""
        found = [asdict(self.emulator.spreadsheets[book]) for book in books]
        return json.dumps(found, sort_keys=True)

    @property
    def archives(self) -> list[Path]:
        return sorted((self.folder / "arsip").glob("laporan-penutupan-*"))

    @property
    def mails(self) -> list[str]:
        return sorted(each.name for each in (self.folder / "outbox").glob("*.eml"))


def staff_tabs() -> list[Any]:
    """With a column of checkboxes, one of times, and one of all sorts of text, which the office
    added; and two columns that bear one header."""
    register, *others = register_sheets()
    (table,) = register.tables
    count = len(CASES)
    own = [
        Column("Sudah ditelepon", [place % 2 == 0 for place in range(count)], "text"),
        Column("Jam janji", [9.25 / 24] * count, "time"),
        Column("Catatan", TYPED[:count], "plain"),
        Column("Catatan", ["kedua"] * count, "plain"),
    ]
    tables = [replace(table, columns=[*table.columns, *own])]
    return [replace(each, room=5) for each in (replace(register, tables=tables), *others)]


@dataclass(frozen=True)
class Built:
    """An office as it was at one moment."""

    office: Office
    books: tuple[Spreadsheet, ...]

    @classmethod
    def of(cls, office: Office) -> Self:
        found = office.emulator.spreadsheets
        return cls(office, (found[office.old].copy(), found[office.new].copy()))

    def anew(self, folder: Path) -> Office:
        """As it was, in a folder of its own."""
        for book in self.books:
            self.office.emulator.spreadsheets[book.id] = book.copy()
        again = object.__new__(Office)
        copied = shutil.copytree(self.office.folder, folder / "kantor")
        vars(again).update(vars(self.office), folder=Path(copied))
        return again


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """Looked at on the morning, when it sent its mails."""
    with pytest.MonkeyPatch.context() as patch, Emulator() as emulator:
        patch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        patch.setattr("automation.core.tabs.staff.ROOM", 5)
        patch.setattr("automation.workbooks.google.wire.faults.BACK_OFF", lambda state: 0.0)
        office = Office(emulator, tmp_path_factory.mktemp("kantor"))
        office.at().workbook.setup(staff_tabs())
        add_own(office)
        assert office.run(BEFORE).complete
        yield Built.of(office)


def add_own(office: Office) -> None:
    """A column of the office's that bears the program's word, and a tab of its own."""
    register = {"sheetId": office.tab(office.old, "Register").id}
    more = {**register, "dimension": "COLUMNS", "length": 1}
    notes = {"properties": {"title": "Catatan: A"}}
    office.emulator.batch_update(office.old, [{"appendDimension": more}, {"addSheet": notes}])
    office.emulator.write(office.old, "Register!AC1:AC3", [["Status"], ["x"], ["menunggu KK"]])
    office.emulator.write(office.old, "'Catatan: A'!B2", [["milik kantor"]])


@pytest.fixture(scope="module")
def closed_once(built: Built, tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Rollover]:
    """The same after a close that nobody disturbed."""
    office = built.anew(tmp_path_factory.mktemp("tutup"))
    done = office.close()
    return Built.of(office), done


@pytest.fixture
def office(built: Built, tmp_path: Path) -> Office:
    return built.anew(tmp_path)


@pytest.fixture
def closed(closed_once: tuple[Built, Rollover], tmp_path: Path) -> Office:
    return closed_once[0].anew(tmp_path)


def test_what_is_open_travels_and_what_is_over_stays(
    closed: Office, closed_once: tuple[Built, Rollover]
) -> None:
    office, done = closed, closed_once[1]
    assert office.numbers(office.new) == TRAVEL
    assert sorted(office.numbers(office.old)) == sorted([*STAY, *TRAVEL])
    assert done.coming is not None
    assert (done.coming.carried, done.missing, done.notes) == (tuple(TRAVEL), (), ())
    assert (done.coming.staying, done.coming.pauses, done.coming.closures) == (3, 2, 2)
    pauses, closures = office.rows(office.new, "Jeda"), office.rows(office.new, "Libur")
    assert [row["No. Register"] for row in pauses] == ["0002/INF/XII/2026", "9999/ADU/I/2027"]
    assert [row["Keterangan"] for row in closures] == ["Banjir", "HUT"]
    assert office.rows(office.new, "Petugas") == office.rows(office.old, "Petugas")


def test_a_row_travels_with_all_its_cells_as_they_were_typed(closed: Office) -> None:
    """A text stays that text, whatever it looks like; the office's own columns come along, behind
    those in which the program shows something, each as it was, and in the filter, by which staff
    sort. What is the program's is told by its formula, not by a word."""
    office = closed
    headers, *below = office.emulator.read(office.new, "Register", "FORMULA")
    assert headers[17].startswith("=") and headers[20].startswith("=")
    assert headers[21:] == [
        *("Loket", "Dijanjikan", "Kali dihubungi", "Sudah ditelepon", "Jam janji"),
        *("Catatan", "Catatan", "Status"),
    ]
    first, second, third, fourth = (row[21:] for row in below[:4])
    assert first == [
        "01",
        46394,
        3,
        False,
        0.3854166666666667,
        "=IMPORTXML(A1)",
        "kedua",
        "menunggu KK",
    ]
    assert second == ["03", "", "", False, 0.3854166666666667, "'=1+1", "kedua"]
    assert (third[5], fourth[5]) == ("0812", "+6281")
    assert (below[0][1], below[1][1]) == ("30/12/2026", pytest.approx(46386.333333333336))
    assert (below[0][5], below[1][8]) == ("081234567890", "31/02/2026 08.15")
    tab = office.tab(office.new, "Register")
    assert tab.cell(1, 26)["userEnteredValue"] == {"stringValue": "=IMPORTXML(A1)"}
    shown = [tab.cell(1, place)["userEnteredFormat"].get("numberFormat") for place in (22, 25)]
    assert shown == [
        {"type": "DATE", "pattern": "dd/mm/yyyy"},
        {"type": "TIME", "pattern": 'hh"."mm'},
    ]
    assert tab.cell(1, 24)["dataValidation"]["condition"]["type"] == "BOOLEAN"
    assert tab.basic_filter["range"].get("endColumnIndex") == 29


def staff_cells(office: Office, book: str) -> list[Any]:
    return [office.tab(book, title).rows for title in STAFF_TITLES]


def test_the_old_register_is_closed_to_staff_and_not_a_cell_is_changed(
    closed: Office, built: Built
) -> None:
    office = closed
    before = [built.books[0].titled(title) for title in STAFF_TITLES]
    assert staff_cells(office, office.old) == [tab.rows for tab in before if tab]
    whole = {"sheetId": office.tab(office.old, "Register").id, "startRowIndex": 1}
    protections = office.tab(office.old, "Register").protected_ranges
    mark = next(each for each in protections if not each.get("warningOnly"))
    assert mark["description"] == (
        "Register tahun 2026 sudah ditutup; lanjutannya: "
        f"https://docs.google.com/spreadsheets/d/{office.new}/edit"
    )
    assert COLLEAGUE not in mark["editors"]["users"]
    for attempt in (
        lambda: office.staff_types(office.old, "Register!A9", "0003/ADU/I/2027"),
        lambda: office.staff_types(office.old, "Jeda!D3", "lain"),
        lambda: office.staff_does(
            office.old, {"sortRange": {"range": whole, "sortSpecs": [{"dimensionIndex": 0}]}}
        ),
        lambda: office.staff_does(
            office.old, {"deleteProtectedRange": {"protectedRangeId": mark["protectedRangeId"]}}
        ),
    ):
        with pytest.raises(Exception, match=REFUSED):
            attempt()
    red = {"red": 0.7529412, "green": 0.22352941, "blue": 0.16862746}
    for title in STAFF_TITLES:
        colour = office.tab(office.old, title).properties["tabColorStyle"]["rgbColor"]
        assert colour == pytest.approx(red, abs=0.01)
    office.staff_types(office.new, "Register!A6", "0003/ADU/I/2027")


def test_the_summary_of_a_closed_register_says_so_at_its_top(closed: Office) -> None:
    office = closed
    said = "Buku Register ini sudah ditutup; klik di sini untuk membuka lanjutannya."
    assert office.emulator.read(office.old, "Ringkasan")[3][0] == said
    linked = json.dumps(office.tab(office.old, "Ringkasan").cell(3, 0))
    assert f"/spreadsheets/d/{office.new}/edit" in linked
    assert said not in json.dumps(office.emulator.read(office.new, "Ringkasan"))


def test_until_the_settings_name_the_new_one_mail_is_held_and_nothing_is_undone(
    closed: Office,
) -> None:
    office = closed
    mails = office.mails
    done = office.run()
    told = (
        "Buku Register ini sudah ditutup dan dilanjutkan pada "
        f"https://docs.google.com/spreadsheets/d/{office.new}/edit; tulis "
        f'spreadsheet = "{office.new}" pada settings.toml, di bawah [workbook].'
    )
    assert (done.published.complete, done.faults) == (
        True,
        (f"{told} Sampai itu dilakukan, tidak ada surel yang dikirim.",),
    )
    checks = office.at().workbook.checks()
    assert [each.sentence for each in checks if not each.healthy] == [told]
    office.at().workbook.setup(staff_tabs())
    assert office.mails == mails
    with pytest.raises(Exception, match=REFUSED):
        office.staff_types(office.old, "Register!A9", "0003/ADU/I/2027")
    assert office.run().plan.successor is not None


def test_whoever_owns_the_spreadsheet_can_open_it_again(closed: Office) -> None:
    office = closed
    office.run()
    marks = [
        {"deleteProtectedRange": {"protectedRangeId": each["protectedRangeId"]}}
        for title in STAFF_TITLES
        for each in office.tab(office.old, title).protected_ranges
        if not each.get("warningOnly")
    ]
    office.emulator.batch_update(office.old, marks)
    for _ in range(2):
        assert office.run().complete


@pytest.mark.parametrize("forgetful", [False, True], ids=["kept", "empty"])
def test_nobody_is_told_anew_after_the_change(office: Office, forgetful: bool) -> None:
    """Whoever was told of a turn in the old register is not told of it by the new one, though the
    state folder be empty at each step."""
    mails = office.mails
    assert len(mails) == 2

    def forget() -> None:
        if forgetful:
            shutil.rmtree(office.folder / "state")

    forget()
    office.close()
    forget()
    done = office.run(current=office.new)
    assert (done.faults, done.delivery.sent, office.mails) == ((), 0, mails)
    assert len(office.emulator.read(office.new, "Pengingat")) == 1 + len(mails)


def told_of(office: Office) -> list[tuple[str, str]]:
    """To whom each mail went, and its subject without the findings: those of a case that stays in
    the old register stay there."""
    files = sorted((office.folder / "outbox").glob("*.eml"))
    mails = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
    return sorted((str(mail["To"]), str(mail["Subject"]).partition(", dan")[0]) for mail in mails)


def test_the_new_register_goes_on_mailing_where_the_old_one_left_off(
    closed: Office, built: Built, tmp_path: Path
) -> None:
    """On the next day the same people hear of the same cases as if nothing had been closed."""
    tomorrow = datetime(2027, 1, 7, 9)
    assert closed.run(tomorrow, closed.new).complete
    told = told_of(closed)
    other = built.anew(tmp_path / "lain")
    assert other.run(tomorrow).complete
    assert told == told_of(other)
    assert len(told) > 2


def test_the_archive_has_every_tab_with_dates_as_dates(closed: Office) -> None:
    office = closed
    (archived,) = office.archives
    assert verify(archived).whole
    assert json.loads((archived / "penutupan.json").read_bytes())["to"] == office.new
    book = CalamineWorkbook.from_filelike(BytesIO((archived / "register.xlsx").read_bytes()))
    assert book.get_sheet_by_name("Catatan_ A").to_python()[-1][-1] == "milik kantor"
    assert {*STAFF_TITLES, "Ringkasan", "Pengingat", "Catatan_ A"} <= {*book.sheet_names}
    headers, first, second, *rest = book.get_sheet_by_name("Register").to_python()
    assert len(rest) == len(CASES) - 2
    row = dict(zip(headers[:26], second[:26], strict=True))
    assert (row["Diterima"], row["1. Unduh"]) == ("30/12/2026", datetime(2026, 12, 30, 8, 15))
    assert (row["Kontak"], row["Kali dihubungi"], row["Sudah ditelepon"]) == (
        "081234567890",
        3.0,
        False,
    )
    assert row["Jam janji"] == time(9, 15)
    assert first[headers.index("1. Unduh")] == datetime(2026, 11, 23, 8, 5)


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(office: Office) -> None:
    before = office.kept(office.old, office.new)
    done = office.close(dry_run=True)
    assert done.coming is not None and done.coming.carried == tuple(TRAVEL)
    assert (office.kept(office.old, office.new), office.archives) == (before, [])


def test_a_second_close_of_a_year_changes_nothing(closed: Office) -> None:
    office = closed
    after, archives = office.kept(office.old, office.new), office.archives
    assert (
        office.close(f"https://docs.google.com/spreadsheets/d/{office.new}/edit#gid=0").notes == ()
    )
    assert (office.kept(office.old, office.new), office.archives) == (after, archives)
    assert roll_over(office.at(current=office.new), None, dry_run=False).coming is None
    shutil.rmtree(office.folder / "arsip")  # the spreadsheet itself remembers
    with pytest.raises(EdgeError, match=f"Tahun 2026 sudah ditutup ke {office.new}; jalankan"):
        office.close("lain")
    assert office.close(None).missing == ()


def test_a_new_register_that_staff_use_is_compared_and_never_written(closed: Office) -> None:
    """Somebody took a case away there: it is to be copied."""
    office = closed
    office.staff_types(office.new, "Register!A3", "0099/ADU/I/2027")
    office.staff_types(office.new, "Register!G2", "perihal yang dibetulkan")
    before = office.kept(office.new)
    assert office.close().missing == ("0004/ADU/XII/2026",)
    assert office.kept(office.new) == before


OTHERS = "dipakai orang lain"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (None, "Buat spreadsheet kosong untuk register 2027, bagikan sebagai Editor kepada akun"),
        ("{old}", "{old} adalah buku register yang sekarang; sebut buku register baru dengan --to"),
        ("bukan alamat", "--to: bukan alamat spreadsheet; salin seluruhnya dari peramban."),
        ("{new}x", "Spreadsheet {new}x tidak ada; salin ID-nya dari alamat .* ke --to."),
        (OTHERS, "{new} sudah berisi yang lain; sebut spreadsheet yang masih kosong dengan --to."),
        ("denied", "Spreadsheet {new} belum dapat disunting program; bagikan spreadsheet itu"),
        ("read_only", "Spreadsheet {new} belum dapat disunting program; bagikan spreadsheet itu"),
    ],
)
def test_what_cannot_be_the_new_register_is_one_sentence_and_the_old_one_stays_open(
    office: Office, asked: str | None, sentence: str
) -> None:
    names = {"old": office.old, "new": office.new}
    if asked == OTHERS:
        office.emulator.write(office.new, "A1", [["resep"]])
    access = office.emulator.access
    shut: set[str] = getattr(access, asked) if asked in ("denied", "read_only") else set()
    shut.add(office.new)
    before = office.kept(office.old)
    to = office.new if asked in (OTHERS, "denied", "read_only") else asked
    try:
        with pytest.raises(EdgeError, match=sentence.format(**names)):
            office.close(to and to.format(**names))
    finally:
        shut.clear()
    assert (office.kept(office.old), office.archives) == (before, [])


class Killed(BaseException):
    """The process ends."""


def die_before(write: int, patch: pytest.MonkeyPatch) -> None:
    """The process ends before the so-many-eth call that changes something."""
    left, request = [write], SheetsClient.request

    def counted(client: SheetsClient, method: str, endpoint: str, *more: Any, **rest: Any) -> Any:
        left[0] -= endpoint.endswith(":batchUpdate")
        if not left[0]:
            raise Killed
        return request(client, method, endpoint, *more, **rest)

    patch.setattr(SheetsClient, "request", counted)


def test_a_close_that_was_stopped_anywhere_ends_as_an_undisturbed_one(
    built: Built, closed_once: tuple[Built, Rollover], tmp_path: Path
) -> None:
    """Killed before each write in turn; then the answer to the first write of the next close is
    lost, whose effect is there. The first write is refused, as it names the locale as Google does
    not, and there is nothing before the second."""
    calm, kind, writes = closed_once[0], "spreadsheets.batchUpdate", 2
    kept = calm.anew(tmp_path / "tenang").kept(*(book.id for book in calm.books))
    while True:
        writes += 1
        office = built.anew(tmp_path / str(writes))
        with pytest.MonkeyPatch.context() as patch, suppress(Killed):
            die_before(writes, patch)
            office.close()
            break
        office.emulator.script([{"kind": kind, "effect": "drop"}])
        assert office.close().missing == (), writes
        assert office.kept(office.old, office.new) == kept, writes
        assert len(office.archives) == 1
    assert writes > 7


def test_a_register_that_takes_several_calls_is_shut_until_all_of_it_is_there(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between two parts: nobody can type into the half, no run reads it, and the next close
    writes it anew."""
    monkeypatch.setattr("automation.workbooks.google.publishing.LARGEST_CALL", 2_000)
    with pytest.MonkeyPatch.context() as patch, suppress(Killed):
        step = SheetsClient.request

        def dies(client: SheetsClient, method: str, endpoint: str, *more: Any, **rest: Any) -> Any:
            begun = office.tab(office.new, "Jeda") and office.rows(office.new, "Jeda")
            if method == "post" and begun and not office.rows(office.new):
                raise Killed
            return step(client, method, endpoint, *more, **rest)

        patch.setattr(SheetsClient, "request", dies)
        office.close()
    assert office.rows(office.new, "Jeda") and not office.rows(office.new)
    with pytest.raises(Exception, match=REFUSED):
        office.staff_types(office.new, "Register!A2", "0003/ADU/I/2027")
    unfinished = f"Register {office.new} belum selesai diisi: penutupan tahun terputus."
    for attempt in (
        lambda: office.run(current=office.new),
        lambda: roll_over(office.at(current=office.new), office.new, dry_run=False),
    ):
        with pytest.raises(EdgeError, match=unfinished):
            attempt()
    told = office.at(current=office.new).workbook.checks()
    assert any(check.sentence.startswith(unfinished) for check in told if not check.healthy)
    assert office.close(None).missing == ()
    assert office.numbers(office.new) == TRAVEL
    office.staff_types(office.new, "Register!A6", "0003/ADU/I/2027")


def test_what_stands_in_a_half_filled_register_is_not_written_over(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its owner may type there all the same."""
    with monkeypatch.context() as patch, pytest.raises(Killed):
        die_before(8, patch)
        office.close()
    office.emulator.write(office.new, "Register!G3", [["yang lain"]])
    with pytest.raises(EdgeError, match="Tab Register pada spreadsheet baru: sel G3 sudah berisi"):
        office.close()
    assert office.rows(office.new)[1]["Perihal"] == "yang lain"


def test_a_register_that_changes_while_it_is_read_is_read_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which cells are dates is told by a second read: of other cells it would tell nothing."""
    values = Connection.values

    def meanwhile(connection: Connection, *more: Any, **rest: Any) -> Any:
        if "dates" in rest:
            office.staff_types(office.old, "Register!G3", "perihal lain")
        return values(connection, *more, **rest)

    told = "Buku Register berubah selagi dibaca; jalankan `rollover` lagi."
    with monkeypatch.context() as patch, pytest.raises(EdgeError, match=told):
        patch.setattr(Connection, "values", meanwhile)
        office.close()
    assert office.close().missing == ()
    assert office.rows(office.new)[0]["Perihal"] == "perihal lain"


def test_tabs_that_google_does_not_let_protect_are_named(office: Office) -> None:
    office.emulator.convert_to_table(office.old, "Libur")
    note = (
        "Tab Libur memuat tabel Google, yang tidak dapat dilindungi program: lindungi sendiri lewat "
        "Data > Lindungi sheet dan rentang."
    )
    assert office.close().notes == (note,)
    with pytest.raises(Exception, match=REFUSED):
        office.staff_types(office.old, "Register!A9", "0003/ADU/I/2027")


def test_a_tab_that_the_office_has_protected_is_closed_as_well(office: Office) -> None:
    area = {"sheetId": office.tab(office.old, "Petugas").id}
    editors = {"users": [COLLEAGUE, PROGRAM]}
    protection = {"protectedRangeId": 7, "range": area, "editors": editors}
    office.emulator.batch_update(
        office.old, [{"addProtectedRange": {"protectedRange": protection}}]
    )
    office.staff_types(office.old, "Petugas!G2", "01/02/2027")
    office.close()
    with pytest.raises(Exception, match=REFUSED):
        office.staff_types(office.old, "Petugas!G2", "")
