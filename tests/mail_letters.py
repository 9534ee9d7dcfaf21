"""Letters for the tests of mail, with as little said about them as a test needs."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from automation.core.measures.figures import Counts, Figures, LateCase, PeriodFigures, StepFigures
from automation.core.reminders.notices import Letter, Notice, Person
from automation.core.reminders.stages import Stage
from automation.core.words.ways import EMAIL, Way
from automation.mail.correspondent import Correspondent
from automation.mail.email import Email
from automation.mail.folder import Folder
from automation.mail.outgoing import Mail

NOW = datetime(2026, 11, 23, 10, 0)
OFFICE = Correspondent(
    name="Dinas Kependudukan",
    sender="pengingat@kantor.go.id",
    reply_to="dukcapil@kantor.go.id",
    timezone=ZoneInfo("Asia/Jakarta"),
)
WAYS = {EMAIL: Email(Folder(Path("never opened")))}
SRI = Person("Sri Lestari", Way(EMAIL, "sri@kantor.go.id"), "Anggota Tim Teknis")
BUDI = Person("Budi Santoso", Way(EMAIL, "budi@kantor.go.id"), "Penanggung Jawab Teknis")


def notice(number: str = "0123/ADU/XI/2026", stage: Stage = "turn", **facts: Any) -> Notice:
    """Step 5, of an hour, waiting since 14.30; due 15.30."""
    usual: dict[str, Any] = {
        "key": f"{number}|5|{stage}|1",
        "kind": "Aduan",
        "row": 41,
        "step": "5. Jawaban",
        "standard_minutes": 60,
        "since": datetime(2026, 11, 20, 14, 30),
        "due": datetime(2026, 11, 20, 15, 30),
        "elapsed_seconds": 1800,
        "holders": (SRI.name,),
    }
    return Notice(number=number, stage=stage, **usual | facts)


FIGURES = Notice(
    key="figures|2026-11-23",
    stage="figures",
    number="",
    kind="",
    row=0,
    step="",
    standard_minutes=0,
    since=None,
    due=None,
    elapsed_seconds=0,
    holders=(),
    figures=Figures(
        day=date(2026, 11, 23),
        open=1234,
        overdue=5,
        due_today=8,
        findings=3,
        steps=(StepFigures("1. Unduh", 3, 0), StepFigures("5. Jawaban", 12, 5)),
        worst=(LateCase("0005/ADU/X/2026", "Aduan", "5. Jawaban", (SRI.name,), 8400, 7),),
        periods=(
            PeriodFigures(
                "day",
                date(2026, 11, 20),
                date(2026, 11, 20),
                Counts(received=22, finished=14, on_time=10),
                Counts(received=18, finished=0, on_time=0),
            ),
        ),
    ),
)


def letter(*notices: Notice, to: Person = SRI) -> Letter:
    return Letter(to, notices or (notice(),))


def mail(letter: Letter, now: datetime = NOW) -> Mail:
    return Mail.of(letter, WAYS[EMAIL].write(letter, OFFICE, now))


def pairs(*letters: Letter) -> set[tuple[str, str]]:
    """What `decide` could say: (mailbox, notice key)."""
    return {(each.to.mailbox, key) for each in letters for key in each.keys}
