"""What rules are given, what they find, and how it is worded.

A rule is a function that finds places (`Hit`); its name is the rule's name, and under that name
`findings.toml` says how serious the finding is and in which words it is told.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from automation.core.arrays import Bools, Instants, Ints
from automation.core.office_time.dates import NAT
from automation.core.once import cached_property
from automation.core.register.register import Entries
from automation.core.schema import Severity, Step, Wording
from automation.core.snapshot import Snapshot
from automation.core.validation.privacy import repeatable_numbers, told
from automation.core.words.indonesian import number as digits

SPELLED_OUT = 1_000  # places of one rule in one column; nobody reads more, and more take minutes
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
REST = "{count} temuan lain seperti ini pada kolom {column}, mulai dari baris {row}."
REST_SUGGESTION = "Perbaiki kolom itu seperti pada temuan yang diuraikan."


@dataclass(frozen=True)
class Finding:
    """Something wrong in the register: where, how serious, and how to mend it."""

    number: str  # of the case; "" where it is about none, or the number may not be repeated
    tab: str  # its title
    row: int  # of the sheet, from 1; 0 = the tab as a whole
    column: str  # the schema's header, as in "3. Disposisi"; "" = none
    cell: str  # "J42"; "" = none
    rule: str
    severity: Severity
    message: str
    suggestion: str
    count: int = 1  # places that it speaks of


@dataclass(frozen=True)
class Stamps:
    """Of all cases; arrays of shape (cases, steps)."""

    instants: Instants  # datetime64[s]; NaT where nothing can be read
    filled: Bools

    @cached_property
    def before(self) -> Ints:
        """The place of the nearest filled step before each; -1 = none."""
        places = np.where(self.filled, np.arange(self.filled.shape[1]), -1)
        running = np.maximum.accumulate(places, axis=1)
        return np.insert(running, 0, -1, axis=1)[:, :-1]

    @cached_property
    def previous(self) -> Instants:
        """The stamp of that step; NaT where there is none."""
        found = np.take_along_axis(self.instants, np.maximum(self.before, 0), axis=1)
        return np.where(self.before >= 0, found, NAT)


@dataclass(frozen=True)
class Context(Snapshot):
    """What the rules look at: the snapshot, and what several of them ask of it."""

    @property
    def tables(self) -> tuple[Entries, ...]:
        register = self.register
        return register.cases, register.staff, register.closures, register.pauses

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps whose columns are there."""
        found = self.register.cases.letters
        return tuple(step for step in self.schema.sop.steps if step.key in found)

    @cached_property
    def stamps(self) -> Stamps:
        """Those of `steps`."""
        cases, keys = self.register.cases, [step.key for step in self.steps]
        instants = cases.frame[keys].to_numpy("datetime64[s]")
        return Stamps(instants, cases.filled[keys].to_numpy(bool))

    @cached_property
    def numbers_told(self) -> frozenset[str]:
        """The register numbers that may be repeated."""
        register = self.register
        numbers = pd.concat([register.cases.frame["number"], register.pauses.frame["number"]])
        return frozenset(numbers[repeatable_numbers(numbers, self.schema.sop.case_number)])

    @cached_property
    def number_parts(self) -> pd.DataFrame:
        """Serial, kind, month and year in each case's number; NaN where it says nothing of them."""
        numbers = self.register.cases.frame["number"]
        parts = [self.schema.sop.case_number.parts(number) for number in numbers]
        columns = ["serial", "kind", "month", "year"]
        return pd.DataFrame(parts, numbers.index, columns, dtype=object)


@dataclass(frozen=True)
class Hit:
    """A place where a rule is not kept, and the values that its wording names.

    `rest` = 0; else it is the first of so many that are counted and not spelled out.
    """

    tab: str
    row: int = 0
    column: str = ""
    cell: str = ""
    number: str = ""  # as typed
    values: Mapping[str, str] = field(default_factory=dict)
    rest: int = 0


Marks: TypeAlias = "pd.Series[bool] | Bools"  # for each row of a table
Values: TypeAlias = "pd.Series[object] | npt.NDArray[Any]"  # likewise
Rule = Callable[[Context], Iterable[Hit]]


def hits(
    table: Entries, key: str, where: Marks, /, **values: "Values | str | int"
) -> Iterator[Hit]:
    """A hit in column `key` of each row that `where` marks; none if the sheet lacks the column.

    A value for each row holds what stands in the cells, and is told with care; another is a fact,
    and the same for all rows. Of very many the rest is one hit.
    """
    marked = np.flatnonzero(where)
    if key not in table.letters or not marked.size:
        return
    places, rest = marked[:SPELLED_OUT], marked[SPELLED_OUT:]
    rows = table.frame["row"].iloc[places]
    numbers = table.frame["number"].iloc[places] if "number" in table.frame else repeat("")
    told_values = [
        repeat(str(value)) if isinstance(value, str | int) else map(told, _chosen(value, places))
        for value in values.values()
    ]
    header, letter = table.tab.column(key).header, table.letters[key]
    for row, number, *parts in zip(rows, numbers, *told_values, strict=False):
        named = dict(zip(values, parts, strict=True))
        yield Hit(table.tab.title, row, header, f"{letter}{row}", number, named)
    if rest.size:
        row = table.frame["row"].iloc[rest[0]]
        yield Hit(table.tab.title, row, header, f"{letter}{row}", rest=rest.size)


def _chosen(values: Values, places: Ints) -> list[Any]:
    chosen = values.iloc[places] if isinstance(values, pd.Series) else values[places]
    return list(chosen.tolist())


def worded(hit: Hit, rule: str, wording: Wording, numbers_told: Collection[str]) -> Finding:
    """The finding of a hit. A wording can name `{column}` and `{tab}` whatever the rule."""
    values = {"column": hit.column, "tab": hit.tab, **hit.values}
    if hit.rest:
        wording = wording.model_copy(update={"message": REST, "suggestion": REST_SUGGESTION})
        values |= {"count": digits(hit.rest), "row": str(hit.row)}
    return Finding(
        number=hit.number if hit.number in numbers_told else "",
        tab=hit.tab,
        row=hit.row,
        column=hit.column,
        cell=hit.cell,
        rule=rule,
        severity=wording.severity,
        message=_filled_in(wording.message, values),
        suggestion=_filled_in(wording.suggestion, values),
        count=hit.rest or 1,
    )


def counted(findings: Iterable[Finding], severity: Severity) -> int:
    """The places that findings of this severity speak of."""
    return sum(finding.count for finding in findings if finding.severity == severity)


def _filled_in(words: str, values: Mapping[str, str]) -> str:
    """`words` with its placeholders filled in once: braces in a value mean nothing."""
    return _PLACEHOLDER.sub(lambda place: values.get(place[1], place[0]), words)
