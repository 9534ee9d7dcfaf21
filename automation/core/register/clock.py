"""Whether the machine's clock can be true, judged by what else tells the time.

Google tells the present in every answer; then nothing else is asked. With workbooks the clock is
held against the past: it cannot be much before anything that has happened, and hardly far behind
all of it. What took its own time from the clock speaks against it only, never for it: whoever saves
the register a year ahead on the same machine proves nothing.

All instants are naive and local to the office.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from automation.core.register.register import Register
from automation.core.words.indonesian import moment

SET_RIGHT = timedelta(days=2)  # by so much a clock may be set back, or differ from Google's
LONGEST_REST = timedelta(days=31)  # so long an office may be without a run and without a stamp
FEWEST_CASES = 3  # so many cases must agree: in a single one somebody may have mistyped the year
CONFIRM = "`python -m automation doctor --confirm-clock`"


@dataclass(frozen=True)
class Signs:
    """What a workbook tells of the time as it is read, in UTC; None for what it does not tell."""

    present: datetime | None = None  # by a clock that is not ours
    saved: datetime | None = None  # when staff last changed the register


@dataclass(frozen=True)
class Witness:
    """Something that tells the time, in Indonesian, and what it tells."""

    told: str
    at: datetime


@dataclass(frozen=True)
class Evidence:
    """All that is known of the time beside the machine's clock."""

    present: Witness | None = None
    run: Witness | None = None  # the last run; None where the program never ran
    past: tuple[Witness, ...] = ()  # has happened, so that an earlier clock is wrong
    typed: tuple[Witness, ...] = ()  # typed by people, so that it also speaks for a clock

    def sentences(self) -> Iterator[str]:
        """Each witness once, as `doctor` tells them."""
        for witness in dict.fromkeys((self.present, self.run, *self.past, *self.typed)):
            if witness is not None:
                yield f"{witness.told} {moment(witness.at)}"


@dataclass(frozen=True)
class Trust:
    """What is kept from one run to the next."""

    last: datetime | None = None  # the clock at the last run that was made by it
    lead: timedelta = timedelta()  # of the clock before what spoke against it when it was confirmed


def stamps(register: Register) -> tuple[tuple[Witness, ...], tuple[Witness, ...]]:
    """What the register's stamps tell: what has happened, and the newest that can be believed.

    Against a clock the typical case is heard: a slip, or a column filled down by the mouse, stops
    no office. For it the newest is, as soon as several cases agree.
    """
    latest = register.cases.frame.select_dtypes("datetime").max(axis=1).dropna()
    if len(latest) < FEWEST_CASES:
        return (), ()
    ordered = np.sort(latest.to_numpy())
    typical, newest = -max(FEWEST_CASES, -(-len(ordered) // 2)), -FEWEST_CASES
    return (
        (Witness("separuh berkas memuat waktu sejak", _instant(ordered[typical])),),
        (Witness("waktu terbaru pada Buku Register ialah", _instant(ordered[newest])),),
    )


def _instant(value: np.datetime64) -> datetime:
    instant: datetime = pd.Timestamp(value).to_pydatetime()
    return instant


def against(now: datetime, evidence: Evidence, lead: timedelta) -> Witness | None:
    """What the clock cannot be reconciled with; None where it can be true.

    `lead` is what an operator confirmed.
    """
    present = evidence.present
    if present is None:
        return _too_early(now, evidence, lead) or _too_late(now, evidence)
    off = now - present.at
    return None if min(abs(off), abs(off - lead)) <= SET_RIGHT else present


def _too_early(now: datetime, evidence: Evidence, lead: timedelta) -> Witness | None:
    """The last run is never overruled: it was made by this clock, after it was confirmed."""
    allowed = max(SET_RIGHT, SET_RIGHT - lead)
    later = [witness for witness in evidence.past if witness.at - now > allowed]
    if evidence.run is not None and evidence.run.at - now > SET_RIGHT:
        later.append(evidence.run)
    return max(later, key=lambda witness: witness.at, default=None)


def _too_late(now: datetime, evidence: Evidence) -> Witness | None:
    """An office that never ran the program may have an old register, or an empty one."""
    if evidence.run is None:
        return None
    newest = max((evidence.run, *evidence.typed), key=lambda witness: witness.at)
    return newest if now - newest.at > LONGEST_REST else None


def confirmed(now: datetime, evidence: Evidence) -> Trust:
    """What is to be kept when an operator says that the clock is right all the same."""
    others = [evidence.present] if evidence.present else evidence.past
    latest = max((witness.at for witness in others), default=now)
    return Trust(now, now - latest)


def doubt(now: datetime, witness: Witness) -> str:
    """The sentence for whoever runs the program."""
    return (
        f"Jam komputer ini menunjukkan {moment(now)}, padahal {witness.told} "
        f"{moment(witness.at)}, sehingga tidak ada surel yang dikirim dan tidak ada angka yang "
        f"diterbitkan; setel jam itu atau, apabila memang benar, jalankan {CONFIRM}."
    )
