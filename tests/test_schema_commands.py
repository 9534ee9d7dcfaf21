"""`schema new` makes a folder from answers, `schema check` says whether it can be used."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from automation.setting_sections import OfficeSection
from automation.settings import Settings, load_schema
from tests.test_terminal import said

Answering = Callable[..., tuple[object, str, str]]

ANSWERS = (
    "Dinas Contoh",
    "SOP-07",
    'Izin "Penelitian"',
    "IZN",
    "Permohonan, Perpanjangan",
    "",
    "Terima", "Menerima berkas", "Loket", "15", "ya",
    "Tinjau", "", "Tim Teknis", "satu jam", "60", "tidak",
    "Terbit", "", "Kepala Bidang", "45", "",
    "",
    "", "Kepala Dinas",
    "08.00-12.00, 13.00-15.30", "", "08.00-12.00",
)  # fmt: skip


@pytest.fixture
def answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Answering:
    def run(*answers: str) -> tuple[object, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{each}\n" for each in answers)))
        return said(f"schema new {tmp_path / 'izin'}", monkeypatch, capsys)

    return run


def test_answers_become_a_folder_that_loads(answered: Answering, tmp_path: Path) -> None:
    code, out, complaint = answered(*ANSWERS)
    assert (code, complaint) in ((0, ""), (None, ""))
    assert "Belum dapat dipakai: tulis bilangan bulat, contoh 30." in out  # "satu jam", asked again
    schema = load_schema(Settings(office=OfficeSection(schema=tmp_path / "izin")))
    sop = schema.sop
    assert (sop.office, sop.number, sop.title) == ("Dinas Contoh", "SOP-07", 'Izin "Penelitian"')
    assert [(s.name, s.role, s.standard_minutes, s.optional) for s in sop.steps] == [
        ("Terima", "Loket", 15, False),
        ("Tinjau", "Tim Teknis", 60, True),
        ("Terbit", "Kepala Bidang", 45, False),
    ]
    assert sop.channels == ("Loket", "Surat", "Surel")
    assert [kind.name for kind in sop.kinds] == ["Permohonan", "Perpanjangan"]
    assert sop.case_number.fits("0001/IZN/I/2026")
    assert sop.superiors("Loket") == ("Kepala Dinas",)
    assert (schema.reminders.keeper_role, schema.reminders.head_role) == ("Loket", "Kepala Dinas")
    (hours,) = schema.working_hours.regimes
    assert hours.periods(0) == hours.periods(3) == ((480, 720), (780, 930))
    assert hours.periods(4) == ((450, 690), (780, 990))
    assert hours.periods(5) == ((480, 720),)


def test_usual_hours_are_left_to_the_standard_folder(answered: Answering, tmp_path: Path) -> None:
    answered(*ANSWERS[:-3], "", "", "")
    assert sorted(file.name for file in (tmp_path / "izin").iterdir()) == [
        "reminders.toml",
        "sop.toml",
    ]


def test_nothing_is_written_over(answered: Answering, tmp_path: Path) -> None:
    (tmp_path / "izin").mkdir()
    (tmp_path / "izin" / "catatan.txt").write_text("milik orang")
    code, _, complaint = answered(*ANSWERS)
    assert code == 2
    assert complaint.endswith("sudah ada isinya; pilih folder yang belum ada.\n")
    assert [file.name for file in (tmp_path / "izin").iterdir()] == ["catatan.txt"]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (
            ANSWERS[:8],
            "Jawaban habis pada pertanyaan:   Jabatan pelaksana. Tidak ada yang ditulis.",
        ),
        ((*ANSWERS[:-3], "12.00-08.00"), "Jawaban habis pada pertanyaan: Jam kerja Senin sampai"),
        ((*ANSWERS[:6], "A" * 99, *ANSWERS[7:]), "tidak ada yang ditulis."),
    ],
    ids=["too few", "hours backwards", "a name too long for a column"],
)
def test_answers_that_do_not_do_write_nothing(
    answered: Answering, answers: tuple[str, ...], reason: str, tmp_path: Path
) -> None:
    code, _, complaint = answered(*answers)
    assert code == 2
    assert reason in complaint
    assert not (tmp_path / "izin").exists()


def test_a_sound_folder_is_drawn(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answered: Answering,
    tmp_path: Path,
) -> None:
    answered(*ANSWERS)
    code, out, _ = said(f"schema check {tmp_path / 'izin'}", monkeypatch, capsys)
    assert code in (0, None)
    lines = out.splitlines()
    assert lines[:6] == [
        'Dinas Contoh: SOP SOP-07 Izin "Penelitian"',
        "",
        "Langkah               Pelaksana      Mutu baku  Wajib",
        "1. Terima             Loket          15 menit   ya",
        "2. Tinjau             Tim Teknis     1 jam      tidak",
        "3. Terbit             Kepala Bidang  45 menit   ya",
    ]
    assert lines[6] == "Jumlah langkah wajib                 1 jam"
    assert lines[8:12] == [
        "Jam kerja biasa: 37 jam 30 menit seminggu",
        "  Senin–Kamis: 08.00–12.00, 13.00–15.30",
        "  Jumat: 07.30–11.30, 13.00–16.30",
        "  Sabtu: 08.00–12.00",
    ]
    assert lines[-1] == f"Skema {tmp_path / 'izin'} sah."


def test_all_that_is_wrong_is_listed(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answered: Answering,
    tmp_path: Path,
) -> None:
    answered(*ANSWERS)
    file = tmp_path / "izin" / "sop.toml"
    text = file.read_text("utf-8").replace('role = "Tim Teknis"', 'role = "Camat"')
    file.write_text(text.replace("= 45", "= 0"), encoding="utf-8")
    code, out, complaint = said(f"schema check {tmp_path / 'izin'}", monkeypatch, capsys)
    assert (code, out) == (2, "")
    assert "standard_minutes" in complaint


def test_the_folder_must_be_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, complaint = said("schema check", monkeypatch, capsys)
    assert code == 2
    assert complaint.startswith("FOLDER belum ditulis; folder skema, contoh skema_kantor. Lihat ")
