"""Which jobs of `watch` are due, and when to ask again.

Time falls into stretches in which the office works from end to end, or not at all. In each a round
is due at its start and every so often behind it: a run while the office works, else a look at
whether it will. What was missed is made up once. A clock that was set back makes a round due at
once, since nothing that was begun later can be relied on. Where one program serves many offices,
each has a `lag`: its rounds come so long behind those moments, so that not all come at once.

Instants are local wall-clock times without a zone; a month is its first day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from automation.core.office_time.working_time import WorkCalendar

LOOK_EVERY = timedelta(hours=1)
TRY_AGAIN = timedelta(hours=1)  # an archive that could not be made
HORIZON = 31  # days in which an opening or a closing is looked for
MOST_MONTHS = 12  # made up after a long absence
NO_LAG = timedelta()

Round = Literal["run", "look"]


@dataclass(frozen=True)
class Done:
    """What was done when; None: never, as far as is known. A round counts whatever came of it."""

    run: datetime | None = None
    look: datetime | None = None
    archived: date | None = None  # the last month that has its archive
    failed: datetime | None = None  # when an archive last could not be made


@dataclass(frozen=True)
class Stretch:
    """A time from `start` up to `end` in which the office works, or does not."""

    start: datetime
    end: datetime
    works: bool

    def interval(self, every: timedelta) -> timedelta:
        return every if self.works else LOOK_EVERY

    def latest(self, now: datetime, every: timedelta) -> datetime:
        """When a round was last due, at `now` or before."""
        interval = self.interval(every)
        return self.start + (now - self.start) // interval * interval

    def following(self, now: datetime, every: timedelta) -> datetime:
        """When a round is due for the first time after `now`."""
        return min(self.latest(now, every) + self.interval(every), self.end)


def stretch(calendar: WorkCalendar, now: datetime) -> Stretch:
    """The stretch in which `now` lies. Where the office is closed for more than a month, it begins
    and ends at midnight."""
    for opens, closes in calendar.periods_of(now.date()):
        if opens <= now < closes:
            return Stretch(opens, closes, works=True)
    return Stretch(_closed_since(calendar, now), _opens(calendar, now), works=False)


def _closed_since(calendar: WorkCalendar, now: datetime) -> datetime:
    days = [now.date() - timedelta(days=past) for past in range(HORIZON + 1)]
    closings = (closes for day in days for _, closes in reversed(calendar.periods_of(day)))
    return next((each for each in closings if each <= now), datetime.combine(days[-1], time()))


def _opens(calendar: WorkCalendar, now: datetime) -> datetime:
    days = [now.date() + timedelta(days=ahead) for ahead in range(HORIZON + 1)]
    openings = (opens for day in days for opens, _ in calendar.periods_of(day))
    return next((each for each in openings if each > now), datetime.combine(days[-1], time()))


def _put_off(here: Stretch, lag: timedelta) -> Stretch:
    return replace(here, start=here.start + lag)


def round_due(
    calendar: WorkCalendar, done: Done, now: datetime, every: timedelta, lag: timedelta = NO_LAG
) -> Round | None:
    """The round that is due at `now`; a run is as good as a look."""
    here = _put_off(stretch(calendar, now), lag)
    if now < here.start:
        return None
    begun = (done.run,) if here.works else (done.run, done.look)
    if any(each and here.latest(now, every) <= each <= now for each in begun):
        return None
    return "run" if here.works else "look"


def month_due(
    calendar: WorkCalendar, done: Done, now: datetime, lag: timedelta = NO_LAG
) -> date | None:
    """The first month that is over and has no archive yet: made while the office works, so that it
    has what is entered on the last day. Of the time before the program was there it is the last."""
    here = _put_off(stretch(calendar, now), lag)
    if not here.works or now < here.start or _failed_just_now(done, now):
        return None
    missing = [month for month in _months_before(now) if not _has_archive(month, done)]
    return min(missing[: 1 if done.archived is None else MOST_MONTHS], default=None)


def _failed_just_now(done: Done, now: datetime) -> bool:
    return done.failed is not None and done.failed <= now < done.failed + TRY_AGAIN


def _has_archive(month: date, done: Done) -> bool:
    return done.archived is not None and month <= done.archived


def _months_before(now: datetime) -> Iterator[date]:
    """Those that are over, newest first."""
    month = now.date().replace(day=1)
    for _ in range(MOST_MONTHS):
        month = (month - timedelta(days=1)).replace(day=1)
        yield month


def ask_again(
    calendar: WorkCalendar, now: datetime, every: timedelta, lag: timedelta = NO_LAG
) -> datetime:
    """When something can be due next."""
    return _put_off(stretch(calendar, now), lag).following(now, every)
