"""What became of each case's stamps since the last run: changed, removed, or entered afterwards.

    run 10.00   3. Disposisi 09.40             remembered
    run 10.15   3. Disposisi 09.10             changed from 09.40 to 09.10, between 10.00 and 10.15
    run 16.00   4. Koordinasi 09.20 appears    entered afterwards: at 15.45, 6 h later, it was empty

A cell that cannot be read says nothing: what stood there before is remembered until it says
something again. Of a case that is new to the program, only its stamps can have come afterwards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pandas as pd

from automation.core.office_time.working_time import WorkCalendar
from automation.core.register.memory import (
    EMPTY,
    MOST_CHANGES,
    SEPARATOR,
    UNREADABLE,
    Change,
    Memory,
    Remembered,
    instant,
)
from automation.core.register.register import Register
from automation.core.schema import Schema


@dataclass(frozen=True)
class BetweenRuns:
    """With which eyes one run looks. `last_run` is None where the program never ran before."""

    calendar: WorkCalendar
    afterwards_seconds: int  # working time after which a stamp counts as entered afterwards
    last_run: datetime | None
    now: datetime


def observe(
    register: Register,
    identities: "pd.Series[str]",
    schema: Schema,
    before: Memory,
    watch: BetweenRuns,
) -> Memory:
    """The memory with the stamps as they are now; turns are as they were remembered.

    `identities` are those of `Progress.cases`. Of several cases with one identity the memory stays
    as it was until they can be told apart.
    """
    keys = ["received", *(step.key for step in schema.sop.steps)]
    found: dict[str, Remembered] = {}
    doubled = set(identities[identities.duplicated()])
    for identity, stamps in zip(identities, _tokens(register, keys), strict=True):
        known = before.get(identity)
        if identity not in doubled:
            found[identity] = _observed(known, stamps, watch)
        elif known:
            found[identity] = known
    return found


def _tokens(register: Register, keys: Sequence[str]) -> Iterator[str]:
    """Receipt and stamps of each case as a note has them."""
    table = register.cases
    instants = table.frame[keys].to_numpy("datetime64[s]")
    filled = table.filled[keys].to_numpy(bool)
    seconds = instants.astype(np.int64)
    readable = ~np.isnat(instants)
    for row in zip(seconds.tolist(), readable.tolist(), filled.tolist(), strict=True):
        yield SEPARATOR.join(
            f"{at:x}" if read else (UNREADABLE if there else EMPTY)
            for at, read, there in zip(*row, strict=True)
        )


def _observed(known: Remembered | None, stamps: str, watch: BetweenRuns) -> Remembered:
    if known is not None and known.stamps == stamps:
        return known
    now = stamps.split(SEPARATOR)
    if known is None:
        return Remembered(stamps=stamps, afterwards=_afterwards([EMPTY] * len(now), now, watch))
    before = known.stamps.split(SEPARATOR)
    if len(before) != len(now):  # the SOP has other steps than it had
        return replace(known, stamps=stamps)
    changes = (*known.changes, *_changes(before, now, watch))
    entered = _afterwards(before, now, watch)
    empty = {step for step, stamp in enumerate(now) if stamp == EMPTY}
    return replace(
        known,
        stamps=SEPARATOR.join(map(_kept, before, now)),
        changes=changes[-MOST_CHANGES:],
        afterwards=(known.afterwards | entered) - empty,
    )


def _kept(before: str, now: str) -> str:
    return before if now == UNREADABLE and before != EMPTY else now


def _changes(before: Sequence[str], stamps: Sequence[str], watch: BetweenRuns) -> Iterator[Change]:
    for step, (old, new) in enumerate(zip(before, stamps, strict=True)):
        was = instant(old)
        if was and new not in (old, UNREADABLE):
            yield Change(step, was, instant(new), watch.last_run or watch.now, watch.now)


def _afterwards(before: Sequence[str], stamps: Sequence[str], watch: BetweenRuns) -> frozenset[int]:
    """The steps that were still empty at the last run, long after the time they now claim."""
    if watch.last_run is None:
        return frozenset()
    entered = ((step, instant(new)) for step, new in enumerate(stamps) if before[step] == EMPTY)
    return frozenset(
        step
        for step, claimed in entered
        if step
        and claimed
        and watch.calendar.elapsed(claimed, watch.last_run) >= watch.afterwards_seconds
    )
