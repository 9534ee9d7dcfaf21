"""Small registers for the tests of the checks: what is found in them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import pandas as pd

from automation.core.office_time.office_hours import OfficeHours, office_hours
from automation.core.people.holders import Roster
from automation.core.register.headers import Grid
from automation.core.register.reading import read_register
from automation.core.register.register import Register
from automation.core.snapshot import Snapshot
from automation.core.validation import Finding, check
from automation.core.words.addresses import by_email
from tests.offices import NOW, case, grids, standard_schema


@cache
def usual_hours() -> OfficeHours:
    """The office's hours without anything in the tab `Libur`."""
    nothing = pd.DataFrame({key: [] for key in ("start", "opens", "closes")})
    return office_hours(standard_schema().working_hours, nothing, 2024, 2026)


def read(tabs: Mapping[str, Grid | None]) -> Register:
    return read_register(tabs, standard_schema())


def snapshot(register: Register, now: datetime = NOW, domains: tuple[str, ...] = ()) -> Snapshot:
    schema = standard_schema()
    roster = Roster(register.staff, schema.sop, now.date(), by_email(domains))
    hours = usual_hours()
    if len(register.closures.frame):
        closures = register.closures.sound
        hours = office_hours(schema.working_hours, closures, 2024, 2026)
    return Snapshot(register, schema, now, hours, roster, by_email(domains))


def checked(
    tabs: Mapping[str, Grid | None], now: datetime = NOW, domains: tuple[str, ...] = ()
) -> tuple[Finding, ...]:
    """What is found in these tabs."""
    return check(snapshot(read(tabs), now, domains))


def found(rule: str, *cases: Mapping[str, Any], now: datetime = NOW, **tabs: Any) -> list[Finding]:
    """What one rule finds in a register with these cases (one that is in order, if none)."""
    findings = checked(grids(cases or [case()], **tabs), now)
    assert not any("{" in finding.message + finding.suggestion for finding in findings)
    return [finding for finding in findings if finding.rule == rule]


def cells(findings: Sequence[Finding]) -> list[str]:
    return [finding.cell for finding in findings]
