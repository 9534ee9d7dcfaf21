"""How many cases were late at an earlier moment, as the cells tell it now.

    1. Unduh 20/10 08.10, 2. Register 23/11 09.00      on 23/10 at 10.00: late, waiting at step 2

Stamps after that moment are taken off, and what had come and not left by then is measured anew.
"""

from dataclasses import replace
from datetime import datetime

import numpy as np

from automation.core.measures.deadlines import Deadlines
from automation.core.measures.performance import left_at
from automation.core.measures.progress import Progress, measure
from automation.core.register.register import Register
from automation.core.schema import Schema
from automation.core.snapshot import Snapshot


def late_then(snapshot: Snapshot, progress: Progress, then: datetime) -> int:
    """Cases that were late at `then` (local wall-clock time)."""
    at, left = np.datetime64(then, "s"), left_at(progress)
    there = (progress.cases["received"].to_numpy() <= at) & ~(left <= at)
    if not there.any():
        return 0
    before = _as_of(snapshot.register, np.flatnonzero(there), at, snapshot.schema)
    cases = measure(replace(snapshot, register=before, now=then)).cases
    return int((cases["status"] == "overdue").sum())


def _as_of(register: Register, rows: np.ndarray, at: np.datetime64, schema: Schema) -> Register:
    """Some cases with the stamps that they had by then, and no decision: that has no date."""
    table = register.cases
    keys = [step.key for step in schema.sop.steps]
    frame = table.frame.iloc[rows].reset_index(drop=True).assign(decision="")
    filled = table.filled.iloc[rows].reset_index(drop=True)
    later = frame[keys] > at
    frame[keys], filled[keys] = frame[keys].mask(later), filled[keys] & ~later
    return replace(register, cases=replace(table, frame=frame, filled=filled))


def legal_passed_then(deadlines: Deadlines, then: datetime) -> int:
    """Cases whose legal deadline had passed on the day of `then` and was not met by then."""
    day, rows = np.datetime64(then.date(), "D"), deadlines.rows
    due, done = (rows[key].to_numpy("datetime64[D]") for key in ("due", "done"))
    return int(rows["case"][(due < day) & ~(done <= day)].nunique())
