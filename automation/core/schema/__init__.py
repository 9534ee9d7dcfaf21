"""The facts of an office as frozen records: SOP, tabs, hours, reminder policy, wording.

The facts themselves are TOML, in `sheets_schema/` or in another office's folder. This package says
which shape they must have and refuses what does not fit; it reads no file.
"""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import ValidationError, model_validator

from automation.core.schema.fact import Fact, Severity, known
from automation.core.schema.hours import Holidays, Period, Regime, WorkingHours
from automation.core.schema.policy import ReminderPolicy, Wording
from automation.core.schema.reasons import first_reason
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
    "first_reason",
    "header_name",
    "parse_schema",
    "step_key",
]

DOCUMENTS = ("sop", "tabs", "working_hours", "reminders", "findings")


class SchemaError(ValueError):
    """A fact that does not fit. The message names the document, the key and the reason."""


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
        known("reminders.keeper_role", self.reminders.keeper_role, roles)
        known("reminders.head_role", self.reminders.head_role, roles)
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

    Raises SchemaError with document, key and reason for the first fact that does not fit.
    """
    parts: dict[str, Any] = {}
    models: dict[str, type[Fact]] = {
        "sop": Sop,
        "working_hours": WorkingHours,
        "reminders": ReminderPolicy,
    }
    for name, model in models.items():
        parts[name] = _part(name, model, documents[name])
    parts["tabs"] = _part("tabs", Tabs, with_steps(documents["tabs"], parts["sop"]))
    parts["findings"] = {
        rule: _part("findings", Wording, fact, rule) for rule, fact in documents["findings"].items()
    }
    try:
        return Schema(**parts)
    except ValidationError as error:
        raise SchemaError(_reason("reminders", error)) from None


def _part(document: str, model: type[Fact], data: Any, key: str = "") -> Any:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise SchemaError(_reason(document, error, key)) from None


def _reason(document: str, error: ValidationError, key: str = "") -> str:
    within, reason = first_reason(error)
    place = ".".join(filter(None, (key, within)))
    return f"{document}.toml, {place}: {reason}" if place else f"{document}.toml, {reason}"
