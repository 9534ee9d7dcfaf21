"""A month's archive: a folder that is whole, says what it is, and is never in another's place."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from filelock import FileLock
from python_calamine import CalamineWorkbook

from automation.archive import Report, archive
from automation.archive.folder import LOCK_FILE, put
from automation.archive.manifest import FILE_NAME, Manifest, verify
from automation.core.edges import EdgeError
from automation.core.office_time.periods import Period, whole_month, whole_year
from automation.core.plan import Plan, plan
from automation.core.register.headers import Grid
from automation.core.tabs.archived import head_of
from automation.core.tabs.register_copy import register_copy
from tests.archive_driver import CONTENTS, whole
from tests.cycle_offices import DeskOffice, cycle_office
from tests.offices import NOW, STAFF, at, case, grids, person, seen, standard_schema

NOVEMBER = whole_month(datetime(2026, 11, 1).date())
OVER = datetime(2026, 12, 1, 7, 30)
CASES = (
    case("0001/ADU/X/2026", Diterima=at("30/10 09.00"), step_1=at("02/11 08.00")),
    case("0002/ADU/XI/2026", Diterima=at("02/11 09.00"), step_1=at("02/11 09.10")),
    case("0003/INF/XI/2026", Jenis="Permintaan Informasi", Diterima="31/11/2026"),
    case("0004/INF/XI/2026", Jenis="Permintaan Informasi", Diterima=at("30/11 16.00")),
    case("0005/ADU/XII/2026", Diterima=at("01/12 00.00")),
)


@pytest.fixture
def desk(tmp_path: Path) -> DeskOffice:
    office = DeskOffice(tmp_path)
    office.write(CASES)
    return office


def report(desk: DeskOffice, now: datetime = OVER) -> Report:
    return archive(desk.installation(now), NOVEMBER)


def rows(report: Report, tab: str) -> list[list[object]]:
    book = CalamineWorkbook.from_path(str(report.folder / "laporan-2026-11.xlsx"))
    return book.get_sheet_by_name(tab).to_python()


def test_the_folder_names_its_month_everywhere_and_holds_the_five_parts(desk: DeskOffice) -> None:
    done = report(desk)
    assert done.folder == desk.folder / "arsip" / "laporan-2026-11"
    assert sorted(file.name for file in done.folder.iterdir()) == [
        "halaman-2026-11.pdf", "laporan-2026-11.xlsx", FILE_NAME, "pemantauan-2026-11.csv",
    ]  # fmt: skip
    titles = CalamineWorkbook.from_path(str(done.folder / "laporan-2026-11.xlsx")).sheet_names
    assert titles == ["Ringkasan", "Register", "Pemantauan", "Temuan", "SOP"]
    page = [cell for row in rows(done, "Ringkasan") for cell in row]
    assert "November 2026" in page
    assert "November 2026, dibandingkan dengan Oktober 2026" in page
    assert "Bulan ini" not in page


def test_its_cases_are_those_received_in_the_month_to_its_first_and_last_minute(
    desk: DeskOffice,
) -> None:
    done = report(desk)
    numbers = ["0002/ADU/XI/2026", "0004/INF/XI/2026"]
    assert [row[0] for row in rows(done, "Register")[1:]] == numbers
    assert sorted(row[0] for row in rows(done, "Pemantauan")[1:]) == numbers
    assert done.cases == 2
    csv = (done.folder / "pemantauan-2026-11.csv").read_text("utf-8-sig")
    assert sorted(line.partition(";")[0] for line in csv.splitlines()[1:]) == [
        f'"{number}"' for number in numbers
    ]


def test_the_page_tells_what_the_office_did_in_the_month_whenever_the_cases_came_in(
    desk: DeskOffice,
) -> None:
    """Two came in; one that came in October was still open, as was all else."""
    flow = next(
        cell for row in rows(report(desk), "Ringkasan") for cell in row if "awal bulan" in str(cell)
    )
    assert flow == (
        "1 belum selesai pada awal bulan, ditambah 2 masuk, dikurangi 0 keluar (0 selesai): "
        "3 belum selesai."
    )


def test_the_register_is_as_staff_typed_it_with_columns_that_they_added() -> None:
    """Cells that cannot be read stand there as they are; moments that can are moments."""
    tabs = grids(
        [case(Kontak="0812", step_1="kemarin", Diterima="2/11/2026 9.00"), case("0002/ADU/XI/2026")]
    )
    header, *typed = tabs["Register"]
    wide = [
        ["", *header, "Loket"],
        *(["", *row, extra] for row, extra in zip(typed, ["=A", 5], strict=True)),
    ]
    cases = seen_of(tabs | {"Register": wide}).snapshot.register.cases
    drawn = register_copy(cases, wide, []).tables[0]
    first = {column.header: column.values[0] for column in drawn.columns}
    assert list(first) == [*header, "Loket"]
    assert (first["Kontak"], first["1. Unduh"], first["Loket"]) == ("0812", "kemarin", "=A")
    assert first["Diterima"] == datetime(2026, 11, 2, 9)
    assert drawn.columns[-1].values[1] == 5
    looks = {column.header: column.look for column in drawn.columns}
    assert [looks[each] for each in ("No. Register", "Perihal", "Diterima", "Loket")] == [
        "plain", "plain_wrap", "datetime", "plain"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "kept"),
    [
        (["Berjalan", ""], False),  # what the program shows there
        (["Berjalan", "Selesai"], True),
        (["", ""], True),
    ],
)
def test_a_column_that_only_repeats_pemantauan_is_left_out(status: list[str], kept: bool) -> None:
    numbers = ["0001/ADU/XI/2026", "0002/ADU/XI/2026"]
    shown = [["No. Register", "Status"], [numbers[0], "Berjalan"], ["0009/ADU/XI/2026", "Ditutup"]]
    tabs = grids(list(map(case, numbers)))
    header, *typed = tabs["Register"]
    wide = [[*header, "Status"], *([*row, word] for row, word in zip(typed, status, strict=True))]
    cases = seen_of(tabs | {"Register": wide}).snapshot.register.cases
    headers = [column.header for column in register_copy(cases, wide, shown).tables[0].columns]
    assert headers == [*header, *["Status"] * kept]


def seen_of(tabs: dict[str, Grid]) -> Plan:
    return plan(tabs, standard_schema(), NOW)


def desk_rows(desk: DeskOffice, title: str) -> list[list[object]]:
    return desk.tab(title, "register.xlsx")


def test_what_no_month_has_is_said(desk: DeskOffice) -> None:
    assert report(desk).notes == (
        "1 berkas tanpa tanggal Diterima yang dapat dibaca tidak termasuk laporan mana pun; "
        "perbaiki menurut tab Temuan.",
    )


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (datetime(2026, 11, 30, 23, 59, 59), True),
        (datetime(2026, 12, 1), False),
    ],
)
def test_a_month_that_is_not_over_says_so(now: datetime, says: bool, tmp_path: Path) -> None:
    office = DeskOffice(tmp_path)
    office.write([CASES[1]])
    told = "November 2026 belum berakhir: laporan ini memuat keadaan sampai 30/11/2026 23.59."
    assert report(office, now).notes == ((told,) if says else ())
    page = [str(cell) for row in rows(Report(NOVEMBER, tmp_path / "arsip" / "laporan-2026-11", 1, ()), "Ringkasan") for cell in row]  # fmt: skip
    assert any(told in cell for cell in page) is says


def test_an_empty_month_is_archived_with_no_case(tmp_path: Path) -> None:
    office = DeskOffice(tmp_path)
    office.write([])
    done = report(office)
    assert done.cases == 0
    assert len((done.folder / "pemantauan-2026-11.csv").read_bytes().splitlines()) == 1
    assert verify(done.folder).whole


def test_a_month_of_long_ago_is_told_of_as_well(desk: DeskOffice) -> None:
    """`Ringkasan` shows two years; an archive any month."""
    done = report(desk, datetime(2032, 1, 5, 9))
    page = [cell for row in rows(done, "Ringkasan") for cell in row]
    assert "November 2026, dibandingkan dengan Oktober 2026" in page


@pytest.mark.parametrize("period", [whole_month(date(1, 1, 1)), whole_year(1999)])
def test_a_time_of_which_no_register_can_speak_is_refused(period: Period, desk: DeskOffice) -> None:
    with pytest.raises(EdgeError, match="di luar waktu yang dikenal program"):
        archive(desk.installation(OVER), period)
    assert not (desk.folder / "arsip").exists()


def test_a_spreadsheet_is_archived_as_a_workbook_is(
    desk: DeskOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cycle_office("google", tmp_path / "google", monkeypatch) as sheet:
        sheet.folder.mkdir()
        sheet.write(CASES)
        sheet.run(OVER)  # fills the columns that the program looks up beside the register
        there = archive(sheet.installation(OVER), NOVEMBER)
    here = archive(desk.installation(OVER), NOVEMBER)
    for tab in ("Ringkasan", "Register", "Pemantauan"):
        assert rows(there, tab) == rows(here, tab)


def test_a_month_that_has_not_begun_is_refused(desk: DeskOffice) -> None:
    with pytest.raises(EdgeError, match="November 2026 belum dimulai"):
        report(desk, datetime(2026, 10, 31, 23))
    assert not (desk.folder / "arsip").exists()


def test_a_register_that_was_misread_is_not_archived(desk: DeskOffice) -> None:
    desk.write_grids({title: [["?"] * len(grid[0])] for title, grid in tabs_of(desk).items()})
    with pytest.raises(EdgeError, match="Buku Register tidak dapat dibaca"):
        report(desk)
    assert not (desk.folder / "arsip").exists()


def tabs_of(desk: DeskOffice) -> dict[str, list[list[object]]]:
    return {title: desk_rows(desk, title) for title in ("Register", "Petugas", "Libur", "Jeda")}


def test_only_the_workbook_tells_of_the_applicants(desk: DeskOffice) -> None:
    done = report(desk)
    assert "Pemohon 0002/ADU/XI/2026" in str(rows(done, "Register"))
    for file in (*done.folder.glob("*.csv"), done.folder / FILE_NAME):
        assert b"Pemohon" not in file.read_bytes()
    for tab in ("Ringkasan", "Pemantauan", "Temuan"):
        assert "Pemohon 0002" not in str(rows(done, tab))
        assert "KTP-el 0002" not in str(rows(done, tab))


def test_a_second_report_gets_a_new_number_and_the_first_stays(desk: DeskOffice) -> None:
    first = report(desk).folder
    before = {file: file.read_bytes() for file in first.iterdir()}
    assert report(desk).folder.name == "laporan-2026-11-ke-2"
    assert {file: file.read_bytes() for file in first.iterdir()} == before


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ([], "laporan-2026-11"),
        (["laporan-2026-11-ke-3"], "laporan-2026-11-ke-4"),  # what was newer stays the newer one
        (["LAPORAN-2026-11"], "laporan-2026-11-ke-2"),  # the same name on Windows
        (["laporan-2026-11-ke-x", "laporan-2026-1", "laporan-2026"], "laporan-2026-11"),
    ],
)
def test_a_number_comes_after_all_that_are_taken(
    taken: list[str], name: str, tmp_path: Path
) -> None:
    for each in taken:
        (tmp_path / each).mkdir()
    assert put(tmp_path, "2026-11", CONTENTS).name == name


def test_an_archive_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(EdgeError, match="tidak dapat ditulis"):
        put(tmp_path, "2026-11", {"a": b"", "b" * 300: b""})
    assert [file.name for file in tmp_path.iterdir()] == [LOCK_FILE]
    (tmp_path / "berkas").write_bytes(b"milik staf")
    with pytest.raises(EdgeError, match="tidak dapat dibuat"):
        put(tmp_path / "berkas", "2026-11", CONTENTS)


def test_two_reports_do_not_write_into_one_folder_at_once(tmp_path: Path) -> None:
    with FileLock(tmp_path / LOCK_FILE), pytest.raises(EdgeError, match="tunggu"):
        put(tmp_path, "2026-11", CONTENTS)


@pytest.mark.skipif(sys.platform == "win32", reason="the driver forks")
def test_killed_at_any_step_it_leaves_nothing_half_written_under_its_final_name(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.archive_driver", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 12  # a folder, three files, their fsyncs, the rename and its fsync
    put(tmp_path, "2026-11", CONTENTS)
    names = sorted(each.name for each in whole(tmp_path))
    assert names == sorted({*names})
    assert [each.name for each in tmp_path.glob(".*")] == [LOCK_FILE]  # nothing unfinished stays


SPOILED: dict[str, tuple[Callable[[Path], object], dict[str, tuple[str, ...]]]] = {
    "nothing": (lambda folder: None, {}),
    "one is missing": (
        lambda folder: (folder / "a.csv").unlink(), {"missing": ("a.csv",)}
    ),
    "one is changed": (
        lambda folder: (folder / "a.csv").write_bytes(b"B"), {"changed": ("a.csv",)}
    ),
    "one is a folder now": (
        lambda folder: ((folder / "a.csv").unlink(), (folder / "a.csv").mkdir()),
        {"missing": ("a.csv",)},
    ),
    "some are added": (
        lambda folder: ((folder / "sub").mkdir(), (folder / "sub" / "x").touch(), (folder / "=x").touch()),
        {"unlisted": ("=x", "sub/x")},
    ),
    "all of it": (
        lambda folder: ((folder / "a.csv").unlink(), (folder / "b").write_bytes(b""), (folder / "c").touch()),
        {"missing": ("a.csv",), "changed": ("b",), "unlisted": ("c",)},
    ),
}  # fmt: skip


def small(folder: Path) -> Path:
    files = {"a.csv": b"b", "b": b"b"}
    facts = {"period": "2026-11", "office": "K", "sop": "1", "cases": 1, "program": "1"}
    manifest = Manifest.of(files, created="2026-12-01T07:30:00+07:00", **facts)
    return put(folder, "2026-11", files | {FILE_NAME: manifest.text()})


@pytest.mark.parametrize("spoil", SPOILED)
def test_each_file_that_is_missing_changed_or_unlisted_is_named(spoil: str, tmp_path: Path) -> None:
    folder = small(tmp_path)
    change, found = SPOILED[spoil]
    change(folder)
    verdict = verify(folder)
    named = {key: getattr(verdict, key) for key in ("missing", "changed", "unlisted")}
    assert named == dict.fromkeys(named, ()) | found
    assert verdict.whole == (not found)


def changed_manifest(file: Path, **lines: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | lines), "utf-8")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.unlink(),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"[]"),
        lambda file: file.write_bytes(b"\xff"),
        lambda file: changed_manifest(file, cases=2),
        lambda file: changed_manifest(file, files={}),
        lambda file: changed_manifest(file, files=["a.csv"]),
        lambda file: changed_manifest(file, more=1),
    ],
)
def test_a_manifest_that_cannot_be_believed_is_one_sentence(
    spoil: Callable[[Path], object], tmp_path: Path
) -> None:
    folder = small(tmp_path)
    spoil(folder / FILE_NAME)
    with pytest.raises(EdgeError) as told:
        verify(folder)
    assert str(told.value).count("\n") == 0
    assert FILE_NAME in str(told.value)


@pytest.mark.parametrize("name", ["../a.csv", "/etc/hosts", "sub/x", "..\\a.csv", FILE_NAME])
def test_a_manifest_leads_nowhere_out_of_its_folder(name: str, tmp_path: Path) -> None:
    folder = small(tmp_path)
    facts = {"period": "2026-11", "office": "K", "sop": "1", "cases": 1, "program": "1"}
    manifest = Manifest.of({name: b""}, created="2026-12-01T07:30:00+07:00", **facts)
    (folder / FILE_NAME).write_bytes(manifest.text())
    with pytest.raises(EdgeError, match=FILE_NAME):
        verify(folder)


@pytest.mark.parametrize(
    ("staff", "name"),
    [
        (STAFF, "Kepala"),
        (STAFF[:-1], ""),
        ((*STAFF, person("Wakil", "Penanggung Jawab (Kepala Dinas)")), ""),
        ((*STAFF, person("Lama", "Penanggung Jawab (Kepala Dinas)", Aktif="Tidak")), "Kepala"),
    ],
)
def test_the_page_is_signed_by_the_head_of_office_where_there_is_one(
    staff: tuple[dict[str, object], ...], name: str
) -> None:
    assert head_of(seen([], staff).snapshot.register.staff, standard_schema()) == name


@pytest.mark.parametrize(
    ("more", "seal"),
    [
        (
            {"program": "1.0.0"},
            "bb0c6c45e88009c5f0d1847db931d9146b97f68d8160089dc317b0e570c268ef",
        ),
        (
            {"program": "2.3.0", "signed": "2026-12-02"},
            "f600d88cab71cee934310a8ec916763af0cc61bbec8b109bdc0b8000ba2c683d",
        ),
    ],
)
def test_an_archive_is_checked_whichever_version_wrote_it(
    more: dict[str, str], seal: str, tmp_path: Path
) -> None:
    """The first one's manifest, and one of a version that says more."""
    lines = {
        "period": "2026-11",
        "office": "Dinas",
        "sop": "11.01.01.05",
        "cases": 22,
        "created": "2026-12-01T09:00:00+07:00",
        "files": {"a.csv": "f434d6987a5f32c5bb66a84551e3030a7102a1a55162ea2222f41a5c98bfa473"},
    }
    (tmp_path / "a.csv").write_bytes(b"No. Register\r\n")
    (tmp_path / "manifest.json").write_text(json.dumps(lines | more | {"seal": seal}))
    assert verify(tmp_path).whole
