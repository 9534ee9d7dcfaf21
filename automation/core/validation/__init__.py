"""What is wrong in the register: rules, each a small function that finds places.

The name of the function is the name of the rule. How serious its findings are and in which words
they are told is data (`findings.toml`); a rule that an office leaves out there is not checked. A
rule names places; it mends nothing, and repeats of a cell only what `privacy` lets through.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from automation.core.schema import Schema, Severity
from automation.core.snapshot import Snapshot
from automation.core.validation import (
    cells,
    closures,
    duplicates,
    headers,
    numbers,
    pauses,
    people,
    stamps,
    strays,
    texts,
)
from automation.core.validation.findings import Context, Finding, Hit, Rule, counted, worded
from automation.core.validation.stamps import filled_in_afterwards
from automation.core.validation.wording import wording_faults

__all__ = [
    "RULES",
    "Context",
    "Finding",
    "Hit",
    "Rule",
    "check",
    "counted",
    "filled_in_afterwards",
    "unfit_wordings",
]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")

# Every rule, and the values that it supplies to its wording beside the column and the tab.
RULES: Mapping[Rule, tuple[str, ...]] = {
    headers.needed_tab_missing: (),
    headers.tab_missing: (),
    headers.header_missing: (),
    headers.minor_header_missing: (),
    headers.header_doubled: ("letters",),
    headers.minor_header_doubled: ("letters",),
    headers.no_entry: ("rows",),
    strays.look_up_filled: ("header", "cells"),
    strays.look_up_headless: ("header", "cells"),
    strays.look_up_taken: ("header", "cells"),
    strays.look_up_tabled: ("header", "cells"),
    strays.look_up_unmarked: ("header", "cells"),
    cells.required: (),
    cells.formula_failed: (),
    cells.unknown_choice: ("words",),
    cells.unknown_kind: ("words",),
    cells.unreadable: ("text",),
    cells.unreadable_date: ("text",),
    cells.unreadable_time: ("text",),
    cells.time_missing: ("text",),
    cells.too_early: ("text", "earliest"),
    cells.received_in_future: ("received", "now"),
    numbers.number_missing: (),
    numbers.number_malformed: ("example",),
    numbers.number_doubled: ("other_row",),
    numbers.number_of_other_kind: ("written", "expected"),
    numbers.number_before_receipt: ("received",),
    numbers.number_after_receipt: ("received",),
    numbers.number_gap: ("missing",),
    numbers.number_out_of_sequence: ("received", "row_before"),
    stamps.stamp_before_receipt: ("stamp", "received"),
    stamps.stamp_before_predecessor: ("stamp", "previous", "previous_step"),
    stamps.stamp_in_future: ("stamp", "now"),
    stamps.step_skipped: ("step", "name", "later"),
    stamps.stamp_outside_hours: ("stamp",),
    stamps.stamped_afterwards: ("steps",),
    stamps.stamp_changed: ("before", "after", "last_run", "seen"),
    stamps.stamp_removed: ("before", "last_run", "seen"),
    stamps.decision_too_early: ("decision", "step", "name"),
    stamps.decision_after_end: ("decision", "step", "name"),
    texts.contact_malformed: (),
    texts.phone_lost_zero: (),
    texts.identity_number: (),
    duplicates.entered_twice: ("other_row",),
    people.disposition_unknown: (),
    people.disposition_inactive: ("name",),
    people.address_malformed: (),
    people.address_not_ascii: (),
    people.address_not_allowed: ("domains",),
    people.address_unusable: ("reason",),
    people.role_unknown: (),
    people.active_unclear: (),
    people.name_malformed: (),
    people.role_unattended: ("role",),
    people.role_without_holder: ("role",),
    people.role_on_leave: ("role",),
    people.person_doubled: ("first_row",),
    people.address_shared: ("first_row",),
    people.substitute_unknown: (),
    people.substitute_loop: (),
    people.substitute_absent: (),
    people.leave_reversed: ("start", "end"),
    people.leave_without_start: (),
    people.leave_too_long: ("start", "end", "limit"),
    closures.closure_reversed: ("start", "end"),
    closures.closure_too_long: ("start", "end", "limit"),
    closures.closure_overlaps: ("other_row",),
    closures.hours_incomplete: (),
    closures.hours_reversed: (),
    closures.break_incomplete: (),
    closures.break_outside_hours: (),
    pauses.pause_reversed: (),
    pauses.pause_too_long: ("start", "end", "limit"),
    pauses.pause_overlaps: ("other_row",),
    pauses.pause_of_unknown_case: (),
    pauses.pause_before_receipt: ("received",),
    pauses.pause_in_future: (),
}


def check(snapshot: Snapshot) -> tuple[Finding, ...]:
    """All findings at that moment, most serious first, then by place."""
    context, schema = Context(**vars(snapshot)), snapshot.schema
    found = [
        worded(hit, rule.__name__, schema.findings[rule.__name__], context.numbers_told)
        for rule in RULES
        if rule.__name__ in schema.findings
        for hit in rule(context)
    ]
    return tuple(sorted(found, key=partial(_place, schema)))


def unfit_wordings(wordings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(key, reason) of what in `findings.toml`, as it was parsed, does not fit the rules."""
    return wording_faults(wordings, {rule.__name__: values for rule, values in RULES.items()})


def _place(schema: Schema, finding: Finding) -> tuple[int, int, int, int]:
    """Where a finding stands among the others."""
    tabs = schema.tabs.all()
    tab = next(place for place, tab in enumerate(tabs) if tab.title == finding.tab)
    headers = [column.header for column in tabs[tab].columns]
    column = headers.index(finding.column) if finding.column else -1
    return SEVERITIES.index(finding.severity), tab, finding.row, column
