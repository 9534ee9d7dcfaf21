"""The head of office is sent the page of the month that is over: once, if the settings say so."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from automation.archive import archive
from automation.core.office_time.periods import Period, whole_month
from automation.core.plan import Past, follow
from automation.core.register.reading import read_register
from automation.core.reminders.notices import Letter, Told
from automation.setting_sections import ReportSection
from automation.settings import Settings
from tests.cycle_offices import DeskOffice
from tests.offices import STAFF, Row, case, grids, person, standard_schema
from tests.runs import tell

NOVEMBER = whole_month(date(2026, 11, 1))
DONE = case(**{f"step_{step}": datetime(2026, 11, 23, 8, step) for step in range(1, 8)})


def letters(
    now: datetime, told: Told, report: Period | None = NOVEMBER, staff: Sequence[Row] = STAFF
) -> dict[str, Letter]:
    """What a run sends, by the name of who gets it; in the last one all was well."""
    register = read_register(grids([DONE], staff), standard_schema())
    last = datetime(2026, 11, 30, 16)
    past = Past(last_run=last, told=told, report=report)
    seen = follow(register, standard_schema(), now, past=past)
    return {letter.to.name: letter for letter in seen.letters(told)}


def stages(letter: Letter | None) -> list[str]:
    return [notice.stage for notice in letter.notices] if letter else []


def test_it_is_in_the_first_letter_of_the_first_working_day_and_in_no_other() -> None:
    """The first of December 2026 is a Tuesday."""
    told = Told()
    heard = {}
    for now in (
        datetime(2026, 12, 1, 7, 29),
        datetime(2026, 12, 1, 7, 30),
        datetime(2026, 12, 1, 9, 30),
        datetime(2026, 12, 2, 7, 30),
        datetime(2026, 12, 31, 7, 30),
    ):
        sent = letters(now, told)
        told = tell(told, sent.values(), now)
        heard[f"{now:%d %H.%M}"] = stages(sent.get("Kepala"))
        assert not {"report"} & {each for name, one in sent.items() if name != "Kepala" for each in stages(one)}  # fmt: skip
    assert heard == {
        "01 07.29": [],
        "01 07.30": ["figures", "report"],
        "01 09.30": [],
        "02 07.30": ["figures"],
        "31 07.30": ["figures"],
    }


def test_a_month_that_ends_before_a_weekend_is_sent_on_monday() -> None:
    """The first of August 2026 is a Saturday."""
    july = whole_month(date(2026, 7, 1))
    assert letters(datetime(2026, 8, 1, 9), Told(), july) == {}
    assert "report" in stages(letters(datetime(2026, 8, 3, 7, 30), Told(), july).get("Kepala"))


def test_a_report_that_is_made_later_in_the_day_is_news_of_its_own() -> None:
    morning = datetime(2026, 12, 1, 7, 30)
    told = tell(Told(), letters(morning, Told(), report=None).values(), morning)
    assert letters(datetime(2026, 12, 1, 8, 0), told) == {}, "an hour's quiet after the last mail"
    later = letters(datetime(2026, 12, 1, 8, 31), told)
    assert {name: stages(letter) for name, letter in later.items()} == {"Kepala": ["report"]}


def test_who_stands_in_for_the_head_gets_it() -> None:
    away = person(
        "Kepala",
        "Penanggung Jawab (Kepala Dinas)",
        Pengganti="Ketut",
        **{"Cuti Mulai": date(2026, 11, 30), "Cuti Selesai": date(2026, 12, 2)},
    )
    sent = letters(datetime(2026, 12, 1, 7, 30), Told(), staff=(*STAFF[:-1], away))
    assert "report" in stages(sent["Ketut"])


def test_what_waits_to_be_sent_still_makes_sense_all_month() -> None:
    now = datetime(2026, 12, 1, 7, 30)
    told = tell(Told(), letters(now, Told()).values(), now)
    register = read_register(grids([DONE]), standard_schema())
    seen = follow(register, standard_schema(), now, past=Past(told=told, report=NOVEMBER))
    assert any(key == "report|2026-11" for _, key in seen.live(told))


@pytest.fixture
def desk(tmp_path: Path) -> DeskOffice:
    office = DeskOffice(tmp_path)
    told = Settings(report=ReportSection(to_head=True))
    office.settings = told.in_folder(tmp_path)
    office.write([DONE])
    return office


OVER = datetime(2026, 12, 1, 8, 0)


def enclosed(desk: DeskOffice) -> list[tuple[str, str, bytes]]:
    """Of each mail that has one: whom it is to, and name and content of what is enclosed."""
    mails = [
        message_from_bytes(file.read_bytes(), policy=default)
        for file in sorted((desk.folder / "outbox").glob("*.eml"))
    ]
    return [
        (str(mail["To"].addresses[0].username), str(part.get_filename()), part.get_content())
        for mail in mails
        for part in mail.iter_attachments()
    ]


def test_the_page_that_lies_in_the_archive_goes_with_the_letter(desk: DeskOffice) -> None:
    folder = archive(desk.installation(OVER), NOVEMBER).folder
    page = (folder / "halaman-2026-11.pdf").read_bytes()
    desk.run(OVER)
    assert enclosed(desk) == [("kepala", "halaman-2026-11.pdf", page)]
    desk.run(OVER.replace(hour=10))
    desk.run(OVER.replace(day=2))
    assert len(enclosed(desk)) == 1


def test_the_newest_report_is_sent_and_no_other_when_there_are_several(desk: DeskOffice) -> None:
    folders = [archive(desk.installation(OVER), NOVEMBER).folder for _ in range(2)]
    desk.run(OVER)
    (sent,) = enclosed(desk)
    assert sent[2] == (folders[1] / "halaman-2026-11.pdf").read_bytes()


def test_a_lost_state_folder_sends_nothing_again(desk: DeskOffice) -> None:
    archive(desk.installation(OVER), NOVEMBER)
    desk.run(OVER)
    shutil.rmtree(desk.folder / "state")
    desk.run(OVER.replace(hour=10))
    desk.run(OVER.replace(day=2))
    assert len(enclosed(desk)) == 1


def silent(desk: DeskOffice) -> None:
    desk.settings = Settings().in_folder(desk.folder)


def unfinished(desk: DeskOffice) -> None:
    shutil.rmtree(desk.folder / "arsip")
    archive(desk.installation(datetime(2026, 11, 30, 16, 0)), NOVEMBER)


def spoiled(desk: DeskOffice) -> None:
    page = next((desk.folder / "arsip").rglob("*.pdf"))
    page.write_bytes(page.read_bytes() + b" ")


def gone(desk: DeskOffice) -> None:
    shutil.rmtree(desk.folder / "arsip")


def somebodys(desk: DeskOffice) -> None:
    gone(desk)
    (desk.folder / "arsip" / "laporan-2026-11").mkdir(parents=True)
    (desk.folder / "arsip" / "laporan-2026-11-ke-2").touch()


@pytest.mark.parametrize("change", [silent, unfinished, spoiled, gone, somebodys])
def test_nothing_is_enclosed_that_was_not_asked_for_or_cannot_be_believed(
    change: Any, desk: DeskOffice
) -> None:
    """The letter of the morning goes out all the same."""
    archive(desk.installation(OVER), NOVEMBER)
    change(desk)
    desk.run(OVER)
    assert desk.mails
    assert enclosed(desk) == []


def test_the_letter_says_what_it_is_and_names_no_applicant(desk: DeskOffice) -> None:
    archive(desk.installation(OVER), NOVEMBER)
    morning = OVER.replace(hour=7, minute=30)
    desk.settings = Settings().in_folder(desk.folder)
    desk.run(morning)
    desk.settings = Settings(report=ReportSection(to_head=True)).in_folder(desk.folder)
    desk.run(OVER.replace(hour=9))
    file = sorted((desk.folder / "outbox").glob("*-09.00.00-*.eml"))[0]
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert mail["Subject"] == "Laporan November 2026 untuk arsip"
    text = mail.get_body(("plain",)).get_content()
    assert "laporan bulanan untuk arsip kantor" in text
    assert "November 2026: satu halaman A4 (PDF). Mohon dicetak dan ditandatangani." in text
    assert "Pemohon" not in text
    assert "Laporan Bulanan" in [row[3] for row in desk.tab("Pengingat")]


def test_a_dry_run_names_it(desk: DeskOffice, capsys: pytest.CaptureFixture[str]) -> None:
    from automation import tasks

    archive(desk.installation(OVER), NOVEMBER)
    tasks.foresee(replace(desk.installation(OVER)))
    assert "Laporan Bulanan: halaman November 2026, terlampir" in capsys.readouterr().out
    assert desk.mails == []
