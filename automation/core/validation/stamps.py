"""Rules about the stamps of a case's steps, and about decisions that contradict them."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from automation.core.indonesian import moment
from automation.core.memory import Change
from automation.core.register import Register, Table
from automation.core.schema import Schema
from automation.core.validation.findings import Context, Hit, hits

AT_ONCE = np.timedelta64(60, "s")  # steps stamped this close were not done one after the other
SECOND = np.timedelta64(1, "s")


def stamp_before_receipt(context: Context) -> Iterator[Hit]:
    """The first step is not done before the case was received."""
    cases = context.register.cases
    received = cases.frame["received"]
    is_first = pd.Series(True, index=cases.frame.index)
    for step in context.steps:
        stamp = cases.frame[step.key]
        early = is_first & (stamp < received)
        yield from hits(cases, step.key, early, stamp=stamp, received=received)
        is_first &= ~cases.filled[step.key]


def stamp_before_predecessor(context: Context) -> Iterator[Hit]:
    """A step is not done before the step that was stamped before it."""
    cases = context.register.cases
    previous = pd.Series(pd.NaT, index=cases.frame.index, dtype="datetime64[s]")
    previous_step = pd.Series("", index=cases.frame.index, dtype=object)
    for step in context.steps:
        stamp, filled = cases.frame[step.key], cases.filled[step.key]
        yield from hits(
            cases,
            step.key,
            stamp < previous,
            stamp=stamp,
            previous=previous,
            previous_step=previous_step,
        )
        previous = previous.where(~filled, stamp)
        previous_step = previous_step.where(~filled, step.header)


def stamp_in_future(context: Context) -> Iterator[Hit]:
    """No step is stamped later than now."""
    cases = context.register.cases
    for step in context.steps:
        stamp = cases.frame[step.key]
        late = stamp > context.now
        yield from hits(cases, step.key, late, stamp=stamp, now=moment(context.now))


def step_skipped(context: Context) -> Iterator[Hit]:
    """No step is left empty while a later one is stamped."""
    cases = context.register.cases
    later = pd.Series(0, index=cases.frame.index)
    for step in reversed(context.steps):
        filled = cases.filled[step.key]
        skipped = ~filled & (later > 0)
        yield from hits(cases, step.key, skipped, step=step.number, name=step.name, later=later)
        later = later.where(~filled, step.number)


def stamp_outside_hours(context: Context) -> Iterator[Hit]:
    """A step is done while the office is open; the closing instant itself still counts."""
    cases, calendar = context.register.cases, context.calendar
    last = min(np.datetime64(context.now, "s"), calendar.last)
    for step in context.steps:
        stamp = cases.frame[step.key]
        at = stamp.to_numpy("datetime64[s]")
        known = (calendar.first <= at) & (at <= last)
        just_before = np.maximum(at[known] - SECOND, calendar.first)
        outside = np.zeros(len(at), dtype=bool)
        outside[known] = ~calendar.is_working(at[known]) & ~calendar.is_working(just_before)
        yield from hits(cases, step.key, outside, stamp=stamp)


def stamped_afterwards(context: Context) -> Iterator[Hit]:
    """Steps are stamped as they are done, not several within a minute when all is over."""
    cases = context.register.cases
    together = _stamped_together(cases, context.schema)
    numbers = pd.Series({step.key: f"{step.number}, " for step in context.schema.sop.steps})
    for step in context.steps:
        until_here = together.loc[:, : step.key]
        is_last = together[step.key] & (until_here.sum(axis=1) == together.sum(axis=1))
        named = until_here[is_last].dot(numbers[: step.key]).str.removesuffix(", ")
        yield from hits(cases, step.key, is_last, steps=named.reindex(cases.frame.index))


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
            where = pd.Series(cases.frame.index == index, index=cases.frame.index)
            yield from hits(
                cases,
                key,
                where,
                before=moment(change.before),
                after=moment(change.after) if change.after else "",
                last_run=moment(change.last_run),
                seen=moment(change.seen),
            )


def filled_in_afterwards(register: Register, schema: Schema) -> frozenset[int]:
    """The sheet's rows of the cases that have several steps stamped within a minute."""
    together = _stamped_together(register.cases, schema).any(axis=1)
    return frozenset(register.cases.frame.loc[together, "row"].tolist())


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


def _stamped_together(cases: Table, schema: Schema) -> pd.DataFrame:
    """For each case and step whether the stamp before or after it lies within a minute."""
    stamps = cases.frame[[step.key for step in schema.sop.steps]]
    instants = stamps.to_numpy("datetime64[s]")
    close = _close_to_predecessor(instants)
    close |= _close_to_predecessor(instants[:, ::-1])[:, ::-1]
    return pd.DataFrame(close, index=stamps.index, columns=stamps.columns)


def _close_to_predecessor(instants: npt.NDArray[np.datetime64]) -> npt.NDArray[np.bool_]:
    """Whether the nearest stamp to the left of each lies within a minute of it."""
    places = np.where(np.isnat(instants), 0, np.arange(instants.shape[1]))
    nearest = np.maximum.accumulate(places, axis=1)
    previous = np.take_along_axis(instants, nearest, axis=1)
    close = np.zeros(instants.shape, dtype=bool)
    close[:, 1:] = np.abs(instants[:, 1:] - previous[:, :-1]) <= AT_ONCE
    return close
