"""What the commands say of a run to come."""

from datetime import date, datetime
from pathlib import Path

import pytest

from automation import say
from automation.archive import Report
from automation.core.office_time.periods import whole_month, whole_year
from automation.core.plan import plan
from automation.settings import Settings
from tests.mail_letters import BUDI, FIGURES, SRI, letter, notice
from tests.offices import NOW, case, grids, standard_schema


def told(capsys: pytest.CaptureFixture[str], now: datetime = NOW) -> list[str]:
    seen = plan(grids([case()]), standard_schema(), now)
    findings = notice("", "findings", step="", count=12)
    say.intentions(seen, [letter(notice(stage="escalation"), findings), letter(FIGURES, to=BUDI)])
    return capsys.readouterr().out.splitlines()


def test_a_mail_to_come_is_told_with_its_reasons(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert told(capsys) == [
        f"Surel kepada Sri Lestari <{SRI.way.address}>:",
        "  Eskalasi: 0123/ADU/XI/2026 5. Jawaban",
        "  Temuan: 12 kesalahan",
        f"Surel kepada Budi Santoso <{BUDI.way.address}>:",
        "  Ringkasan: angka untuk pimpinan",
        "2 surel akan dikirim; tidak ada yang diterbitkan.",
    ]


def test_outside_working_hours_it_is_said_why_nothing_goes_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert told(capsys, datetime(2026, 11, 22, 10, 0))[0].startswith("Di luar jam kerja")


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (datetime(2026, 11, 22, 10), "Senin, 23 November 2026, pukul 07.30"),  # a Sunday
        (datetime(2026, 11, 20, 16, 30), "Senin, 23 November 2026, pukul 07.30"),
        (datetime(2026, 11, 23, 12, 0), "Senin, 23 November 2026, pukul 13.00"),
        (datetime(2026, 11, 23, 7, 29), "Senin, 23 November 2026, pukul 07.30"),
    ],
)
def test_a_watch_outside_hours_says_when_the_next_round_is(now: datetime, opens: str) -> None:
    seen = plan(grids([case()]), standard_schema(), now)
    assert say.next_round(seen) == f"Di luar jam kerja; putaran berikutnya {opens}."


def test_what_was_made_is_named_with_its_place_and_what_comes_next(tmp_path: Path) -> None:
    settings = Settings().in_folder(tmp_path)
    assert [*say.where_things_are(settings)] == [
        f"Ringkasan: {tmp_path / 'ringkasan.xlsx'}",
        f"Surel: berkas .eml di {tmp_path / 'outbox'}",
    ]
    assert [*say.where_trial_went(settings)] == [
        f"Berkasnya di {tmp_path / 'outbox'}; buka dengan program surel."
    ]


def test_a_report_is_named_with_its_place_its_cases_and_what_to_do_with_it() -> None:
    november = whole_month(date(2026, 11, 1))
    folder = Path("arsip/laporan-2026-11")
    assert [*say.report_sentences(Report(november, folder, 1234, ("Ada catatan.",)))] == [
        f"Laporan November 2026 ditulis: {folder} (1.234 berkas).",
        "Ada catatan.",
        "Berikutnya: cetak dan tanda tangani halaman PDF di dalamnya. Buku kerjanya memuat data "
        "pemohon: simpan seaman register.",
    ]
    empty, _ = say.report_sentences(Report(november, folder, 0, ()))
    assert empty.endswith("; tidak ada berkas yang diterima pada bulan itu.")
    year, _ = say.report_sentences(Report(whole_year(2026), folder, 0, ()))
    assert year.startswith("Laporan tahun 2026 ditulis: ")
    assert year.endswith("pada tahun itu.")


def test_an_office_on_google_with_smtp_is_told_where_to_look() -> None:
    office = Settings.model_validate(
        {
            "workbook": {"kind": "google", "spreadsheet": "1AbC"},
            "mail": {"kind": "smtp", "allowed_domains": ["kantor.example.id"]},
        }
    )
    assert [*say.where_things_are(office)] == [
        "Ringkasan: https://docs.google.com/spreadsheets/d/1AbC/edit"
    ]
    assert [*say.where_trial_went(office)] == [
        "Periksa kotak masuk alamat itu, juga folder spamnya."
    ]
