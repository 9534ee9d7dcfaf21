"""The facts of an office as frozen records: SOP, tabs, hours, reminder policy, wording.

The facts themselves are TOML, in `sheets_schema/` or in another office's folder. This package says
which shape they must have and refuses what does not fit; it reads no file.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from automation.core.schema.fact import Fact, Faulty, Severity, known, nearest
from automation.core.schema.hours import Holidays, Period, Regime, WorkingHours
from automation.core.schema.policy import ReminderPolicy, TurnPolicy, Wording
from automation.core.schema.reasons import reasons
from automation.core.schema.sop import (
    CaseNumber,
    Deadline,
    Decision,
    Kind,
    Role,
    Sop,
    Step,
    step_key,
)
from automation.core.schema.tabs import (
    ColumnFact,
    ColumnType,
    Tab,
    Tabs,
    for_sop,
    left_out,
)
from automation.core.words.ways import EMAIL

__all__ = [
    "DOCUMENTS",
    "CaseNumber",
    "ColumnFact",
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
    "TurnPolicy",
    "Wording",
    "WorkingHours",
    "left_out",
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

    def choices(self, column: ColumnFact) -> tuple[str, ...]:
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


def parse_schema(
    documents: Mapping[str, Mapping[str, Any]], ways: Collection[str] = (EMAIL,)
) -> Schema:
    """The schema from its parsed TOML documents, by name (`DOCUMENTS`).

    `ways` are the kinds of way that the program can send by.
    Raises SchemaError with document, key and reason of everything that does not fit.
    """
    faults: list[str] = []
    sop = _part("sop", Sop, documents["sop"], faults)
    parts = {
        "sop": sop,
        "tabs": _part("tabs", Tabs, for_sop(documents["tabs"], sop), faults),
        "working_hours": _part("working_hours", WorkingHours, documents["working_hours"], faults),
        "reminders": _part("reminders", ReminderPolicy, documents["reminders"], faults),
        "findings": _part("findings", dict[str, Wording], documents["findings"], faults),
    }
    if not faults:
        faults += _contradictions(Schema.model_construct(**parts), ways)
    if faults:
        raise SchemaError(faults)
    return Schema(**parts)


def _part(document: str, shape: Any, data: Any, faults: list[str]) -> Any:
    """The document in its shape; None, with what does not fit added to the faults."""
    try:
        return TypeAdapter(shape).validate_python(data)
    except ValidationError as error:
        faults += _told(document, reasons(error, shape, data))
        return None


def _told(document: str, faults: Faulty) -> Iterator[str]:
    for key, reason in faults:
        place = f", {key}" if key else ""
        yield f"{document}.toml{place}: {reason}"


def _contradictions(schema: Schema, ways: Collection[str]) -> Iterator[str]:
    """What one document says against another, or against what the program can do."""
    roles, policy = [role.name for role in schema.sop.roles], schema.reminders
    yield from _told("reminders", known("keeper_role", policy.keeper_role, roles))
    yield from _told("reminders", known("head_role", policy.head_role, roles))
    yield from _told("tabs", _unheld(schema))
    yield from _told("tabs", _wordless(schema))
    yield from _told("tabs", _unknown_ways(schema.tabs.staff, ways))


def _unknown_ways(staff: Tab, ways: Collection[str]) -> Faulty:
    for place, column in enumerate(staff.columns, start=1):
        if column.way and column.way not in ways:
            yield (
                f'staff.columns[{place}] "{column.key}".way',
                f"{column.way!r} tidak ada di antara {', '.join(ways)}; "
                f"{nearest(column.way, ways)}",
            )


def _unheld(schema: Schema) -> Faulty:
    """What the SOP measures by a column that the tab of the cases leaves out."""
    sop, keys = schema.sop, [column.key for column in schema.tabs.cases.columns]
    uses = {
        "kind": ("tenggat hukum", any(kind.deadlines for kind in sop.kinds)),
        "disposition": ("follows_disposition", any(s.follows_disposition for s in sop.steps)),
        "decision": ("decisions", bool(sop.decisions)),
    }
    uses |= {step.key: (f'langkah "{step.name}"', True) for step in sop.steps}
    for key, (use, asked) in uses.items():
        if asked and key not in keys:
            yield "cases.columns", f"memerlukan kolom {key}, karena sop.toml memuat {use}"


def _wordless(schema: Schema) -> Faulty:
    """What must be chosen, and has nothing to choose from: each row would be a finding."""
    for place, column in enumerate(schema.tabs.cases.columns, start=1):
        from_sop = column.type == "choice" and column.choices_from not in ("", "staff")
        if column.required and from_sop and not schema.choices(column):
            yield (
                f'cases.columns[{place}] "{column.key}".required',
                f"sop.toml tidak memuat {column.choices_from}; isi di sana, atau tulis "
                "required = false di sini",
            )
