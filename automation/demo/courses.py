"""How each case is to go: when it comes in, how long its steps take, where it stops.

A course knows working minutes only; `timeline` lays it on the calendar.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import cycle, islice
from math import log

from automation.demo.facts import Scene
from automation.demo.setting import Setting

SATURDAY = 5


@dataclass(frozen=True)
class Wait:
    """For the applicant, in the midst of a step; in working minutes."""

    step: int  # the step's place
    after: int  # since the step began
    minutes: int


@dataclass(frozen=True)
class Course:
    received: datetime
    minutes: tuple[int, ...]  # of work for each step
    steps_done: int  # no step after these is stamped
    disposed_to: str
    wait: Wait | None = None
    withdrawn: bool = False


def courses(setting: Setting, cases: int) -> list[Course]:
    """So many courses, in order of receipt."""
    open_cases = setting.facts.open_cases
    still_open = min(int(cases * open_cases.share), open_cases.most)
    made = [_open(setting, scene) for scene in islice(cycle(open_cases.scenes), still_open)]
    receipts = islice(_receipts(setting, cases), cases - still_open)
    made += [_through(setting, nth, received) for nth, received in enumerate(receipts)]
    return sorted(made, key=lambda course: course.received)


def _receipts(setting: Setting, cases: int) -> Iterator[datetime]:
    """Endless instants of receipt before now, in no order."""
    facts, rng = setting.facts.receipt, setting.rng
    reach = facts.days(cases)
    while True:
        age = timedelta(days=reach * rng.random() ** facts.recency)
        day = (setting.now - age).date()
        hour = rng.choices(range(24), facts.hours)[0]
        received = datetime.combine(day, time(hour, rng.randrange(60)))
        quiet = day.weekday() >= SATURDAY and rng.random() > facts.quiet_weekend
        if received <= setting.now and not quiet:
            yield received


def _through(setting: Setting, nth: int, received: datetime) -> Course:
    """A case that goes through all steps, unless the applicant withdraws it."""
    endings = setting.facts.endings
    disposed_to = setting.pick(setting.facts.disposition.to)
    minutes = _slowed(setting, _minutes(setting), received, disposed_to)
    withdrawn = _one_in(endings.withdrawn_one_in, nth)
    last = setting.place(endings.withdrawn_after) + 1 if withdrawn else len(minutes)
    wait = _wait(setting, minutes) if _one_in(setting.facts.pauses.one_in, nth) else None
    return Course(received, minutes, last, disposed_to, wait, withdrawn)


def _open(setting: Setting, scene: Scene) -> Course:
    """A case that came in at just the instant that makes it stand now as the scene says."""
    place, minutes = setting.place(scene.step), _minutes(setting)
    used = round(scene.used * setting.sop.steps[place].standard_minutes)
    spent = sum(minutes[:place]) + used + scene.paused_minutes
    worked = max(int(setting.calendar.worked(setting.now)) - spent * 60, 0)
    wait = Wait(place, used, 2 * scene.paused_minutes) if scene.paused_minutes else None
    return Course(
        received=setting.calendar.instant(worked).tolist(),
        minutes=minutes,
        steps_done=place,
        disposed_to=setting.pick(setting.facts.disposition.to),
        wait=wait,
    )


def _minutes(setting: Setting) -> tuple[int, ...]:
    """Of work for each step; an easy case is easy throughout. 0 for an optional step not done."""
    pace, rng = setting.facts.pace, setting.rng
    case_share = rng.lognormvariate(log(pace.median), pace.case_spread)
    return tuple(
        0
        if step.optional and rng.random() > pace.optional_share
        else max(
            pace.least_minutes,
            round(step.standard_minutes * case_share * rng.lognormvariate(0, pace.step_spread)),
        )
        for step in setting.sop.steps
    )


def _slowed(
    setting: Setting, minutes: tuple[int, ...], received: datetime, disposed_to: str
) -> tuple[int, ...]:
    """The bottlenecks: steps that take longer on some days, or with some people."""
    slowed = list(minutes)
    for days in setting.facts.pace.slow_days:
        if received.weekday() in days.weekdays:
            slowed[setting.place(days.step)] *= days.factor
    for slow in setting.facts.pace.slow_people:
        if disposed_to == slow.person:
            slowed[setting.place(slow.step)] *= slow.factor
    return tuple(slowed)


def _wait(setting: Setting, minutes: tuple[int, ...]) -> Wait:
    pauses = setting.facts.pauses
    place = setting.place(pauses.step)
    lasting = setting.rng.randint(pauses.shortest_minutes, pauses.longest_minutes)
    return Wait(place, minutes[place] // 2, lasting)


def _one_in(many: int, nth: int) -> bool:
    return nth % many == many // 2
