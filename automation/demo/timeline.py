"""Courses laid on the calendar: the instants at which steps are stamped and cases paused.

All cases at once, step by step: the calendar answers a column of instants as fast as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from automation.core.arrays import Instants, Ints
from automation.core.office_time.working_time import WorkCalendar
from automation.demo.courses import Course, Wait

ONE_MINUTE = np.timedelta64(60, "s")


@dataclass(frozen=True)
class Pause:
    case: int  # place among the courses
    start: datetime
    end: datetime | None  # None = still waiting


def stamps(courses: Sequence[Course], calendar: WorkCalendar, now: datetime) -> Instants:
    """When each step is done, of shape (cases, steps); NaT where it is not done by `now`."""
    minutes = _working_minutes(courses)
    at = np.array([course.received for course in courses], "M8[s]")
    columns = [at := _landed(calendar, at, column) for column in minutes.T]
    stamped = np.column_stack(columns)
    stamped[minutes == 0] = np.datetime64("NaT")
    steps_done = np.array([course.steps_done for course in courses])
    to_come = np.arange(minutes.shape[1]) >= steps_done[:, None]
    stamped[to_come | (stamped > np.datetime64(now, "s"))] = np.datetime64("NaT")
    return stamped


def pauses(
    courses: Sequence[Course], stamped: Instants, calendar: WorkCalendar, now: datetime
) -> list[Pause]:
    """The waits that have begun by `now`; `stamped` as from `stamps`."""
    waiting = [(case, course, course.wait) for case, course in enumerate(courses) if course.wait]
    reached = [
        (case, _reached(course, wait, stamped[case]), wait) for case, course, wait in waiting
    ]
    begun = [each for each in reached if not np.isnat(each[1])]
    if not begun:
        return []
    cases, since, waits = zip(*begun, strict=True)
    starts = _due(calendar, np.array(since), np.array([wait.after for wait in waits]))
    ends = _due(calendar, starts, np.array([wait.minutes for wait in waits]))
    return [
        Pause(case, start, end if end <= now else None)
        for case, start, end in zip(cases, starts.tolist(), ends.tolist(), strict=True)
        if start < now
    ]


def _reached(course: Course, wait: Wait, stamps: Instants) -> np.datetime64:
    """When the step of the wait began; NaT where it has not."""
    done = [at for at, minutes in zip(stamps[: wait.step], course.minutes, strict=False) if minutes]
    return done[-1] if done else np.datetime64(course.received, "s")


def _working_minutes(courses: Sequence[Course]) -> Ints:
    """What the office's clock shows for each step, waits included; of shape (cases, steps)."""
    minutes = np.array([course.minutes for course in courses])
    for case, course in enumerate(courses):
        if course.wait:
            minutes[case, course.wait.step] += course.wait.minutes
    return minutes


def _landed(calendar: WorkCalendar, since: Instants, minutes: Ints) -> Instants:
    """The end of the work; a minute early where it meets closing time, when nobody stamps."""
    due = _due(calendar, since, minutes)
    landed = np.where(calendar.is_working(due), due, due - ONE_MINUTE)
    return np.where(minutes > 0, landed, since)


def _due(calendar: WorkCalendar, since: Instants, minutes: Ints) -> Instants:
    """The end of so much work; of what lasts longer than the calendar, the calendar's."""
    due = calendar.due(since, minutes * 60)
    return np.where(np.isnat(due), calendar.last, due)
