"""A Letter as a mail. The wording is in `templates/`; here it is decided what the lines need.

A mail carries what its notices carry and nothing else: no applicant, no contact, no subject.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from itertools import groupby

from automation.core.measures.figures import Figures, LateCase
from automation.core.reminders.notices import Letter, Notice, Person
from automation.core.reminders.stages import STAGE, Stage, StageFact
from automation.mail.cells import clean
from automation.mail.correspondent import Correspondent
from automation.mail.message import build

MOST_LINES = 30  # of a mail; what is beyond is counted, not listed
SEEN_LATE = timedelta(hours=1)  # behind its start: then a turn's mail says when it was seen


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
    seen: datetime | None  # where that was much later than `since`
    due: datetime | None
    holders: str  # "" where the reader alone holds the step
    on_behalf_of: str
    reason: str  # why it comes to this mailbox
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
    """The lines of one stage, in the letter's order. Those of "figures" have figures instead."""

    fact: StageFact
    lines: tuple[Line, ...]
    total: int  # of the stage's notices, listed or not
    figures: Figures | None = None

    @property
    def stage(self) -> Stage:
        return self.fact.key

    @property
    def since(self) -> datetime | None:
        return min((line.since for line in self.lines if line.since), default=None)


def compose(letter: Letter, office: Correspondent, now: datetime) -> EmailMessage:
    """The mail that tells `letter.to` all its notices, grouped by stage, most urgent first.

    `now` is naive and local to the office. The page of a report goes with it: it tells of the
    office's figures, of no applicant. Its Message-ID depends on the notices' keys and the
    recipient only: the same letter composed again is the same mail.
    """
    cases = {notice.number for notice in letter.notices if notice.number}
    about_one = len(cases) == 1 and all(notice.number for notice in letter.notices)
    sections = _sections(letter, office)
    requests = (section.fact.request for section in sections)
    message = build(
        "letter",
        {
            "sections": sections,
            "requests": list(dict.fromkeys(filter(None, requests))),
            "first": next((line for section in sections for line in section.lines), None),
            "figures": next((each.figures for each in sections if each.figures), None),
            "morning": now if letter.morning else None,
            "cases": len(cases),
            "about_one": about_one,
            "late": len({n.number for n in letter.notices if STAGE[n.stage].counts_late}),
            "report": next((each.report for each in letter.notices if each.report), None),
            "findings": sum(each.count for each in letter.notices if each.stage == "findings"),
            "late_line": lambda case: _late_line(case, office),
        },
        office=office,
        to=letter.to,
        keys=letter.keys,
        case=_case(letter.notices[0]) if about_one else "",
        now=now,
    )
    for month in (notice.report for notice in letter.notices if notice.report):
        name, content = office.report_page(month)
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return message


def compose_test(to: Person, office: Correspondent, now: datetime) -> EmailMessage:
    """A mail that says that mail arrives. Each is a mail of its own."""
    keys = [now.isoformat()]
    return build("test", {"now": now}, office=office, to=to, keys=keys, now=now)


def compose_news(
    news: Mapping[str, object], to: Person, office: Correspondent, now: datetime
) -> EmailMessage:
    """How the program is: `news` has the values of `trial.News`, which make its identity."""
    keys = ["news", str(news["kind"]), str(news["since"])]
    return build("news", dict(news), office=office, to=to, keys=keys, now=now)


def _case(notice: Notice) -> str:
    """What its thread goes by: never the row, which is all that is told of some cases."""
    return notice.key.partition("|")[0] or notice.number


def _sections(letter: Letter, office: Correspondent) -> list[Section]:
    """The notices by stage, stages in the order of their first notice; MOST_LINES at most."""
    stages = list(dict.fromkeys(notice.stage for notice in letter.notices))
    ordered = sorted(letter.notices, key=lambda notice: stages.index(notice.stage))
    totals = {stage: len(list(group)) for stage, group in groupby(ordered, lambda each: each.stage)}
    listed = [notice for notice in ordered if notice.figures is None][:MOST_LINES]
    lines = {stage: list(group) for stage, group in groupby(listed, lambda each: each.stage)}
    figures = {notice.stage: notice.figures for notice in ordered if notice.figures}
    return [
        Section(
            STAGE[stage],
            tuple(_line(notice, letter.to, office) for notice in lines.get(stage, ())),
            totals[stage] if stage in lines else 0,
            figures.get(stage),
        )
        for stage in stages
        if stage in lines or stage in figures
    ]


def _late_line(case: LateCase, office: Correspondent) -> dict[str, object]:
    return {
        "number": clean(case.number),
        "kind": clean(case.kind),
        "step": _step(clean(case.step)),
        "holders": ", ".join(map(clean, case.holders)) or "belum ada",
        "over_seconds": case.over_seconds,
        "link": office.register_link(case.row),
    }


def _line(notice: Notice, to: Person, office: Correspondent) -> Line:
    header = clean(notice.step)
    place = header.partition(". ")[0]
    return Line(
        stage=notice.stage,
        number=clean(notice.number),
        kind=clean(notice.kind),
        header=header,
        step=_step(header),
        short_step=f"Langkah {place}",
        standard_seconds=notice.standard_minutes * 60,
        elapsed_seconds=notice.elapsed_seconds,
        since=notice.since,
        seen=_seen_late(notice),
        due=notice.due,
        holders=", ".join(clean(each) for each in notice.holders if notice.holders != (to.name,)),
        on_behalf_of=clean(notice.on_behalf_of),
        reason=clean(notice.reason),
        remarks=tuple(filter(None, map(clean, notice.text.splitlines()))),
        count=notice.count,
        link=office.register_link(notice.row) if notice.number else None,
    )


def _step(header: str) -> str:
    """ "5. Jawaban" as it is said in a sentence: "Langkah 5 (Jawaban)"."""
    place, _, name = header.partition(". ")
    return f"Langkah {place} ({name})" if name else place


def _seen_late(notice: Notice) -> datetime | None:
    if notice.seen is None or notice.since is None:
        return None
    return notice.seen if notice.seen - notice.since > SEEN_LATE else None
