"""The year's close: what travels, what stays, and that it can be stopped anywhere and run again."""

import json
import os
import shutil
import signal
import stat
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from automation.archive.manifest import verify
from automation.core.plan import plan
from automation.core.register.headers import Grid
from automation.core.tabs.new_year import new_year
from automation.workbooks.excel.reader import read_tabs
from automation.workbooks.excel.writer import workbook_bytes
from tests.commands import program
from tests.offices import STAFF, case, grids, standard_schema
from tests.year_end import CASES, NOW, OWN, STAY, TRAVEL, moment, register_sheets

TITLES = ("Register", "Petugas", "Libur", "Jeda")
OLD, NEW, ARCHIVED = "register.xlsx", "register-2027.xlsx", "arsip/laporan-penutupan-2026"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Its register was last looked at on the evening before."""
    return make_office(tmp_path / "kantor")


def make_office(folder: Path) -> Path:
    folder.mkdir()
    content = workbook_bytes(register_sheets(), datetime(2027, 1, 4, 15))
    (folder / OLD).write_bytes(content)
    assert run(folder, "run", now="2027-01-06T08:00").returncode == 0
    return folder


def run(folder: Path, *arguments: str, now: str = NOW) -> Any:
    done = program(folder, "--now", now, *arguments)
    assert "Traceback" not in done.stderr
    return done


def tabs(file: Path) -> dict[str, Grid]:
    return read_tabs(file, TITLES)


def rows(file: Path, tab: str = "Register") -> list[dict[str, object]]:
    """Each row by header, without what is empty."""
    headers, *below = tabs(file)[tab]
    found = [dict(zip(map(str, headers), row, strict=False)) for row in below]
    return [{k: v for k, v in row.items() if v not in (None, "")} for row in found if any(row)]


def state_of(folder: Path) -> dict[str, Any]:
    """All that a close leaves, by file."""
    files = [each for each in sorted(folder.rglob("*")) if each.is_file()]
    return {
        each.relative_to(folder).as_posix(): (each.read_bytes(), stat.S_IMODE(each.stat().st_mode))
        for each in files
        if "state/" not in each.as_posix() and each.suffix != ".lock"
    }


def test_what_is_open_travels_and_what_is_over_stays(office: Path) -> None:
    done = run(office, "rollover")
    assert done.returncode == 0, done.stderr
    assert [row["No. Register"] for row in rows(office / NEW)] == TRAVEL
    assert [row["No. Register"] for row in rows(office / OLD)] == sorted(
        [*STAY, *TRAVEL], key=lambda number: (number[-4:], number)
    )
    assert done.stdout.splitlines() == [
        "Tahun 2026: 4 berkas dibawa ke register-2027.xlsx, dengan 2 jeda dan 2 baris Libur; "
        "3 berkas yang selesai tetap di buku lama.",
        f"Berkas yang dibawa: {', '.join(TRAVEL)}.",
        "Buku lama diarsipkan utuh dan ditutup; isinya tidak diubah.",
        'Berikutnya: tulis register = "register-2027.xlsx" pada settings.toml, di bawah [workbook].',
    ]


def test_a_row_travels_with_all_its_cells_as_they_were_typed(office: Path) -> None:
    """A text stays that text, also one that is no date; the office's own columns come along."""
    run(office, "rollover")
    first, second, *_ = rows(office / NEW)
    assert first == {
        "No. Register": "0002/INF/XII/2026",
        "Diterima": "30/12/2026",
        "Saluran": "Surat",
        "Jenis": "Permintaan Informasi",
        "Nama Pemohon": "Pemohon 0002/INF/XII/2026",
        "Kontak": "081234567890",
        "Perihal": "KTP 0002/INF/XII/2026",
        "1. Unduh": moment("30/12/2026 08.15"),
        "Loket": "01",
        "Dijanjikan": datetime(2027, 1, 7).date(),
        "Kali dihubungi": 3.0,
    }
    assert (second["1. Unduh"], second["Loket"]) == ("31/02/2026 08.15", "03")
    assert list(tabs(office / NEW)["Register"][0])[-3:] == [*OWN]


def test_an_own_column_of_days_shows_no_time_of_day(office: Path) -> None:
    run(office, "rollover")
    sheet = load_workbook(office / NEW)["Register"]
    place = [cell.value for cell in sheet[1]].index("Dijanjikan") + 1
    formats = {row[place - 1].number_format for row in sheet.iter_rows(2) if row[place - 1].value}
    assert len(formats) == 1 and "h" not in formats.pop()


def test_pauses_people_and_closures_that_matter_travel(office: Path) -> None:
    """A pause of a case that stays, and a closure before the first day that is still counted, do
    not; a pause with a number that nobody has is to be mended where people work."""
    run(office, "rollover")
    pauses = rows(office / NEW, "Jeda")
    assert [row["No. Register"] for row in pauses] == ["0002/INF/XII/2026", "9999/ADU/I/2027"]
    assert pauses[0]["Alasan"] == "Salinan KK"
    closures = rows(office / NEW, "Libur")
    assert [row["Keterangan"] for row in closures] == ["Banjir", "HUT"]
    assert (closures[1]["Jam Masuk"], closures[1]["Jam Pulang"]) == (time(8), time(11))
    assert rows(office / NEW, "Petugas") == rows(office / OLD, "Petugas")


