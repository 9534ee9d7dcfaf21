"""Who is to hear what, now, and why.

`candidates` says everything that holds at this moment; `decide` leaves out what was said before and
what must wait, and gathers the rest into one letter a person. Neither knows how mail is sent.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from automation.core.deadlines import Deadlines
from automation.core.holders import Holder, Holding, Roster
from automation.core.indonesian import number as decimal
from automation.core.notices import History, Letter, Notice, Person, Stage
from automation.core.progress import Progress
from automation.core.schema import Schema, Step
from automation.core.validation import Finding, counted

# Most urgent first: the order within a letter.
URGENCY: tuple[Stage, ...] = ("escalation", "overdue", "legal", "soon", "turn", "findings")


@dataclass(frozen=True)
class Situation:
    """What is known at `now` (local wall-clock time) and what the office wants done about it."""

    schema: Schema
    progress: Progress
    deadlines: Deadlines
    findings: Sequence[Finding]
    roster: Roster
    now: datetime


Candidate = tuple[Person, Notice]


def candidates(situation: Situation) -> tuple[Candidate, ...]:
    """Everything that somebody could be told now, whether or not they were told already."""
    return (*_steps(situation), *_legal(situation), *_register_errors(situation))


def decide(
    found: Sequence[Candidate], schema: Schema, history: History, now: datetime
) -> tuple[Letter, ...]:
    """One letter for each person who is to hear something now, most urgent first."""
    news: dict[str, tuple[Person, list[Notice]]] = {}
    for person, notice in found:
        if not history.was_told(person.email, notice.key):
            notices = news.setdefault(person.email, (person, []))[1]
            if notice.key not in {each.key for each in notices}:
                notices.append(_with_reminders_sent(notice, history))
    letters = [
        Letter(person, tuple(sorted(notices, key=_urgency)))
        for address, (person, notices) in news.items()
        if _may_be_written_to(history.mailed.get(address, ()), notices, schema, now)
    ]
    written_to = {letter.to.email for letter in letters}
    return tuple(replace(each, copies=_copies(each, found, written_to)) for each in letters)


def _copies(
    letter: Letter, found: Sequence[Candidate], written_to: Collection[str]
) -> tuple[Person, ...]:
    """The holders whose superior is written to, unless they get a letter of their own now."""
    if any(notice.stage != "escalation" for notice in letter.notices):
        return ()
    steps = tuple(_overdue_prefix(notice) for notice in letter.notices)
    holders = {p.email: p for p, notice in found if notice.key.startswith(steps)}
    return tuple(person for email, person in holders.items() if email not in written_to)


def _overdue_prefix(escalation: Notice) -> str:
    return escalation.key.partition("|escalation|")[0] + "|overdue|"


def _urgency(notice: Notice) -> tuple[int, datetime, str]:
    return URGENCY.index(notice.stage), notice.due or datetime.max, notice.number


def _may_be_written_to(
    mailed: Sequence[datetime], notices: Sequence[Notice], schema: Schema, now: datetime
) -> bool:
    """Within the day's limit, and not in the quiet after a mail unless a step became theirs."""
    limits = schema.reminders.limits
    if sum(at.date() == now.date() for at in mailed) >= limits.per_person_per_day:
        return False
    if any(notice.stage == "turn" for notice in notices):
        return True
    return not is_quiet(mailed, schema, now)


def is_quiet(mailed: Sequence[datetime], schema: Schema, now: datetime) -> bool:
    """Whether a mail went to this person so shortly ago that another would be a nuisance."""
    quiet = timedelta(minutes=schema.reminders.limits.quiet_minutes)
    return any(now - quiet < at <= now for at in mailed)


def _with_reminders_sent(notice: Notice, history: History) -> Notice:
    if notice.stage != "escalation":
        return notice
    prefix = _overdue_prefix(notice)
    sent = {key for _, key in history.told if key.startswith(prefix)}
    return replace(notice, count=len(sent))


