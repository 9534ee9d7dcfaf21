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

RULES: tuple[Rule, ...] = (
    headers.needed_tab_missing,
    headers.tab_missing,
    headers.header_missing,
    headers.minor_header_missing,
    headers.header_doubled,
    headers.minor_header_doubled,
    headers.no_entry,
    strays.look_up_filled,
    strays.look_up_headless,
    strays.look_up_taken,
    strays.look_up_tabled,
    strays.look_up_unmarked,
    cells.required,
    cells.formula_failed,
    cells.unknown_choice,
    cells.unknown_kind,
    cells.unreadable,
    cells.unreadable_date,
    cells.unreadable_time,
    cells.time_missing,
    cells.too_early,
    cells.received_in_future,
    numbers.number_missing,
    numbers.number_malformed,
    numbers.number_doubled,
    numbers.number_of_other_kind,
    numbers.number_before_receipt,
    numbers.number_after_receipt,
    numbers.number_gap,
    numbers.number_out_of_sequence,
    stamps.stamp_before_receipt,
    stamps.stamp_before_predecessor,
    stamps.stamp_in_future,
    stamps.step_skipped,
    stamps.stamp_outside_hours,
    stamps.stamped_afterwards,
    stamps.stamp_changed,
    stamps.stamp_removed,
    stamps.decision_too_early,
    stamps.decision_after_end,
    texts.contact_malformed,
    texts.phone_lost_zero,
    texts.identity_number,
    duplicates.entered_twice,
    people.disposition_unknown,
    people.disposition_inactive,
    people.address_malformed,
    people.address_not_ascii,
    people.address_not_allowed,
    people.address_unusable,
    people.role_unknown,
    people.active_unclear,
    people.name_malformed,
    people.role_unattended,
    people.role_without_holder,
    people.role_on_leave,
    people.person_doubled,
    people.address_shared,
    people.substitute_unknown,
    people.substitute_loop,
    people.substitute_absent,
    people.leave_reversed,
    people.leave_without_start,
    people.leave_too_long,
    closures.closure_reversed,
    closures.closure_too_long,
    closures.closure_overlaps,
    closures.hours_incomplete,
    closures.hours_reversed,
    closures.break_incomplete,
    closures.break_outside_hours,
    pauses.pause_reversed,
    pauses.pause_too_long,
    pauses.pause_overlaps,
    pauses.pause_of_unknown_case,
    pauses.pause_before_receipt,
    pauses.pause_in_future,
)


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
    return wording_faults(wordings, [rule.__name__ for rule in RULES])


def _place(schema: Schema, finding: Finding) -> tuple[int, int, int, int]:
    """Where a finding stands among the others."""
    tabs = schema.tabs.all()
    tab = next(place for place, tab in enumerate(tabs) if tab.title == finding.tab)
    headers = [column.header for column in tabs[tab].columns]
    column = headers.index(finding.column) if finding.column else -1
    return SEVERITIES.index(finding.severity), tab, finding.row, column