def test_the_old_register_is_archived_whole_and_closed_unchanged(office: Path) -> None:
    before = (office / OLD).read_bytes()
    run(office, "rollover")
    assert (office / OLD).read_bytes() == before
    assert not (office / OLD).stat().st_mode & 0o222
    archived = office / ARCHIVED
    assert verify(archived).whole
    assert (archived / OLD).read_bytes() == before
    assert (archived / "ringkasan.xlsx").read_bytes() == (office / "ringkasan.xlsx").read_bytes()
    assert json.loads((archived / "penutupan.json").read_text("utf-8"))["to"] == NEW


def test_a_carried_case_is_no_finding_and_numbers_begin_anew(office: Path) -> None:
    """Of 2026 only 0002 and 0004 came along: what lies between them is no gap."""
    run(office, "rollover")
    use(office, NEW)
    told = json.loads(run(office, "check", "--json").stdout)["findings"]
    assert {each["rule"] for each in told if each["rule"].startswith("number")} == set()
    unreadable = [each["number"] for each in told if each["severity"] == "error"]
    assert set(unreadable) <= {"0004/ADU/XII/2026", "", "9999/ADU/I/2027"}


def use(office: Path, register: str) -> None:
    """What the operator does."""
    folder = office / "credentials"
    folder.mkdir(exist_ok=True)
    text = f'[workbook]\nregister = "{register}"\n'
    (folder / "settings.toml").write_text(text, encoding="utf-8")


def test_nobody_is_told_anew_after_the_change(office: Path) -> None:
    """Whoever was told of a turn in the old register is not told of it by the new one."""
    mails = sorted((office / "outbox").iterdir())
    assert mails
    run(office, "rollover")
    use(office, NEW)
    assert run(office, "run", now="2027-01-06T10:05").returncode == 0
    new = [each for each in sorted((office / "outbox").iterdir()) if each not in mails]
    other = make_office(office.parent / "tanpa")
    run(other, "run", now="2027-01-06T10:05")
    undisturbed = len([*(other / "outbox").iterdir()]) - len(mails)
    assert len(new) == undisturbed


def test_until_the_settings_name_the_new_one_mail_is_held_and_everything_says_so(
    office: Path,
) -> None:
    """Else people would be told of cases on which they work in the new register."""
    run(office, "rollover")
    mails = sorted((office / "outbox").iterdir())
    told = (
        "Buku Register ini sudah ditutup dan dilanjutkan pada register-2027.xlsx; tulis "
        'register = "register-2027.xlsx" pada settings.toml, di bawah [workbook].'
    )
    done = run(office, "run", now="2027-01-07T09:00")
    assert done.returncode == 1
    assert f"{told} Sampai itu dilakukan, tidak ada surel yang dikirim." in done.stdout.splitlines()
    assert sorted((office / "outbox").iterdir()) == mails
    assert run(office, "status").stderr == f"{told}\n"
    assert f"SALAH  Buku Register: {told}" in run(office, "doctor").stdout.splitlines()
    page = read_tabs(office / "ringkasan.xlsx", ["Ringkasan"])["Ringkasan"]
    assert page[3][0] == "Buku Register ini sudah ditutup; lanjutannya register-2027.xlsx."
    use(office, NEW)
    assert run(office, "run", now="2027-01-07T09:05").returncode == 0
    assert len([*(office / "outbox").iterdir()]) > len(mails)


def test_a_register_that_is_read_only_and_was_not_closed_is_read_as_ever(office: Path) -> None:
    (office / OLD).chmod(0o444)
    assert run(office, "run", now="2027-01-07T09:00").returncode == 0
    run(office, "rollover")
    (office / OLD).chmod(0o644)  # somebody opened it again
    assert run(office, "run", now="2027-01-07T09:05").returncode == 0


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(office: Path) -> None:
    before = state_of(office)
    done = run(office, "rollover", "--dry-run")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "Tahun 2026: 4 berkas akan dibawa ke register-2027.xlsx, dengan 2 jeda dan 2 baris Libur; "
        "3 berkas yang selesai tetap di buku lama.",
        f"Berkas yang akan dibawa: {', '.join(TRAVEL)}.",
        "Buku lama akan diarsipkan utuh dan ditutup; isinya tidak diubah.",
        "Tidak ada yang diubah.",
    ]
    assert state_of(office) == before
    assert (office / OLD).stat().st_mode & stat.S_IWUSR


def test_a_second_close_of_a_year_changes_nothing(office: Path) -> None:
    run(office, "rollover")
    after = state_of(office)
    assert run(office, "rollover").returncode == 0
    assert state_of(office) == after
    use(office, NEW)
    done = run(office, "rollover")
    assert (done.returncode, done.stdout) == (
        0,
        "Tahun 2026 sudah ditutup: [workbook] register sudah menunjuk register-2027.xlsx.\n",
    )
    refused = run(office, "rollover", "--to", "lain.xlsx")
    assert (refused.returncode, refused.stderr) == (
        2,
        "Tahun 2026 sudah ditutup ke register-2027.xlsx; jalankan tanpa --to, supaya tidak ada "
        "berkas yang tercatat dua kali.\n",
    )


