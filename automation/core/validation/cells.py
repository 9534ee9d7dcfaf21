"""Rules about single cells: filled in where they must be, and readable as what they hold."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator

import pandas as pd

from automation.core.arrays import Bools
from automation.core.register.register import Entries
from automation.core.schema import ColumnFact, ColumnType
from automation.core.validation.findings import Context, Hit, hits
from automation.core.validation.privacy import HIDDEN, told
from automation.core.words.indonesian import moment

MOMENTS: tuple[ColumnType, ...] = ("datetime", "moment", "until")
# What a cell must look like to be repeated as a failed date: a cell pasted into the wrong column
# may hold an applicant's name or telephone number.
_ZONE = r"(?: ?(?:wib|wita|wit|utc|gmt|z|\+\d{2}(?::?\d{2})?))?"
_TIME = r"(?:(?:pukul|pkl|jam)\.? ?)?\d{1,2}[.:,]\d{1,2}(?:[.:,]\d{1,2})?" + _ZONE
_MONTH = r"(?:jan|[fp]eb|mar|mrt|apr|mei|may|ju[nl]|ag|aug|sep|o[kc]t|no[vp]|de[sc])[a-z]{0,6}\.?"
_DAY = (
    r"(?:(?:sen|sel|rab|kam|jum|sab|min|ahad)[^\W\d]{0,4}['`’]?[a-z]{0,2}[,/]? ?)?"
    rf"(?:\d{{1,2}}[ ./,-]+(?:\d{{1,2}}|{_MONTH})(?:[ ./,-]+\d{{2,4}})?"
    r"|[12]\d{3}[./-]\d{1,2}[./-]\d{1,2})"
)
_LIKE_A_TIME = re.compile(_TIME, re.IGNORECASE)
_LIKE_A_DATE = re.compile(rf"{_DAY}(?:[ ,t]+{_TIME})?", re.IGNORECASE)


def required(context: Context) -> Iterator[Hit]:
    """Every cell that a row needs is filled in."""
    for table in context.tables:
        for column in table.tab.columns:
            has_own_rule = table is context.register.cases and column.key == "number"
            if column.required and not has_own_rule:
                yield from hits(table, column.key, _empty(table, column))


def formula_failed(context: Context) -> Iterator[Hit]:
    """No formula in a column of text has failed: what it shows is no text."""
    for table in context.tables:
        for column in table.tab.columns:
            yield from hits(table, column.key, table.failed(column.key))


def unknown_choice(context: Context) -> Iterator[Hit]:
    """A cell with a list of words holds one of them."""
    others = ("", "channels", "decisions")  # kinds, roles and `Aktif` have a rule of their own
    return _unknown_choices(context, others)


def unknown_kind(context: Context) -> Iterator[Hit]:
    """The kind of a case is one of the SOP: its legal deadlines depend on it."""
    return _unknown_choices(context, ("kinds",))


def unreadable(context: Context) -> Iterator[Hit]:
    """A date with its time of day is one that exists, written in a usual form."""
    return _faults(context, "unreadable", MOMENTS)


def unreadable_date(context: Context) -> Iterator[Hit]:
    """A date is one that exists, written in a usual form."""
    return _faults(context, "unreadable", ("date",))


def unreadable_time(context: Context) -> Iterator[Hit]:
    """A time of day is one that exists, written in a usual form."""
    return _faults(context, "unreadable", ("time",))


def time_missing(context: Context) -> Iterator[Hit]:
    """The stamp of a step has its time of day: time is measured to the minute."""
    return _faults(context, "time_missing", MOMENTS)


def too_early(context: Context) -> Iterator[Hit]:
    """No date lies before the first day that the register can speak of."""
    earliest = told(context.schema.working_hours.earliest)
    return _faults(context, "too_early", (*MOMENTS, "date"), earliest=earliest)


def received_in_future(context: Context) -> Iterator[Hit]:
    """No case was received later than now."""
    cases = context.register.cases
    received = cases.frame["received"]
    late = received > context.now
    return hits(cases, "received", late, received=received, now=moment(context.now))


def _empty(table: Entries, column: ColumnFact) -> Bools:
    if column.key in table.filled:
        empty: Bools = ~table.filled[column.key].to_numpy()
    else:
        empty = (table.frame[column.key].to_numpy() == "") & ~table.failed(column.key)
    return empty


def _unknown_choices(context: Context, sources: Collection[str]) -> Iterator[Hit]:
    for table in context.tables:
        for column in table.tab.columns:
            words = context.schema.choices(column)
            if words and column.choices_from in sources and column.key != "active":
                texts = table.frame[column.key]
                unknown = (texts != "") & ~texts.isin(words)
                yield from hits(table, column.key, unknown, words=", ".join(words))


def _faults(context: Context, kind: str, types: Collection[str], **facts: str) -> Iterator[Hit]:
    """The cells of columns of such types that could not be read, for this reason."""
    for table in context.tables:
        texts: defaultdict[str, dict[int, str]] = defaultdict(dict)
        for fault in table.faults:
            if fault.kind == kind and table.tab.column(fault.key).type in types:
                texts[fault.key][fault.index] = _repeatable(fault.text, types)
        for key, found in texts.items():
            text = pd.Series(found).reindex(table.frame.index)
            yield from hits(table, key, text.notna(), text=text, **facts)


def _repeatable(text: str, types: Collection[str]) -> str:
    form = _LIKE_A_TIME if "time" in types else _LIKE_A_DATE
    return text if form.fullmatch(text) else HIDDEN
