"""The morning that the demo plays: when its runs are, and how the register stood at each."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta

from automation.core.drawing import Value
from automation.core.edges import EdgeError
from automation.core.office_time.working_time import WorkCalendar
from automation.core.schema import Schema, Tab
from automation.demo.elsewhere import fitted
from automation.demo.facts import load_facts
from automation.demo.office import Row

Rows = list[list[Value]]

LONGEST_REST = timedelta(days=60)
FIRST_RUN = timedelta(minutes=5)  # after opening
LATER_RUN = timedelta(minutes=75)  # past the quiet between two mails
LAST_RUN = timedelta(minutes=150)
BEFORE_CLOSING = timedelta(minutes=45)


def moments(calendar: WorkCalendar, now: datetime) -> list[datetime]:
    """When the demo's runs are: two days before, the evening before, and three of the morning.

    The day is the last whose morning is over by `now`. Raises EdgeError if there is none.
    """
    days = [day for day in _days(calendar, now) if day[0] + LAST_RUN <= now]
    if len(days) < 3:
        raise EdgeError(
            f"Contoh tidak dapat dibuat untuk {now:%d/%m/%Y}: kantor tidak bekerja pada hari-hari "
            "sebelumnya menurut working_hours.toml; pilih waktu lain dengan --now."
        )
    (two_before, _), (_, evening), (opened, _) = days[-3:]
    return [
        two_before + LATER_RUN,
        evening - BEFORE_CLOSING,
        opened + FIRST_RUN,
        opened + LATER_RUN,
        opened + LAST_RUN,
    ]


def _days(calendar: WorkCalendar, now: datetime) -> list[tuple[datetime, datetime]]:
    """Opening and closing of each working day up to `now`."""
    first = datetime.combine(now - LONGEST_REST, time())
    opened: dict[object, datetime] = {}
    closed: dict[object, datetime] = {}
    for start, end in calendar.periods(first, datetime.combine(now, time.max)):
        opened.setdefault(start.date(), start)
        closed[start.date()] = end
    return list(zip(opened.values(), closed.values(), strict=True))


def as_it_stood(
    tables: Mapping[str, Rows], schema: Schema, at: datetime, last: datetime
) -> dict[str, Rows]:
    """What staff had typed by `at`; `tables`, by title, are how it stands at `last`.

    A stamp later than `last` is a mistake in the sample, and stands there all the time.
    """

    def is_to_come(cell: Value) -> bool:
        return isinstance(cell, datetime) and at < cell <= last

    def stood(tab: Tab, begun: str) -> Rows:
        keys = [column.key for column in tab.columns]
        rows = [dict(zip(keys, row, strict=True)) for row in tables[tab.title]]
        there = [row for row in rows if not is_to_come(row[begun])]
        return [list(_without(row, is_to_come, schema).values()) for row in there]

    cases, pauses = schema.tabs.cases, schema.tabs.pauses
    before = {cases.title: stood(cases, "received"), pauses.title: stood(pauses, "start")}
    return {**tables, **before}


def _without(row: Row, is_to_come: Callable[[Value], bool], schema: Schema) -> Row:
    """The row without what is to come, and what is typed together with it."""
    hidden = {key for key, cell in row.items() if is_to_come(cell)}
    if schema.sop.step_named(fitted(load_facts(), schema.sop).disposition.step).key in hidden:
        hidden.add("disposition")
    if schema.sop.required[-1].key in hidden:
        hidden |= {"decision", "remarks"}
    return {key: None if key in hidden else cell for key, cell in row.items()}
