"""What is wrong in the register: rules, each a small function from tables to hits.

A rule never raises and mends nothing. Its severity and its words are data (`findings.toml`).
"""

from datetime import datetime

from automation.core.holders import Roster
from automation.core.register import Register
from automation.core.schema import Schema
from automation.core.validation import cells, numbers, people, spans, stamps, texts
from automation.core.validation.hits import Context, Finding, Hit, Rule, word
from automation.core.validation.stamps import filled_in_afterwards
from automation.core.working_time import WorkCalendar

__all__ = ["RULES", "Finding", "Hit", "Rule", "check", "filled_in_afterwards"]

RULES: tuple[Rule, ...] = (
    cells.tab_missing,
    cells.headers,
    cells.required,
    cells.unknown_choice,
    cells.unreadable,
    stamps.order,
    stamps.future,
    stamps.skipped,
    stamps.outside_hours,
    stamps.afterwards,
    stamps.decision,
    numbers.number_missing,
    numbers.number_malformed,
    numbers.number_doubled,
    numbers.number_against_row,
    numbers.number_sequence,
    people.disposition,
    people.addresses,
    people.roles,
    people.role_holders,
    people.leave,
    texts.contact,
    texts.identity_number,
    texts.entered_twice,
    spans.closures,
    spans.pauses,
)
SEVERITIES = ("error", "warning", "info")


def check(
    register: Register,
    schema: Schema,
    now: datetime,
    calendar: WorkCalendar,
    roster: Roster,
    allowed_domains: tuple[str, ...] = (),
) -> tuple[Finding, ...]:
    """All findings at `now` (local wall-clock time), most serious first, then by place."""
    context = Context(register, schema, now, calendar, roster, allowed_domains)
    tabs = [table.tab.title for table in context.tables]
    found = (word(context, hit) for rule in RULES for hit in rule(context))
    return tuple(
        sorted(
            found,
            key=lambda each: (
                SEVERITIES.index(each.severity),
                tabs.index(each.tab),
                each.row,
                each.column,
            ),
        )
    )
