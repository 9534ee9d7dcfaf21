"""A Letter as a mail. The wording is in `templates/`; here it is decided what the lines need.

A mail carries what its notices carry and nothing else: no applicant, no contact, no subject.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from itertools import groupby

from automation.core.notices import Letter, Notice, Person, Stage
from automation.mail.cells import clean
from automation.mail.message import Office, build

# What a stage asks of the reader. Stages that ask the same ask it once in a mail.
REQUESTS: Mapping[Stage, str] = {
    "turn": "fill_in",
    "soon": "fill_in",
    "overdue": "fill_in",
    "escalation": "direct",
    "legal": "hurry",
    "findings": "mend",
}
MOST_LINES = 30  # of a mail; what is beyond is counted, not listed


@dataclass(frozen=True)
class Line:
    """One notice as the templates show it. All text is cleaned."""

    stage: Stage
    number: str
    kind: str
    header: str  # of the step: "5. Jawaban"
    step: str  # "Langkah 5 (Jawaban)"
    short_step: str  # "Langkah 5"
    standard_seconds: int
    elapsed_seconds: int
    since: datetime | None
    due: datetime | None
    holders: str
    on_behalf_of: str
    remarks: tuple[str, ...]
    count: int
    link: str | None

    @property
    def has_standard(self) -> bool:
        """Whether the step's standard matters here: next to a legal deadline it would confuse."""
        return self.stage != "legal" and bool(self.step)

    @property
    def over_seconds(self) -> int:
        return max(self.elapsed_seconds - self.standard_seconds, 0)


@dataclass(frozen=True)
class Section:
    """The lines of one stage, in the letter's order."""

    stage: Stage
    lines: tuple[Line, ...]
    total: int  # of the stage's notices, listed or not

    @property
    def since(self) -> datetime | None:
        return min((line.since for line in self.lines if line.since), default=None)


def compose(letter: Letter, office: Office, now: datetime) -> EmailMessage:
    """The mail that tells `letter.to` all its notices, grouped by stage, most urgent first.

    `now` is naive and local to the office. Its Message-ID depends on the notices' keys and the
    recipient only: the same letter composed again is the same mail.
    """
    cases = {notice.number for notice in letter.notices if notice.number}
    about_one = len(cases) == 1 and all(notice.number for notice in letter.notices)
    sections = _sections(letter.notices, office)
    return build(
        "letter",
        {
            "sections": sections,
            "requests": list(dict.fromkeys(REQUESTS[section.stage] for section in sections)),
            "first": sections[0].lines[0],
            "cases": len(cases),
            "about_one": about_one,
            "late": len(_cases_in(letter, "overdue", "escalation")),
            "findings": sum(each.count for each in letter.notices if each.stage == "findings"),
            "copies": [clean(person.name) for person in letter.copies],
        },
        office=office,
        to=letter.to,
        copies=letter.copies,
        keys=[notice.key for notice in letter.notices],
        case=_case(letter.notices[0]) if about_one else "",
        now=now,
    )


def compose_test(address: str, office: Office, now: datetime) -> EmailMessage:
    """A mail that says that mail arrives. Each is a mail of its own."""
    return build(
        "test",
        {"now": now},
        office=office,
        to=Person(name="", email=address, role=""),
        keys=[now.isoformat()],
        now=now,
    )


def _case(notice: Notice) -> str:
    """What its thread goes by: never the row, which is all that is told of some cases."""
    return notice.key.partition("|")[0] or notice.number


def _cases_in(letter: Letter, *stages: Stage) -> set[str]:
    return {notice.number for notice in letter.notices if notice.stage in stages}


def _sections(notices: Sequence[Notice], office: Office) -> list[Section]:
    """The notices by stage, stages in the order of their first notice; MOST_LINES at most."""
    stages = list(dict.fromkeys(notice.stage for notice in notices))
    ordered = sorted(notices, key=lambda notice: stages.index(notice.stage))
    totals = {stage: len(list(group)) for stage, group in groupby(ordered, lambda each: each.stage)}
    shown = groupby(ordered[:MOST_LINES], lambda each: each.stage)
    return [
        Section(stage, tuple(_line(notice, office) for notice in group), totals[stage])
        for stage, group in shown
    ]


def _line(notice: Notice, office: Office) -> Line:
    header = clean(notice.step)
    place, _, name = header.partition(". ")
    return Line(
        stage=notice.stage,
        number=clean(notice.number),
        kind=clean(notice.kind),
        header=header,
        step=f"Langkah {place} ({name})" if name else place,
        short_step=f"Langkah {place}",
        standard_seconds=notice.standard_minutes * 60,
        elapsed_seconds=notice.elapsed_seconds,
        since=notice.since,
        due=notice.due,
        holders=", ".join(clean(each) for each in notice.holders),
        on_behalf_of=clean(notice.on_behalf_of),
        remarks=tuple(filter(None, map(clean, notice.text.splitlines()))),
        count=notice.count,
        link=office.register_link(notice.row) if notice.number else None,
    )
