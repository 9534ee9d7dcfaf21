"""Everything that somebody could be told now, whether or not they were told already.

Each function finds one stage, or one kind of them, and says for whom: here of the cases, in
`office_candidates` of all that is no single case's. `letters` decides what of it is mailed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from automation.core.measures.figures import LateCase
from automation.core.measures.progress import MeasuredCase, Progress
from automation.core.reminders.notices import Notice, Recipient, Told
from automation.core.reminders.office_candidates import of_office
from automation.core.reminders.situation import Candidate, Situation, to
from automation.core.reminders.stages import Stage
from automation.core.reminders.turns import Held, Turns
from automation.core.schema import Schema, Step
from automation.core.tables import rows
from automation.core.words.indonesian import number as decimal
from automation.core.words.statuses import OPEN


def candidates(situation: Situation) -> tuple[Candidate, ...]:
    """All of it; `situation.told` tells which mail was given up."""
    return (
        *_steps(situation),
        *_escalations(situation),
        *_legal(situation),
        *of_office(situation),
    )


def _steps(situation: Situation) -> Iterator[Candidate]:
    """The turns that last: to those whose they are."""
    for held, case, step in _with_cases(situation, situation.turns.running):
        stage = _stage(situation.snapshot.schema, step, held)
        if stage:
            yield to(held.recipient, _of_turn(situation, held, case, step, stage))


def _with_cases(
    situation: Situation, turns: Sequence[Held]
) -> Iterator[tuple[Held, MeasuredCase, Step]]:
    places = list(dict.fromkeys(held.index for held in turns))
    cases = {case.Index: case for case in rows(situation.progress.cases.loc[places], MeasuredCase)}
    for held in turns:
        case = cases[held.index]
        yield held, case, situation.snapshot.schema.sop.steps[case.step - 1]


def _stage(schema: Schema, step: Step, held: Held) -> Stage | None:
    """What the holder hears at this point of the turn."""
    policy = schema.reminders
    if held.is_late:
        return "overdue" if policy.overdue else None
    if policy.soon:
        left = step.standard_seconds * (1 - policy.soon.share)
        helps = left >= policy.soon.coarsest_minutes * 60
        if helps and held.elapsed >= step.standard_seconds * policy.soon.share:
            return "soon"
    return "turn" if policy.turn else None


def _escalations(situation: Situation) -> Iterator[Candidate]:
    """Steps that are far over their standard: to the superior, after the holder was told."""
    policy = situation.snapshot.schema.reminders.escalation
    if policy is None:
        return
    for held, case, step in _with_cases(situation, situation.turns.longest):
        sent = _reminders_sent(situation.told, held, case)
        told = sent or not situation.snapshot.schema.reminders.overdue
        if told and held.is_late and held.elapsed >= step.standard_seconds * policy.factor:
            notice = replace(_of_turn(situation, held, case, step, "escalation"), count=sent)
            for superior in _superiors(situation, held.index, step):
                yield to(superior, notice)


def _superiors(situation: Situation, index: int, step: Step) -> list[Recipient]:
    """Who is above the step's role and does not hold the step already: a vacancy passed it up."""
    holding = {held.recipient.mark for held in situation.turns.held if held.index == index}
    return [*situation.reach.superiors(step.role, lambda each: each.mark not in holding)]


def _reminders_sent(told: Told, held: Held, case: MeasuredCase) -> int:
    """How many mails told the holder that the step is late: the first, and each morning since."""
    mailbox = held.recipient.person.mailbox
    first = told.notices.get((mailbox, held.key(case.identity, case.step, "overdue")))
    if first is None:
        return 0
    return 1 + sum(at > first for at in told.mornings.get(mailbox, ()))


def late_cases(progress: Progress, turns: Turns, schema: Schema) -> list[LateCase]:
    """The cases that are late on the clock of the turn that lasts longest."""
    late = {held.index: held for held in turns.longest if held.is_late}
    return [
        LateCase(
            number=case.reference,
            kind=case.kind,
            step=schema.sop.steps[case.step - 1].header,
            holders=_holders(progress, case.Index),
            over_seconds=max(int(late[case.Index].elapsed - case.standard), 0),
            row=case.row,
        )
        for case in rows(progress.cases.loc[list(late)], MeasuredCase)
    ]


def _legal(situation: Situation) -> Iterator[Candidate]:
    """Legal deadlines that near or have passed: to holders, their superior, and the head."""
    policy = situation.snapshot.schema.reminders.legal
    if policy is None or not policy.days_before:
        return
    cases = situation.progress.cases
    nearest = situation.deadlines.nearest
    nearest = nearest[nearest["left"] <= max(policy.days_before)]
    open_cases = cases[cases["status"].isin(OPEN)]
    for case in rows(open_cases[open_cases.index.isin(nearest.index)], MeasuredCase):
        deadline = nearest.loc[case.Index]
        step = situation.snapshot.schema.sop.steps[case.step - 1]
        notice = _of_case(situation, case, step, "legal")
        reached = min(day for day in policy.days_before if deadline["left"] <= day)
        occurrence = "passed" if deadline["left"] < 0 else str(reached)
        notice = replace(
            notice,
            key=f"{case.identity}|legal|{deadline['name']}|{occurrence}",
            text=_legal_text(deadline),
        )
        for recipient in _concerned(situation, case.Index, step):
            yield to(recipient, notice)


def _concerned(situation: Situation, index: int, step: Step) -> list[Recipient]:
    """Everybody who answers for a case, each once."""
    reach = situation.reach
    people = [
        *reach.holders(index),
        *reach.superiors(step.role),
        *reach.of_role(situation.snapshot.schema.reminders.head_role),
    ]
    return list({each.person.mailbox: each for each in reversed(people)}.values())[::-1]


def _legal_text(deadline: "pd.Series[Any]") -> str:
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


def _of_turn(
    situation: Situation, held: Held, case: MeasuredCase, step: Step, stage: Stage
) -> Notice:
    notice = _of_case(situation, case, step, stage)
    key = held.key(case.identity, step.number, stage)
    return replace(
        notice,
        key=key,
        seen=held.turn.seen,
        own=held.turn.own,
        late_since=held.late_since,
        elapsed_seconds=int(held.elapsed),
    )


def _of_case(situation: Situation, case: MeasuredCase, step: Step, stage: Stage) -> Notice:
    """A notice of one row of `Progress.cases`, its key and time still to be said."""
    return Notice(
        key="",
        stage=stage,
        number=case.reference,
        kind=case.kind,
        row=case.row,
        step=step.header,
        standard_minutes=step.standard_minutes,
        since=case.since.to_pydatetime(),
        due=None if pd.isna(case.due) else case.due.to_pydatetime(),
        elapsed_seconds=0,
        holders=_holders(situation.progress, case.Index),
    )


def _holders(progress: Progress, index: int) -> tuple[str, ...]:
    return tuple(holder.name for holder in progress.holding(index).holders)
