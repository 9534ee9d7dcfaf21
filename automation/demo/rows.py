"""The sample register, tab by tab."""

from collections.abc import Sequence
from datetime import date, datetime, time
from math import ceil
from random import Random

from automation.core.drawing import Value
from automation.core.office_time.working_time import WorkCalendar
from automation.core.schema import Schema, Sop, Tab
from automation.demo.cases import case_rows
from automation.demo.courses import courses
from automation.demo.elsewhere import fitted
from automation.demo.facts import OwnDay, load_facts
from automation.demo.mistakes import Desk, make_mistakes
from automation.demo.office import Row, closure_rows, office_calendar, own_days, staff_rows
from automation.demo.setting import Setting
from automation.demo.timeline import Pause, pauses, stamps

LONGEST_OPEN_DAYS = 45  # an open case may have come in so long before the others
LATER = 900 * 60  # working seconds from now to a stamp in the future


def sample_rows(
    schema: Schema, *, cases: int, seed: int, now: datetime, calendar: WorkCalendar
) -> dict[str, list[list[Value]]]:
    """Rows for each staff tab, by its title, in the schema's order of columns, without headers.

    The same arguments give the same rows. `now` and the datetimes are naive local time. `calendar`
    knows nothing of `Libur`, which is made here; it must reach from two and a half years before
    `now` to half a year after. The Register has one blank row beside its `cases`, at least one.
    """
    setting, own = sample_setting(schema.sop, cases, seed, now, calendar)
    register, paused = sound_rows(setting, cases)
    make_mistakes(register, _untouched(register, paused, setting.sop), _desk(setting), setting.rng)
    tabs = schema.tabs
    filled = (
        (tabs.cases, register),
        (tabs.staff, staff_rows(setting.facts.staff, _midnight(now))),
        (tabs.closures, closure_rows(own)),
        (tabs.pauses, paused),
    )
    return {tab.title: _in_order(tab, rows) for tab, rows in filled}


def sample_setting(
    sop: Sop, cases: int, seed: int, now: datetime, calendar: WorkCalendar
) -> tuple[Setting, dict[date, OwnDay]]:
    """What the sample is made from, and the office's own days."""
    facts = fitted(load_facts(), sop)
    own = own_days(facts.own_days, now.date(), calendar)
    days_back = ceil(facts.receipt.days(cases)) + LONGEST_OPEN_DAYS
    setting = Setting(
        sop=sop,
        facts=facts,
        calendar=office_calendar(calendar, own, _midnight(now), days_back),
        now=now.replace(second=0, microsecond=0),
        rng=Random(seed),
    )
    return setting, own


def sound_rows(setting: Setting, cases: int) -> tuple[list[Row], list[Row]]:
    """The rows of Register and Jeda as they are when nobody makes a mistake."""
    planned = courses(setting, cases)
    stamped = stamps(planned, setting.calendar, setting.now)
    register = case_rows(setting, planned, stamped.tolist())
    paused = pauses(planned, stamped, setting.calendar, setting.now)
    return register, [_pause_row(setting, pause, register) for pause in paused]


def _pause_row(setting: Setting, pause: Pause, register: Sequence[Row]) -> Row:
    return {
        "number": register[pause.case]["number"],
        "start": pause.start,
        "end": pause.end,
        "reason": setting.rng.choice(setting.facts.pauses.reasons),
    }


def _untouched(register: Sequence[Row], paused: Sequence[Row], sop: Sop) -> list[Row]:
    """The finished cases of which Jeda knows nothing."""
    numbers = {pause["number"] for pause in paused}
    last = sop.required[-1].key
    return [row for row in register if row[last] and row["number"] not in numbers]


def _desk(setting: Setting) -> Desk:
    return Desk(
        steps=tuple(step.key for step in setting.sop.required),
        later=setting.calendar.due(setting.now, LATER).tolist(),
        slips=setting.facts.slips,
    )


def _in_order(tab: Tab, rows: Sequence[Row]) -> list[list[Value]]:
    return [[row.get(column.key) for column in tab.columns] for row in rows]


def _midnight(now: datetime) -> datetime:
    return datetime.combine(now, time())