def _steps(situation: Situation) -> Iterator[Candidate]:
    """The current steps of open cases: to their holders, and to the superior when far overdue."""
    cases = situation.progress.cases
    named = ~cases["reference"].duplicated(keep=False)
    waiting = cases[cases["status"].isin(("running", "overdue")) & named]
    for case in waiting.itertuples():
        step = situation.schema.sop.steps[case.step - 1]
        holding = situation.progress.holding(case.Index)
        holders = holding.holders
        due_stage = _stage(situation.schema, step, case.elapsed)
        if due_stage is not None:
            stage, occurrence = due_stage
            notice = _notice(case, step, stage, occurrence, holders)
            yield from _to_each(situation.roster, holding, step.role, notice)
        repeat = _escalation(situation.schema, step, case.elapsed)
        if repeat is not None:
            notice = _notice(case, step, "escalation", repeat, holders)
            told = situation.roster.reached(holding, step.role)
            names = {holder.email.casefold() for holder in told if holder in holders}
            for superior in situation.roster.superiors(step.role):
                if superior.email.casefold() not in names:
                    yield person_of(superior), replace(notice, on_behalf_of=superior.on_behalf_of)


def _stage(schema: Schema, step: Step, elapsed: float) -> tuple[Stage, int] | None:
    """What the holder hears at this point of the step, and the how-many-eth time."""
    policy = schema.reminders
    over = elapsed - step.standard_seconds
    if over > 0:
        if policy.overdue is None:
            return None
        return "overdue", int(over // (policy.overdue.repeat_minutes * 60))
    if policy.soon is not None:
        left = step.standard_seconds * (1 - policy.soon.share)
        helps = left >= policy.soon.coarsest_minutes * 60
        if helps and elapsed >= step.standard_seconds * policy.soon.share:
            return "soon", 0
    return None if policy.turn is None else ("turn", 0)


def _escalation(schema: Schema, step: Step, elapsed: float) -> int | None:
    """The how-many-eth escalation is due, or None."""
    policy = schema.reminders.escalation
    if policy is None:
        return None
    over = elapsed - step.standard_seconds * policy.factor
    return int(over // (policy.repeat_minutes * 60)) if over >= 0 else None


def _legal(situation: Situation) -> Iterator[Candidate]:
    """Legal deadlines that near or have passed, to the holders of the case's current step."""
    policy = situation.schema.reminders.legal
    if policy is None or not policy.days_before:
        return
    cases = situation.progress.cases
    nearest = situation.deadlines.nearest()
    nearest = nearest[nearest["left"] <= max(policy.days_before)]
    for index, deadline in nearest.iterrows():
        case = next(cases.loc[[index]].itertuples())
        if case.status not in ("running", "overdue"):
            continue
        reached = min((d for d in policy.days_before if deadline["left"] <= d), default=0)
        occurrence = "passed" if deadline["left"] < 0 else str(reached)
        step = situation.schema.sop.steps[case.step - 1]
        holding = situation.progress.holding(index)
        notice = replace(
            _notice(case, step, "legal", 0, holding.holders),
            key=f"{case.identity}|0|legal|{deadline['name']}|{occurrence}",
            text=_legal_text(deadline),
        )
        yield from _to_each(situation.roster, holding, step.role, notice)


def _legal_text(deadline: "pd.Series[object]") -> str:
    unit = "hari kerja" if deadline["unit"] == "working" else "hari"
    left = int(deadline["left"])
    when = (
        f"{decimal(left)} {unit} lagi"
        if left > 0
        else ("hari ini" if left == 0 else f"terlewati {decimal(-left)} {unit}")
    )
    text = f"Tenggat {deadline['name']}: {deadline['due']:%d/%m/%Y} ({when})"
    if deadline["extended"] > deadline["due"]:
        text += f"; dapat diperpanjang secara tertulis s.d. {deadline['extended']:%d/%m/%Y}"
    return f"{text}. Dasar: {deadline['source']}."


def _register_errors(situation: Situation) -> Iterator[Candidate]:
    """The errors in the register, to its keepers, once a day."""
    policy = situation.schema.reminders.findings
    errors = [finding for finding in situation.findings if finding.severity == "error"]
    if policy is None or not errors:
        return
    lines = [
        f"{finding.tab} {finding.cell}: {finding.message} {finding.suggestion}".replace("  ", " ")
        for finding in errors[: policy.listed]
    ]
    count = counted(errors, "error")
    if count > policy.listed:
        lines.append(f"dan {decimal(count - policy.listed)} temuan lain pada tab Temuan.")
    role = situation.schema.reminders.keeper_role
    key = f"|0|findings|{situation.now:%Y-%m-%d}"
    notice = _about_register(key, "\n".join(lines), count)
    yield from _to_each(situation.roster, situation.roster.of_role(role), role, notice)


def keepers_of(situation: Situation) -> tuple[Person, ...]:
    """Who keeps the register and can be written to, or whom that passes up to."""
    role, roster = situation.schema.reminders.keeper_role, situation.roster
    return tuple(map(person_of, roster.reached(roster.of_role(role), role)))


def unreached(situation: Situation) -> tuple[str, ...]:
    """A sentence on the roles for which nobody at all can be written to, if there are any."""
    policy = situation.schema.reminders
    roles = [step.role for step in situation.schema.sop.steps]
    missing = situation.roster.unreached([*roles, policy.keeper_role, policy.head_role])
    if not missing:
        return ()
    return (
        f"Tidak seorang pun dapat dikirimi surel untuk jabatan {'; '.join(missing)}, juga tidak "
        "atasannya; pengingatnya tidak sampai. Perbaiki tab Petugas.",
    )


def undeliverable(keepers: Sequence[Person], history: History) -> Iterator[Candidate]:
    """Addresses whose mail was given up, to the register's keepers; each once a day."""
    for failure in history.failures:
        notice = _about_register(
            key=f"|0|undeliverable|{failure.address}|{failure.at:%Y-%m-%d}",
            text=f"Petugas: surel kepada {failure.name} ({failure.address}) tidak dapat "
            f"disampaikan: {failure.reason}. Periksa alamat pada kolom Surel.",
            count=1,
        )
        yield from ((keeper, notice) for keeper in keepers if keeper.email != failure.address)


def _about_register(key: str, text: str, count: int) -> Notice:
    return Notice(
        key=key,
        stage="findings",
        number="",
        kind="",
        row=0,
        step="",
        standard_minutes=0,
        since=None,
        due=None,
        elapsed_seconds=0,
        holders=(),
        text=text,
        count=count,
    )


def _to_each(roster: Roster, holding: Holding, role: str, notice: Notice) -> Iterator[Candidate]:
    """To those of the role who can be written to, else to their superiors; saying why to them."""
    text = "\n".join(filter(None, (_why_them(holding, role), notice.text)))
    for holder in roster.reached(holding, role):
        yield person_of(holder), replace(notice, on_behalf_of=holder.on_behalf_of, text=text)


def _why_them(holding: Holding, role: str) -> str:
    """Why others than the first choice hear of it; "" where they do not."""
    out_of_reach = [holder.name for holder in holding.holders if not holder.reachable]
    if out_of_reach:
        why = f"Alamat surel {', '.join(out_of_reach)} pada tab Petugas tidak dapat digunakan"
    elif holding.passed_up and holding.gap == "nobody_active":
        why = f"Tidak ada petugas aktif dengan jabatan {role}"
    elif holding.passed_up:
        why = "Pemegangnya sedang cuti tanpa pengganti yang hadir"
    else:
        return ""
    return f"{why}; karena itu hal ini disampaikan kepada Bapak/Ibu."


def person_of(holder: Holder) -> Person:
    """Whom to write to. Addresses are compared in lower case."""
    return Person(holder.name, holder.email.lower(), holder.role)


def _notice(
    case: Any, step: Step, stage: Stage, occurrence: int, holders: Sequence[Holder]
) -> Notice:
    """The notice of one row of `Progress.cases`."""
    return Notice(
        key=f"{case.identity}|{step.number}|{stage}|{occurrence}",
        stage=stage,
        number=case.reference,
        kind=case.kind,
        row=case.row,
        step=step.header,
        standard_minutes=step.standard_minutes,
        since=case.since.to_pydatetime(),
        due=None if pd.isna(case.due) else case.due.to_pydatetime(),
        elapsed_seconds=int(case.elapsed),
        holders=tuple(holder.name for holder in holders),
    )
