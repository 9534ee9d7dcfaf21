"""Each case against the SOP: time used per step, current step, due time, status.

The rules are those of design.md, "Measuring". Time is working time in whole seconds; instants are
local wall-clock time. With a standard of 15 minutes for each step, at 08.30:

    received 07.30   step 1 07.40   step 2 blank   step 3 08.20   step 4 blank
    step 1           07.30–07.40    10 of 15
    step 2                          skipped: it has no time of its own
    step 3           07.40–08.20    40 of 30, its own 15 and those of step 2: late
    step 4           08.20–now      10 of 15, due 08.35: the case is running
"""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from automation.core.arrays import Bools, Floats, Instants, Ints, Texts
from automation.core.measures.pauses import Pauses
from automation.core.office_time.working_time import WorkCalendar
from automation.core.people.holders import Holding, Roster
from automation.core.schema import Sop
from automation.core.snapshot import Snapshot
from automation.core.tables import checked
from automation.core.validation.privacy import repeatable_numbers
from automation.core.words.statuses import OPEN, Status

NAT = np.datetime64("NaT", "s")


@dataclass(frozen=True)
class Intervals:
    """The time of each stamped step; arrays of shape (cases, steps).

    A step's interval runs from the stamp before it (the receipt for the first) to its own. After
    skipped steps it carries the gap's time, held against the sum of the gap's standards. An
    optional step that is not stamped was not done: it grants no time to the gap.
    """

    starts: Instants  # NaT where the step is not stamped or its start cannot be read
    ends: Instants
    elapsed: Floats  # seconds; NaN where not stamped or not measurable
    standard: Floats  # seconds that the interval is held against; NaN where not stamped
    unmeasurable: Bools  # stamped, but not measurable

    @property
    def late(self) -> Bools:
        """Where a standard was not kept."""
        return self.elapsed > self.standard


class MeasuredCase(NamedTuple):
    """A row of `Progress.cases`."""

    Index: int  # its place among the cases
    row: int  # of the sheet, from 1
    number: str  # as typed
    kind: str  # "" = none of the SOP's
    received: pd.Timestamp
    disposition: str
    step: int  # number of the current step, 0 = none
    since: pd.Timestamp
    due: pd.Timestamp
    elapsed: float  # seconds of the current step
    standard: float  # seconds, likewise
    reference: str  # how people are told of it: its number, or "baris 41" where that lacks the form
    identity: str  # what a memory knows it by: its number, else when it was received
    status: Status
    total: float  # seconds of all measured steps
    finished_at: pd.Timestamp
    holding: int  # place in `Progress.holdings`, -1 = none


@dataclass(frozen=True)
class Progress:
    """Every case measured: one `MeasuredCase` for each row of the Register, in its order."""

    cases: pd.DataFrame
    intervals: Intervals
    pauses: Pauses
    holdings: tuple[Holding, ...]

    def holding(self, index: int) -> Holding:
        """Who holds the current step of the case at `index`; nobody for a finished case."""
        place = int(self.cases["holding"].iat[index])
        return self.holdings[place] if place >= 0 else Holding(())


def measure(snapshot: Snapshot) -> Progress:
    """All cases of the register, measured at that moment."""
    sop, table, calendar = snapshot.schema.sop, snapshot.register.cases, snapshot.calendar
    at = np.datetime64(snapshot.now, "s")
    keys = [step.key for step in sop.steps]
    filled = table.filled[keys].to_numpy(bool)
    points = table.frame[["received", *keys]].to_numpy("datetime64[s]")
    last = _last_filled(filled)
    pauses = Pauses.of(snapshot.register, calendar)
    intervals = _intervals(sop, points, filled, last[:, :-1], at, calendar, pauses)
    current = _current(sop, points, last[:, -1], intervals, at, calendar, pauses)
    cases = table.frame[["row", "number", "kind", "received", "disposition"]].assign(**current)
    sound = repeatable_numbers(cases["number"], sop.case_number)
    cases["reference"] = cases["number"].where(sound, "baris " + cases["row"].astype(str))
    cases["identity"] = cases["number"].where(sound, _receipts(cases["received"][~sound]))
    cases["kind"] = cases["kind"].where(cases["kind"].isin([kind.name for kind in sop.kinds]), "")
    cases["status"] = _statuses(
        sop, table.frame["decision"], cases, intervals, pauses.covers(at, len(cases))
    )
    _forget_idle_steps(cases, len(keys))
    cases["total"] = np.nansum(intervals.elapsed, axis=1)
    cases["finished_at"] = _finished_at(sop, points, filled, last[:, -1])
    cases["holding"], holdings = _holdings(cases, sop, snapshot.roster)
    return Progress(checked(cases, MeasuredCase), intervals, pauses, holdings)


def _receipts(received: "pd.Series[pd.Timestamp]") -> "pd.Series[str]":
    """When each of these cases was received; those of the same instant are counted."""
    seen: Counter[str] = Counter()
    found = []
    for at in received:
        instant = "?" if pd.isna(at) else f"{at:%Y-%m-%d %H:%M:%S}"
        seen[instant] += 1
        found.append(f"{instant} #{seen[instant]}")
    return pd.Series(found, received.index, dtype=object)


