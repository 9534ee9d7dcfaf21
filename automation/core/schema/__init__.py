"""The facts of an office as frozen records: SOP, tabs, hours, reminder policy, wording.

The facts themselves are TOML, in `sheets_schema/` or in another office's folder. This package says
which shape they must have and refuses what does not fit; it reads no file.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Self

from pydantic import TypeAdapter, ValidationError, model_validator

from automation.core.schema.fact import Fact, Severity, known, refuse
from automation.core.schema.hours import Holidays, Period, Regime, WorkingHours
from automation.core.schema.policy import ReminderPolicy, Wording
from automation.core.schema.reasons import nearest, reasons
from automation.core.schema.sop import Deadline, Decision, Kind, Role, Sop, Step, step_key
from automation.core.schema.tabs import Column, ColumnType, Tab, Tabs, header_name, with_steps

__all__ = [
    "DOCUMENTS",
    "Column",
    "ColumnType",
    "Deadline",
    "Decision",
    "Holidays",
    "Kind",
    "Period",
    "Regime",
    "ReminderPolicy",
    "Role",
    "Schema",
    "SchemaError",
    "Severity",
    "Sop",
    "Step",
    "Tab",
    "Tabs",
    "Wording",
    "WorkingHours",
    "header_name",
    "nearest",
    "parse_schema",
    "reasons",
    "step_key",
]

DOCUMENTS = ("sop", "tabs", "working_hours", "reminders", "findings")


class SchemaError(ValueError):
    """Facts that do not fit: for each the document, the key and the reason."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class Schema(Fact):
    """All facts of one office."""

    sop: Sop
    tabs: Tabs
    working_hours: WorkingHours
    reminders: ReminderPolicy
    findings: dict[str, Wording]

    @model_validator(mode="after")
    def _roles_exist(self) -> Self:
        roles = [role.name for role in self.sop.roles]
        keeper, head = self.reminders.keeper_role, self.reminders.head_role
        refuse(chain(known("keeper_role", keeper, roles), known("head_role", head, roles)))
        return self

    def choices(self, column: Column) -> tuple[str, ...]:
        """The words a choice column allows; empty for names of staff, which the tab decides."""
        match column.choices_from:
            case "channels":
                return self.sop.channels
            case "kinds":
                return tuple(kind.name for kind in self.sop.kinds)
            case "decisions":
                return tuple(decision.name for decision in self.sop.decisions)
            case "roles":
                return tuple(role.name for role in self.sop.roles)
        return column.choices


def parse_schema(documents: Mapping[str, Mapping[str, Any]]) -> Schema:
    """The schema from its parsed TOML documents, by name (`DOCUMENTS`).

    Raises SchemaError with document, key and reason of everything that does not fit.
    """
    faults: list[str] = []
    sop = _part("sop", Sop, documents["sop"], faults)
    parts = {
        "sop": sop,
        "tabs": _part(
            "tabs", Tabs, with_steps(documents["tabs"], sop.steps if sop else ()), faults
        ),
        "working_hours": _part("working_hours", WorkingHours, documents["working_hours"], faults),
        "reminders": _part("reminders", ReminderPolicy, documents["reminders"], faults),
        "findings": _part("findings", dict[str, Wording], documents["findings"], faults),
    }
    schema: Schema | None = None if faults else _part("reminders", Schema, parts, faults)
    if schema is None:
        raise SchemaError(faults)
    return schema


def _part(document: str, shape: Any, data: Any, faults: list[str]) -> Any:
    """The document in its shape; None, with what does not fit added to the faults."""
    try:
        return TypeAdapter(shape).validate_python(data)
    except ValidationError as error:
        for key, reason in reasons(error, shape, data):
            place = f", {key}" if key else ""
            faults.append(f"{document}.toml{place}: {reason}")
        return None
