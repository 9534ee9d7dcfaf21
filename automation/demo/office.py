"""The sample office: its staff, its own closures and special hours, and the calendar they make."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

import numpy as np

from automation.core.drawing import Value
from automation.core.office_time.working_time import DayHours, WorkCalendar
from automation.demo.facts import Colleague, OwnDay

Row = dict[str, Value]  # column key -> cell; a key that is left out is an empty cell

DAYS_AHEAD = 90  # simulated work may end after today


def staff_rows(staff: Sequence[Colleague], today: datetime) -> list[Row]:
    return [
        {
            "name": colleague.name,
            "role": colleague.role,
            "email": colleague.email,
            "active": colleague.active,
            "substitute": colleague.substitute,
            **_leave(colleague, today),
        }
        for colleague in staff
    ]


def _leave(colleague: Colleague, today: datetime) -> Row:
    days = [today + timedelta(days=offset) for offset in colleague.leave]
    return dict(zip(("leave_start", "leave_end"), days, strict=False))


def own_days(days: Sequence[OwnDay], today: date, calendar: WorkCalendar) -> dict[date, OwnDay]:
    """The day of each, which would otherwise be a working day."""
    return {
        calendar.add_working_days(today - timedelta(days=day.days_ago), 1).tolist(): day
        for day in days
    }


def closure_rows(own: Mapping[date, OwnDay]) -> list[Row]:
    return [
        {
            "start": datetime.combine(day, time()),
            "end": datetime.combine(day, time()),
            "remarks": what.remarks,
            "opens": what.opens,
            "closes": what.closes,
        }
        for day, what in own.items()
    ]


def office_calendar(
    calendar: WorkCalendar, own: Mapping[date, OwnDay], today: datetime, days_back: int
) -> WorkCalendar:
    """`calendar` with the office's own days, from `days_back` before today on."""
    first = today - timedelta(days=days_back)
    midnights = [first + timedelta(days=offset) for offset in range(days_back + DAYS_AHEAD)]
    return WorkCalendar(first.date(), [_hours(calendar, own, midnight) for midnight in midnights])


def _hours(calendar: WorkCalendar, own: Mapping[date, OwnDay], midnight: datetime) -> DayHours:
    if midnight.date() in own:
        return DayHours(own[midnight.date()].periods())
    worked = calendar.periods(midnight, midnight + timedelta(days=1))
    minutes = np.array(worked, "M8[m]").reshape(-1, 2) - np.datetime64(midnight, "m")
    return DayHours(tuple((start, end) for start, end in minutes.astype(int).tolist()))
