"""Rules about the stamps of the steps: their order, their time, and decisions against them."""

from collections.abc import Iterator
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pandas as pd

from automation.core.indonesian import moment
from automation.core.register import Register
from automation.core.schema import Schema
from automation.core.validation.hits import Context, Hit, has, hits

AT_ONCE = np.timedelta64(60, "s")  # stamps this close were not worked one after the other
SEVERAL = 2  # so many steps close behind the one before

Instants = npt.NDArray[np.datetime64]


def order(context: Context) -> Iterator[Hit]:
    """A stamp does not lie before the receipt, nor before the stamp of the step before it."""
    sop, table = context.schema.sop, context.cases
    stamps, before, places = _with_predecessors(context.register, context.schema)
    received = table.frame["received"].to_numpy("datetime64[s]")
    for column, step in enumerate(sop.steps):
        early = stamps[:, column] < received
        for index in np.flatnonzero(early).tolist():
            values = {"stamp": _shown(stamps[index, column]), "received": _shown(received[index])}
            yield Hit("stamp_before_receipt", table.tab.title, index, step.key, values)
        backwards = (stamps[:, column] < before[:, column]) & ~early
        for index in np.flatnonzero(backwards).tolist():
            values = {
                "stamp": _shown(stamps[index, column]),
                "before": _shown(before[index, column]),
                "predecessor": sop.steps[places[index, column]].header,
            }
            yield Hit("stamp_before_predecessor", table.tab.title, index, step.key, values)


def future(context: Context) -> Iterator[Hit]:
    """Neither the receipt nor a stamp lies in the future."""
    table, now = context.cases, pd.Timestamp(context.now)
    for key in ("received", *(step.key for step in context.schema.sop.steps)):
        late = table.frame[key] > now
        for index in np.flatnonzero(late).tolist():
            value = {"stamp": moment(table.frame[key].iat[index])}
            yield Hit("stamp_in_future", table.tab.title, index, key, value)


def skipped(context: Context) -> Iterator[Hit]:
    """No step is left empty before one that is stamped."""
    sop, table = context.schema.sop, context.cases
    filled = table.filled[[step.key for step in sop.steps]].to_numpy(bool)
    later = np.logical_or.accumulate(filled[:, ::-1], axis=1)[:, ::-1]
    for column, step in enumerate(sop.steps):
        if not has(table, step.key):
            continue
        for index in np.flatnonzero(later[:, column] & ~filled[:, column]).tolist():
            stamped = column + int(np.argmax(filled[index, column:]))
            values = {"step": step.number, "name": step.name, "later": sop.steps[stamped].number}
            yield Hit("step_skipped", table.tab.title, index, step.key, values)


def outside_hours(context: Context) -> Iterator[Hit]:
    """A stamp lies within working hours, their end included."""
    calendar, table = context.calendar, context.cases
    for step in context.schema.sop.steps:
        stamps = table.frame[step.key].to_numpy("datetime64[s]")
        known = np.flatnonzero((stamps > calendar.first) & (stamps < calendar.last))
        at = stamps[known]
        closed = ~calendar.is_working(at) & ~calendar.is_working(at - np.timedelta64(1, "s"))
        for index, stamp in zip(known[closed].tolist(), at[closed], strict=True):
            value = {"stamp": _shown(stamp)}
            yield Hit("stamp_outside_hours", table.tab.title, index, step.key, value)


def afterwards(context: Context) -> Iterator[Hit]:
    """Steps are stamped when they are done, not several at once afterwards."""
    table = context.cases
    first = context.schema.sop.steps[0].key
    for index in sorted(filled_in_afterwards(context.register, context.schema)):
        yield Hit("filled_in_afterwards", table.tab.title, index, first)


def filled_in_afterwards(register: Register, schema: Schema) -> frozenset[int]:
    """The cases (positions in the frame) with several steps stamped within a minute."""
    stamps, before, places = _with_predecessors(register, schema)
    distance = np.abs(stamps - before)
    close = (distance < AT_ONCE) & (places >= 0)
    return frozenset(np.flatnonzero(close.sum(axis=1) >= SEVERAL).tolist())


def decision(context: Context) -> Iterator[Hit]:
    """A decision agrees with the steps that are stamped."""
    table, sop = context.cases, context.schema.sop
    for each in sop.decisions:
        taken = table.frame["decision"] == each.name
        if each.needs_step:
            step = sop.step_named(each.needs_step)
            if has(table, step.key):
                early = taken & ~table.filled[step.key]
                values = {"decision": each.name, "step": step.header}
                yield from hits("decision_too_early", table, early, "decision", **values)
        if each.excludes_step:
            step = sop.step_named(each.excludes_step)
            late = taken & table.filled[step.key]
            values = {"decision": each.name, "step": step.header}
            yield from hits("decision_after_end", table, late, "decision", **values)


def _with_predecessors(
    register: Register, schema: Schema
) -> tuple[Instants, Instants, npt.NDArray[np.int64]]:
    """Stamps; the stamp before each (NaT = none readable); the place of that step (-1 = none)."""
    keys = [step.key for step in schema.sop.steps]
    stamps = register.cases.frame[keys].to_numpy("datetime64[s]")
    filled = register.cases.filled[keys].to_numpy(bool)
    places = np.maximum.accumulate(np.where(filled, np.arange(len(keys)), -1), axis=1)
    none = np.full((len(stamps), 1), -1)
    places = np.column_stack([none, places[:, :-1]])
    before = np.take_along_axis(stamps, np.maximum(places, 0), axis=1)
    return stamps, np.where(places >= 0, before, np.datetime64("NaT")), places


def _shown(at: np.datetime64) -> str:
    instant: datetime = at.astype("datetime64[s]").item()
    return moment(instant)
