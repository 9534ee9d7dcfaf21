"""The head of office's figures, with charts that show in every mail program."""

from dataclasses import replace
from datetime import date, datetime
from email.message import EmailMessage

from automation.core.digest import DayFigures, Figures, OldCase, StepFigures
from automation.mail.digest import compose_digest, digest_mail
from tests.mail_letters import BUDI, NOW, OFFICE

WEEK = Figures(
    period="week",
    start=date(2026, 11, 16),
    end=date(2026, 11, 20),
    open=1234,
    overdue=5,
    due_today=8,
    received=22,
    finished=19,
    compliance=0.714,
    findings=3,
    steps=[StepFigures("1. Unduh", 3, 0, None), StepFigures("5. Jawaban", 12, 3, 0.5)],
    days=[DayFigures(date(2026, 11, 16), 5, 3), DayFigures(date(2026, 11, 17), 4, 8)],
    oldest=[
        OldCase("0005/ADU/X/2026", "Aduan", "5. Jawaban", ("Sri",), datetime(2026, 10, 5, 9), 7)
    ],
)
DAY = replace(WEEK, period="day", start=date(2026, 11, 20), days=())


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def test_the_week_is_told_in_figures() -> None:
    message = compose_digest(BUDI, WEEK, OFFICE, NOW)
    assert message["Subject"] == (
        "Ringkasan pekan 16/11/2026 sampai 20/11/2026: 1.234 berkas berjalan, 5 terlambat"
    )
    for told in (
        "PEKAN LALU - Masuk: 22 berkas - Selesai: 19 berkas",
        "Kepatuhan terhadap mutu baku: 71,4%",
        "Selasa, 17 November 2026: 4 / 8",
        "1. Unduh: 3 menunggu, 0 terlambat, -",
        "0005/ADU/X/2026 - Aduan, diterima Senin, 5 Oktober 2026",
        "terdapat 3 temuan",
    ):
        assert told in part(message, "plain")


def test_the_last_working_day_is_told_without_a_chart_of_days() -> None:
    message = compose_digest(BUDI, DAY, OFFICE, NOW)
    assert message["Subject"].startswith("Ringkasan Jumat, 20 November 2026: 1.234 berkas")
    assert "HARI KERJA LALU" in part(message, "plain")
    assert "PER HARI" not in part(message, "plain")


def test_charts_are_table_cells_and_no_image_or_script() -> None:
    page = part(compose_digest(BUDI, WEEK, OFFICE, NOW), "html")
    assert 'width="25%" bgcolor="#4a90c4"' in page, "3 of 12 wait at step 1"
    assert 'width="100%" bgcolor="#3f9b57"' in page, "8 of 8 were finished on Tuesday"
    assert not any(tag in page for tag in ("<img", "<svg", "<script", "background-image"))


def test_an_office_without_cases_has_a_digest_too() -> None:
    empty = replace(
        DAY, open=0, overdue=0, received=0, finished=0, compliance=None, findings=0, steps=(),
        oldest=(),
    )  # fmt: skip
    assert "tidak terdapat temuan" in part(compose_digest(BUDI, empty, OFFICE, NOW), "plain")


def test_each_period_s_digest_is_one_mail_to_one_person() -> None:
    def identity(figures: Figures) -> str:
        return str(compose_digest(BUDI, figures, OFFICE, NOW)["Message-ID"])

    assert identity(WEEK) == identity(replace(WEEK, open=7))
    assert identity(WEEK) != identity(DAY) != identity(replace(DAY, end=date(2026, 11, 23)))
    assert digest_mail(BUDI, DAY, OFFICE, NOW).keys == ["digest|day|2026-11-20"]