def _intervals(
    sop: Sop,
    points: Instants,
    filled: Bools,
    before: Ints,
    now: np.datetime64,
    calendar: WorkCalendar,
    pauses: Pauses,
) -> Intervals:
    """`points` are the receipt and the stamps, `before` the stamped step before each step."""
    stamps = points[:, 1:]
    starts = np.take_along_axis(points, before + 1, axis=1)
    measurable = filled & (starts <= stamps) & (stamps <= now)  # NaT compares false
    elapsed = np.full(stamps.shape, np.nan)
    elapsed[measurable] = calendar.elapsed(starts[measurable], stamps[measurable])
    elapsed -= pauses.within(starts, stamps, measurable)
    own = np.array([step.standard_seconds for step in sop.steps])
    granted = np.where([step.optional for step in sop.steps], 0, own)  # to a gap
    budget = np.concatenate([[0], np.cumsum(granted)])
    standard = (own + budget[:-1] - budget[before + 1]).astype(float)
    return Intervals(
        starts=np.where(filled, starts, NAT),
        ends=np.where(filled, stamps, NAT),
        elapsed=elapsed,
        standard=np.where(filled, standard, np.nan),
        unmeasurable=filled & ~measurable,
    )


def _last_filled(filled: Bools) -> Ints:
    """For each step, and for the end, the last stamped step before it; -1 = none."""
    places = np.where(filled, np.arange(filled.shape[1]), -1)
    none = np.full((len(filled), 1), -1)
    running: Ints = np.maximum.accumulate(np.column_stack([none, places]), axis=1)
    return running


def _current(
    sop: Sop,
    points: Instants,
    last: Ints,
    intervals: Intervals,
    now: np.datetime64,
    calendar: WorkCalendar,
    pauses: Pauses,
) -> dict[str, npt.NDArray[np.generic]]:
    """The next required step after the last stamped: its number, since when, due when, time used.

    `points` are the receipt and the stamps. A case whose last stamp lies before its predecessor has
    no trustworthy start: nobody is reminded of what may be a slip of the pen.
    """
    rows = np.arange(len(points))
    since = points[rows, last + 1]
    backwards = np.column_stack([np.zeros(len(points), bool), intervals.ends < intervals.starts])
    known = (since <= now) & ~backwards[rows, last + 1]
    standards = np.array([*(step.standard_seconds for step in sop.steps), 0])
    place = _next_required(sop)[last + 1]
    standard = standards[place]
    elapsed = np.full(len(points), np.nan)
    elapsed[known] = calendar.elapsed(since[known], now)
    elapsed -= pauses.within(since[:, None], np.full((len(points), 1), now), known[:, None])[:, 0]
    due = np.full(len(points), NAT)
    due[known] = pauses.due(np.flatnonzero(known), since[known], standard[known])
    return {
        "step": place + 1,
        "since": np.where(known, since, NAT),
        "due": due,
        "elapsed": elapsed,
        "standard": np.where(known, standard.astype(float), np.nan),
    }


def _next_required(sop: Sop) -> Ints:
    """For each step, and for the end, the place of the first required step from there on: an
    optional step that is not stamped is passed over. The number of steps where none is left."""
    count = len(sop.steps)
    places = [count if step.optional else at for at, step in enumerate(sop.steps)]
    following: Ints = np.minimum.accumulate(np.array([*places, count])[::-1])[::-1]
    return following


def _finished_at(sop: Sop, points: Instants, filled: Bools, last: Ints) -> Instants:
    """The stamp of the last required step, of which an optional one after it changes nothing; where
    it was skipped, the last stamp. NaT for a case that is not finished."""
    final = sop.required[-1].number - 1
    ends = np.where(filled[:, final], final, last)
    finished: Instants = np.where(last >= final, points[np.arange(len(points)), ends + 1], NAT)
    return finished


def _statuses(
    sop: Sop, decisions: pd.Series, cases: pd.DataFrame, intervals: Intervals, paused: Bools
) -> Texts:
    closes = decisions.map({decision.name: decision.closes for decision in sop.decisions})
    finished = cases["step"] > len(sop.steps)
    rules: list[tuple[Status, pd.Series | Bools]] = [
        ("closed", (closes == "at_once") | ((closes == "when_finished") & finished)),
        ("invalid", finished & intervals.unmeasurable.any(axis=1)),
        ("late", finished & intervals.late.any(axis=1)),
        ("on_time", finished),
        ("invalid", cases["since"].isna()),
        ("paused", paused),
        ("overdue", cases["elapsed"] > cases["standard"]),
    ]
    names, masks = zip(*rules, strict=True)
    chosen: Texts = np.select(
        [np.asarray(mask) for mask in masks], names, default="running"
    ).astype(object)
    return chosen


def _forget_idle_steps(cases: pd.DataFrame, steps: int) -> None:
    """A finished or closed case has no current step."""
    idle = ~cases["status"].isin((*OPEN, "invalid")) | (cases["step"] > steps)
    cases.loc[idle, ["since", "due"]] = pd.NaT
    cases.loc[idle, ["elapsed", "standard"]] = np.nan
    cases.loc[idle, "step"] = 0


def _holdings(cases: pd.DataFrame, sop: Sop, roster: Roster) -> tuple[Ints, tuple[Holding, ...]]:
    """For each case the place of its holding; the holdings, one for each step and disposition."""
    keys = cases["step"].astype(str) + "|" + cases["disposition"]
    places, _ = pd.factorize(keys.where(cases["step"] > 0))
    firsts = pd.Series(places).drop_duplicates().loc[lambda place: place >= 0].index
    holdings = tuple(
        roster.step_holding(sop.steps[cases["step"].iat[i] - 1], cases["disposition"].iat[i])
        for i in firsts
    )
    return places.astype(np.int64), holdings
