"""The program replaces only what it made: whatever else stands in its way is somebody's work."""

import os
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from automation.archive import archive
from automation.core.drawing import Column, Sheet, Table
from automation.core.edges import EdgeError
from automation.core.office_time.periods import whole_month
from automation.core.tabs.staff import staff_sheets
from automation.core.words.titles import PROGRAM_TITLES
from automation.demo.play import play
from automation.installation import Installation
from automation.settings import Settings, SettingsError, load_settings
from automation.workbooks.excel.writer import workbook_bytes, write_workbook
from tests.excel_office import SCHEMA, excel, sheet
from tests.offices import NOW


def tabs(*titles: str) -> list[Sheet]:
    return [Sheet(title, [Table([Column("Kolom", ["isian"])])]) for title in titles]


STAFFS: dict[str, bytes] = {
    "a register": workbook_bytes(staff_sheets(SCHEMA), NOW),
    "a workbook with a tab of the same name": workbook_bytes([sheet("milik kepala")], NOW),
    "a summary to which a tab was added": workbook_bytes(
        tabs(*PROGRAM_TITLES, "Catatan Kepala"), NOW, "ringkasan"
    ),
    "a text": b"nomor,tanggal\n1,2\n",
    "half a workbook": workbook_bytes([sheet("a")], NOW)[:900],
}


@pytest.mark.parametrize("content", STAFFS.values(), ids=STAFFS)
def test_a_summary_that_the_program_did_not_make_is_not_replaced(
    content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "ringkasan.xlsx").write_bytes(content)
    with pytest.raises(EdgeError, match="bukan buatan program ini"):
        excel(tmp_path).publish([sheet("baru")], NOW)
    assert (tmp_path / "ringkasan.xlsx").read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["ringkasan.xlsx"]


@pytest.mark.parametrize("content", STAFFS.values(), ids=STAFFS)
def test_a_file_beside_the_summary_that_is_somebodys_stays(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "ringkasan (baru).xlsx").write_bytes(content)
    assert excel(tmp_path).publish([sheet("baru")], NOW).complete
    assert (tmp_path / "ringkasan (baru).xlsx").read_bytes() == content


@pytest.mark.parametrize("made", ["folder", "fifo"])
def test_what_is_no_file_is_not_replaced(made: str, tmp_path: Path) -> None:
    file = tmp_path / "ringkasan.xlsx"
    file.mkdir() if made == "folder" else os.mkfifo(file)
    with pytest.raises(EdgeError, match="bukan buatan program ini"):
        excel(tmp_path).publish([sheet("baru")], NOW)
    assert file.is_dir() or file.is_fifo()


def test_a_file_that_appears_while_the_summary_is_written_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(target: Path, partial: Path) -> None:
        target.write_bytes(b"milik staf")
        raise FileExistsError

    monkeypatch.setattr(Path, "hardlink_to", meanwhile)
    with pytest.raises(EdgeError, match="bukan buatan program ini"):
        excel(tmp_path).publish([sheet("baru")], NOW)
    assert (tmp_path / "ringkasan.xlsx").read_bytes() == b"milik staf"


def test_nothing_is_written_through_a_link_in_the_place_of_the_unfinished_file(
    tmp_path: Path,
) -> None:
    (tmp_path / "register.xlsx").write_bytes(b"milik staf")
    (tmp_path / ".ringkasan.xlsx.part").symlink_to("register.xlsx")
    assert excel(tmp_path).publish([sheet("baru")], NOW).complete
    assert (tmp_path / "register.xlsx").read_bytes() == b"milik staf"


def saved_by_staff(file: Path) -> None:
    book = openpyxl.load_workbook(file)
    book.worksheets[0]["A2"] = "diubah"
    book.save(file)


@pytest.mark.parametrize(
    "spoil",
    [saved_by_staff, lambda file: file.write_bytes(b"")],
    ids=["saved by staff", "left empty by a full disk"],
)
def test_a_summary_of_the_program_is_replaced(
    spoil: Callable[[Path], None], tmp_path: Path
) -> None:
    excel(tmp_path).publish(tabs(*PROGRAM_TITLES), NOW)
    spoil(tmp_path / "ringkasan.xlsx")
    assert excel(tmp_path).publish([sheet("baru")], NOW).complete


@pytest.mark.parametrize("absent", [None, "Pengingat", "Pemantauan"])
def test_a_summary_of_a_version_without_marks_is_known_by_its_tabs(
    absent: str | None, tmp_path: Path
) -> None:
    titles = [title for title in PROGRAM_TITLES if title != absent]
    write_workbook(tmp_path / "ringkasan.xlsx", tabs(*titles), NOW)
    assert excel(tmp_path).publish([sheet("baru")], NOW).complete


def sample(folder: Path) -> Path:
    play(SCHEMA, folder, 5, 1, NOW)
    return folder / "register.xlsx"


