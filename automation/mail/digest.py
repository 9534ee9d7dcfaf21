"""The head of office's digest: yesterday's figures on working mornings, the week's on Mondays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from typing import Literal

from automation.core.reminders import Person
from automation.mail.cells import clean
from automation.mail.message import Office, build
from automation.mail.outgoing import Mail

MOST_OLD_CASES = 5


@dataclass(frozen=True)
class DayFigures:
    """One working day of the period."""

    day: date
    received: int  # cases
    finished: int


@dataclass(frozen=True)
class StepFigures:
    """One step of the SOP."""

    header: str  # "5. Jawaban"
    waiting: int  # open cases that stand at this step
    overdue: int  # of these
    compliance: float | None  # share of the period's finished steps within their standard


@dataclass(frozen=True)
class OldCase:
    """An open case. By its number only: no applicant, no subject."""

    number: str
    kind: str
    step: str  # header of the step it stands at
    holders: tuple[str, ...]
    received: datetime
    row: int  # where it stands in the Register now, for the link


@dataclass(frozen=True)
class Figures:
    """What a digest tells. `start` to `end`, both included, is the period that is looked back on:
    the last working day, or the last week. Counts are cases unless they say otherwise."""

    period: Literal["day", "week"]
    start: date
    end: date
    open: int
    overdue: int
    due_today: int
    received: int  # in the period
    finished: int  # in the period
    compliance: float | None  # share of finished cases within the standard; None: none finished
    findings: int  # errors in the register
    steps: Sequence[StepFigures] = ()
    days: Sequence[DayFigures] = ()
    oldest: Sequence[OldCase] = ()

    @property
    def key(self) -> str:
        """Names the digest in the outbox, so that it goes out once."""
        return f"digest|{self.period}|{self.end.isoformat()}"


def compose_digest(to: Person, figures: Figures, office: Office, now: datetime) -> EmailMessage:
    """The digest as a mail. Its charts are table cells, which every mail program shows. `now` is
    naive and local to the office."""
    return build(
        "digest",
        {
            "figures": figures,
            "oldest": [
                {
                    "number": clean(case.number),
                    "kind": clean(case.kind),
                    "step": clean(case.step),
                    "holders": ", ".join(map(clean, case.holders)) or "belum ada",
                    "received": case.received.date(),
                    "link": office.register_link(case.row),
                }
                for case in figures.oldest[:MOST_OLD_CASES]
            ],
            "busiest": max((step.waiting for step in figures.steps), default=0),
            "liveliest": max((max(day.received, day.finished) for day in figures.days), default=0),
        },
        office=office,
        to=to,
        keys=[figures.key],
        now=now,
    )


def digest_mail(to: Person, figures: Figures, office: Office, now: datetime) -> Mail:
    """The digest as the outbox takes it in."""
    message = compose_digest(to, figures, office, now)
    return Mail(message=message, to=to, keys=[figures.key], stages="Ringkasan")
