"""Rules about the stamps of a case's steps, and about decisions that contradict them."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np

from automation.core.arrays import Bools, Instants
from automation.core.register.memory import Change
from automation.core.register.register import Entries, Register
from automation.core.schema import Schema
from automation.core.validation.findings import Context, Hit, hits
from automation.core.words.indonesian import moment

AT_ONCE = np.timedelta64(60, "s")  # steps stamped this close were not done one after the other
SECOND = np.timedelta64(1, "s")


def stamp_before_receipt(context: Context) -> Iterator[Hit]:
    """The first step is not done before the case was received."""
    cases, stamps = context.register.cases, context.stamps
    received = cases.frame["received"].to_numpy()
    early = (stamps.before < 0) & (stamps.instants < received[:, None])
    for place, step in enumerate(context.steps):
        stamp = stamps.instants[:, place]
        yield from hits(cases, step.key, early[:, place], stamp=stamp, received=received)


def stamp_before_predecessor(context: Context) -> Iterator[Hit]:
    """A step is not done before the step that was stamped before it."""
    stamps, headers = context.stamps, np.array([step.header for step in context.steps])
    previous = stamps.previous
    early = stamps.instants < previous
    for place, step in enumerate(context.steps):
        yield from hits(
            context.register.cases,
            step.key,
            early[:, place],
            stamp=stamps.instants[:, place],
            previous=previous[:, place],
            previous_step=headers[stamps.before[:, place]],
        )


def stamp_in_future(context: Context) -> Iterator[Hit]:
    """No step is stamped later than now."""
    cases, instants = context.register.cases, context.stamps.instants
    late = instants > np.datetime64(context.now, "s")
    for place, step in enumerate(context.steps):
        stamp = instants[:, place]
        yield from hits(cases, step.key, late[:, place], stamp=stamp, now=moment(context.now))


def step_skipped(context: Context) -> Iterator[Hit]:
    """No step that every case needs is left empty while a later one is stamped."""
    cases, filled = context.register.cases, context.stamps.filled
    numbers = np.array([step.number for step in context.steps])
    for place, step in enumerate(context.steps):
        later = filled[:, place + 1 :]
        skipped = ~filled[:, place] & later.any(axis=1) & (not step.optional)
        if skipped.any():
            first = numbers[place + 1 :][later.argmax(axis=1)]
            yield from hits(cases, step.key, skipped, step=step.number, name=step.name, later=first)


def stamp_outside_hours(context: Context) -> Iterator[Hit]:
    """A step is done while the office is open; the closing instant itself still counts."""
    cases, calendar, instants = context.register.cases, context.calendar, context.stamps.instants
    last = min(np.datetime64(context.now, "s"), calendar.last)
    known = (calendar.first <= instants) & (instants <= last)
    at = instants[known]
    just_before = np.maximum(at - SECOND, calendar.first)
    outside = np.zeros(instants.shape, dtype=bool)
    outside[known] = ~calendar.is_working(at) & ~calendar.is_working(just_before)
    for place, step in enumerate(context.steps):
        yield from hits(cases, step.key, outside[:, place], stamp=instants[:, place])


def stamped_afterwards(context: Context) -> Iterator[Hit]:
    """Steps are stamped as they are done, not several within a minute when all is over."""
    cases, steps = context.register.cases, context.schema.sop.steps
    together = _stamped_together(cases, context.schema)
    named = np.full(len(together), "", dtype=object)
    last = np.full(len(together), -1)
    for row in np.flatnonzero(together.any(axis=1)).tolist():
        places = np.flatnonzero(together[row]).tolist()
        named[row] = ", ".join(str(steps[place].number) for place in places)
        last[row] = places[-1]
    for place, step in enumerate(steps):
        yield from hits(cases, step.key, last == place, steps=named)


def stamp_changed(context: Context) -> Iterator[Hit]:
    """A stamp stays as it was; one that was corrected is named."""
    return _changes(context, removed=False)


def stamp_removed(context: Context) -> Iterator[Hit]:
    """A stamp that was taken away again is named."""
    return _changes(context, removed=True)


def _changes(context: Context, removed: bool) -> Iterator[Hit]:
    """The latest change of each cell that was seen in the last days."""
    cases, steps = context.register.cases, context.schema.sop.steps
    lasting = timedelta(days=context.schema.reminders.memory.changes_days)
    latest: dict[tuple[int, str], Change] = {}
    for index, number in enumerate(cases.frame["number"]):
        remembered = context.memory.get(number)
        for change in remembered.changes if remembered else ():
            key = steps[change.step - 1].key if 0 < change.step <= len(steps) else "received"
            latest[index, key] = change
    for (index, key), change in latest.items():
        if context.now - change.seen <= lasting and (change.after is None) == removed:
            yield from hits(
                cases,
                key,
                np.arange(len(cases.frame)) == index,
                before=moment(change.before),
                after=moment(change.after) if change.after else "",
                last_run=moment(change.last_run),
                seen=moment(change.seen),
            )


def filled_in_afterwards(register: Register, schema: Schema) -> frozenset[int]:
    """The sheet's rows of the cases that have several steps stamped within a minute."""
    together = _stamped_together(register.cases, schema).any(axis=1)
    return frozenset(register.cases.frame["row"].to_numpy()[together].tolist())


def decision_too_early(context: Context) -> Iterator[Hit]:
    """A decision that needs a step is not taken before that step is done."""
    cases = context.register.cases
    for decision in context.schema.sop.decisions:
        for step in context.steps:
            if step.name == decision.needs_step:
                early = (cases.frame["decision"] == decision.name) & ~cases.filled[step.key]
                facts = {"decision": decision.name, "step": step.number, "name": step.name}
                yield from hits(cases, "decision", early, **facts)


def decision_after_end(context: Context) -> Iterator[Hit]:
    """A decision that a step rules out is not taken once that step is done."""
    cases = context.register.cases
    for decision in context.schema.sop.decisions:
        for step in context.steps:
            if step.name == decision.excludes_step:
                late = (cases.frame["decision"] == decision.name) & cases.filled[step.key]
                facts = {"decision": decision.name, "step": step.number, "name": step.name}
                yield from hits(cases, "decision", late, **facts)


def _stamped_together(cases: Entries, schema: Schema) -> Bools:
    """For each case and step whether the stamp before or after it lies within a minute."""
    instants = cases.frame[[step.key for step in schema.sop.steps]].to_numpy("datetime64[s]")
    close = _close_to_predecessor(instants)
    close |= _close_to_predecessor(instants[:, ::-1])[:, ::-1]
    return close


def _close_to_predecessor(instants: Instants) -> Bools:
    """Whether the nearest stamp to the left of each lies within a minute of it."""
    places = np.where(np.isnat(instants), 0, np.arange(instants.shape[1]))
    nearest = np.maximum.accumulate(places, axis=1)
    previous = np.take_along_axis(instants, nearest, axis=1)
    close = np.zeros(instants.shape, dtype=bool)
    close[:, 1:] = np.abs(instants[:, 1:] - previous[:, :-1]) <= AT_ONCE
    return close