def test_a_month_is_not_archived_over_somebodys_file(tmp_path: Path) -> None:
    sample(tmp_path)
    somebodys = tmp_path / "arsip" / "laporan-2026-11"
    somebodys.parent.mkdir()
    somebodys.write_bytes(b"milik staf")
    settings = Settings().in_folder(tmp_path)
    done = archive(Installation(settings, SCHEMA, NOW), whole_month(NOW.date()))
    assert done.folder == somebodys.with_name("laporan-2026-11-ke-2")
    assert somebodys.read_bytes() == b"milik staf"


def test_the_demo_goes_on_in_its_own_folder(tmp_path: Path) -> None:
    before = sample(tmp_path).read_bytes()
    assert sample(tmp_path).read_bytes() == before


def office_register(folder: Path) -> None:
    excel(folder).setup(staff_sheets(SCHEMA))


def office_summary(folder: Path) -> None:
    excel(folder).publish([sheet("kantor")], NOW)


def office_memory(folder: Path) -> None:
    (folder / "state").mkdir()
    (folder / "state" / "outbox.sqlite3").write_bytes(b"")


def changed_sample(folder: Path) -> None:
    saved_by_staff(sample(folder))


def linked_register(folder: Path) -> None:
    (folder / "kantor").mkdir()
    excel(folder / "kantor").setup(staff_sheets(SCHEMA))
    (folder / "register.xlsx").symlink_to("kantor/register.xlsx")


@pytest.mark.parametrize(
    "prepare",
    [office_register, office_summary, office_memory, changed_sample, linked_register],
)
def test_the_demo_refuses_a_folder_that_an_office_uses(
    prepare: Callable[[Path], None], tmp_path: Path
) -> None:
    prepare(tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    with pytest.raises(EdgeError, match="--dir"):
        sample(tmp_path)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def linked(folder: Path) -> None:
    (folder / "tautan.xlsx").symlink_to("register.xlsx")


def named_twice(folder: Path) -> None:
    (folder / "register.xlsx").write_bytes(b"")
    (folder / "tautan.xlsx").hardlink_to(folder / "register.xlsx")


def nothing(folder: Path) -> None:
    """The files are not there yet."""


@pytest.mark.parametrize(
    ("lines", "prepare"),
    [
        ('[workbook]\nsummary = "register.xlsx"', nothing),
        ('[workbook]\nsummary = "./sub/../register.xlsx"', nothing),
        ('[workbook]\nsummary = "REGISTER.XLSX"', nothing),
        ('[workbook]\nsummary = "register.xlsx."', nothing),
        ('[workbook]\nsummary = "tautan.xlsx"', linked),
        ('[workbook]\nsummary = "tautan.xlsx"', named_twice),
        ('[workbook]\nregister = "ringkasan (baru).xlsx"', nothing),
        ('[workbook]\nregister = "state/outbox.sqlite3"', nothing),
        ('[workbook]\nregister = "state/run.lock"', nothing),
        ('[workbook]\nsummary = "outbox"', nothing),
        ('[workbook]\nsummary = "s.toml"', nothing),
        ('[workbook]\nsummary = "state/run.lock"', nothing),
        ('[workbook]\nsummary = "state/clock.json"', nothing),
        ('[workbook]\nsummary = "state/outbox.lock"', nothing),
        ('[workbook]\nsummary = "state/outbox.sqlite3-wal"', nothing),
        ('[workbook]\nsummary = "k"\nkey_file = "k"', nothing),
        ('[workbook]\nsummary = "k"\n[mail]\npassword_file = "k"', nothing),
        ('[workbook]\nsummary = "schema/sop.toml"\n[office]\nschema = "schema"', nothing),
    ],
)
def test_settings_that_name_one_file_twice_are_refused(
    lines: str, prepare: Callable[[Path], None], tmp_path: Path
) -> None:
    prepare(tmp_path)
    (tmp_path / "s.toml").write_text(lines)
    with pytest.raises(SettingsError, match="berkas yang sama"):
        load_settings(tmp_path / "s.toml")


def test_links_that_lead_in_a_circle_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "ringkasan.xlsx").symlink_to("register.xlsx")
    (tmp_path / "register.xlsx").symlink_to("ringkasan.xlsx")
    (tmp_path / "s.toml").write_text("")
    with pytest.raises(SettingsError, match="berputar"):
        load_settings(tmp_path / "s.toml")
    with pytest.raises(EdgeError, match="berputar"):
        excel(tmp_path)
    with pytest.raises(EdgeError, match="berputar"):
        sample(tmp_path)


def test_usual_settings_are_taken(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('[workbook]\nsummary = "ringkasan.xlsx"')
    assert load_settings(tmp_path / "s.toml").workbook.summary == Path("ringkasan.xlsx")
