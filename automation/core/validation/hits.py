"""What a rule is given, what it finds, and how that becomes a finding with words."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import pandas as pd

from automation.core.holders import Roster
from automation.core.register import Register, Table, shown
from automation.core.schema import Schema, Severity
from automation.core.working_time import WorkCalendar


@dataclass(frozen=True)
class Context:
    """The register and what it is checked against. `now` is local wall-clock time."""

    register: Register
    schema: Schema
    now: datetime
    calendar: WorkCalendar
    roster: Roster
    allowed_domains: tuple[str, ...]

    @property
    def cases(self) -> Table:
        return self.register.cases

    @property
    def tables(self) -> tuple[Table, ...]:
        register = self.register
        return register.cases, register.staff, register.closures, register.pauses


@dataclass(frozen=True)
class Hit:
    """Where a rule does not hold. `values` fill the placeholders of its wording."""

    rule: str
    tab: str
    index: int | None = None  # position in the tab's frame; None = the tab as a whole
    key: str = ""  # of the column
    values: Mapping[str, object] = field(default_factory=dict)


Rule = Callable[[Context], Iterable[Hit]]


@dataclass(frozen=True)
class Finding:
    """Something wrong in the register, where, and how to mend it. Free of personal data."""

    number: str  # of the case, "" where there is none
    tab: str
    row: int  # of the sheet, from 1; 0 = the tab as a whole
    column: str  # header
    cell: str  # "J42"
    rule: str
    severity: Severity
    message: str
    suggestion: str


def hits(
    rule: str, table: Table, where: "pd.Series | np.ndarray", key: str, **values: object
) -> Iterator[Hit]:
    """A hit for each row of `table` where the mask holds, with the same values."""
    for index in np.flatnonzero(np.asarray(where, dtype=bool)).tolist():
        yield Hit(rule, table.tab.title, index, key, values)


def has(table: Table, *keys: str) -> bool:
    """Whether the sheet has these columns; of one that is missing nothing can be said."""
    return all(key in table.letters for key in keys)


def word(context: Context, hit: Hit) -> Finding:
    """The finding of a hit, in the words of `findings.toml`."""
    wording = context.schema.findings[hit.rule]
    table = next(each for each in context.tables if each.tab.title == hit.tab)
    column = table.tab.column(hit.key).header if hit.key else ""
    row = 0 if hit.index is None else int(table.frame["row"].iat[hit.index])
    letter = table.letters.get(hit.key, "") if row else ""
    number = ""
    if hit.index is not None and "number" in table.frame:
        number = str(table.frame["number"].iat[hit.index])
    values = {"column": column, "tab": hit.tab, **hit.values}
    return Finding(
        number=number,
        tab=hit.tab,
        row=row,
        column=column,
        cell=f"{letter}{row}" if letter else "",
        rule=hit.rule,
        severity=wording.severity,
        message=_filled(wording.message, values),
        suggestion=_filled(wording.suggestion, values),
    )


def _filled(template: str, values: Mapping[str, object]) -> str:
    """`template` with its {placeholders} filled in; braces in a value stay what they are."""
    return re.sub(r"\{(\w+)\}", lambda match: shown(values[match[1]]), template)
