"""The tabs that staff fill in, and their columns."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from automation.core.schema.fact import Fact, Tuple, refuse, unique
from automation.core.schema.sop import Step

STEPS_KEY = "steps"  # the column that stands for all step columns

ColumnType = Literal["text", "choice", "person", "datetime", "moment", "until", "date", "time"]


class Column(Fact):
    key: str
    header: str
    type: ColumnType
    required: bool = False
    essential: bool = False
    choices: tuple[str, ...] = Tuple
    choices_from: Literal["", "channels", "kinds", "decisions", "roles", "staff"] = ""
    width: int = Field(default=16, gt=0)
    note: str = ""


class Tab(Fact):
    title: str
    purpose: str
    columns: tuple[Column, ...] = Field(min_length=1, strict=False)

    @model_validator(mode="after")
    def _headers_differ(self) -> Self:
        headers = [header_name(column.header) for column in self.columns]
        keys = [column.key for column in self.columns]
        refuse(chain(unique("columns.key", keys), unique("columns.header", headers)))
        return self

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


class Tabs(Fact):
    cases: Tab
    staff: Tab
    closures: Tab
    pauses: Tab

    def all(self) -> tuple[Tab, ...]:
        return self.cases, self.staff, self.closures, self.pauses


def header_name(header: str) -> str:
    """A header as it is compared: without blanks, without case."""
    return "".join(header.split()).casefold()


def with_steps(tabs: Mapping[str, Any], steps: Sequence[Step]) -> dict[str, Any]:
    """The tabs with the column "steps" replaced by a column for each step of the SOP."""
    cases = tabs.get("cases")
    if not isinstance(cases, dict) or not isinstance(cases.get("columns"), list):
        return dict(tabs)
    columns: list[Any] = []
    for column in cases["columns"]:
        is_place = isinstance(column, dict) and column.get("key") == STEPS_KEY
        columns.extend(map(_step_column, steps) if is_place else [column])
    return {**tabs, "cases": {**cases, "columns": columns}}


def _step_column(step: Step) -> dict[str, Any]:
    initials = f"\nParaf: {', '.join(step.initials)}." if step.initials else ""
    note = (
        f"{step.activity}.\nPemegang: {step.role}"
        f"{'' if step.role_confirmed else ' (belum dikonfirmasi)'}.{initials}\n"
        f"Mutu baku: {step.standard_minutes} menit kerja.\n"
        "Isi tanggal dan jam selesai, contoh 23/11/2026 08.15."
    )
    return {
        "key": step.key,
        "header": step.header,
        "type": "datetime",
        "essential": True,
        "width": 17,
        "note": note,
    }