def test_the_year_after_follows_by_itself(office: Path) -> None:
    run(office, "rollover")
    use(office, NEW)
    (office / NEW).chmod(0o644)
    done = run(office, "rollover", now="2028-01-03T10:00")
    assert (done.returncode, done.stderr) == (0, "")
    assert "dibawa ke register-2028.xlsx" in done.stdout
    numbers = [row["No. Register"] for row in rows(office / "register-2028.xlsx")]
    assert numbers == ["0002/INF/XII/2026", "0004/ADU/XII/2026", "0002/ADU/I/2027"]


def test_a_new_register_that_staff_use_is_compared_and_never_written(office: Path) -> None:
    """Somebody typed into the old one after all: that case has to be copied."""
    run(office, "rollover")
    kept = [row for row in CASES if row[0] in TRAVEL and row[0] != "0004/ADU/XII/2026"]
    saved = workbook_bytes(register_sheets(Register=kept), datetime(2027, 1, 6, 11))
    (office / NEW).write_bytes(saved)
    done = run(office, "rollover")
    assert done.returncode == 1
    assert (
        "1 berkas belum ada pada register-2027.xlsx, yang sudah diisi orang; salin barisnya dari "
        "buku lama, lalu jalankan lagi: 0004/ADU/XII/2026."
    ) in done.stdout
    assert (office / NEW).read_bytes() == saved


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--to", "register.xlsx"), "register.xlsx adalah buku register yang sekarang; "),
        (("--to", "ringkasan.xlsx"), "--to ringkasan.xlsx: sebut berkas Excel yang baru, "),
        (("--to", "baru.ods"), "--to baru.ods: sebut berkas Excel yang baru, "),
        (("--to", "lain.xlsx"), "lain.xlsx sudah berisi yang lain; sebut berkas yang belum ada"),
    ],
)
def test_what_cannot_be_the_new_register_is_one_sentence(
    office: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    other = workbook_bytes(register_sheets(Register=[]), datetime(2027, 1, 4))
    (office / "lain.xlsx").write_bytes(other)
    before = state_of(office)
    done = run(office, "rollover", *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(sentence) and done.stderr.count("\n") == 1
    assert state_of(office) == before


def test_a_register_that_is_open_is_not_closed(office: Path) -> None:
    (office / f"~${OLD}").touch()
    before = state_of(office)
    done = run(office, "rollover")
    assert done.returncode == 2 and "sedang dibuka; minta semua orang menyimpan" in done.stderr
    assert state_of(office) == before


STEPS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.chmod")


def die_before(step: int) -> None:
    """Kills this process before its so-many-eth step that changes the disk."""
    left = [step]

    def count_down(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event != "open" or (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if event in STEPS and writes:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count_down)


def killed(folder: Path, step: int) -> bool:
    """Whether a close was killed before that step, or there was no such step any more."""
    child = os.fork()
    if not child:
        close: Callable[..., Any] = program
        die_before(step)
        os._exit(close(folder, "--now", NOW, "rollover").returncode)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def test_a_close_that_was_killed_anywhere_ends_as_an_undisturbed_one(
    office: Path, tmp_path: Path
) -> None:
    undisturbed = Path(shutil.copytree(office, tmp_path / "tenang"))
    assert run(undisturbed, "rollover").returncode == 0
    wanted = state_of(undisturbed)
    for step in count(1):
        folder = Path(shutil.copytree(office, tmp_path / f"langkah-{step}"))
        was_killed = killed(folder, step)
        assert run(folder, "rollover").returncode == 0, step
        assert state_of(folder) == wanted, step
        if not was_killed:
            break
    assert step > 8


@pytest.mark.parametrize(
    ("cell", "travels_as"),
    [
        (time(8, 15), 0.34375),
        (timedelta(hours=30), 1.25),
        (timedelta(), 0.0),
        (date(2027, 1, 7), datetime(2027, 1, 7)),
        (datetime(2027, 1, 7, 8, 15), datetime(2027, 1, 7, 8, 15)),
        (True, True),
        (0, 0),
        ("=1+1", "=1+1"),
        ("", None),
    ],
)
def test_a_cell_of_any_kind_travels_as_one_that_can_be_written(
    cell: object, travels_as: object
) -> None:
    tabs = grids([case()], staff=STAFF)
    tabs["Register"] = [[*tabs["Register"][0], "Lain"], [*tabs["Register"][1], cell]]
    (register, *_) = new_year(
        plan(tabs, standard_schema(), datetime(2027, 1, 6)),
        tabs,
        standard_schema(),
        date(2027, 1, 1),
    ).sheets
    (column,) = [each for each in register.tables[0].columns if each.header == "Lain"]
    assert [*column.values] == [travels_as]
