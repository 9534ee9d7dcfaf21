"""What is told of cells that are in the way of the program's columns in the Register."""

from dataclasses import replace

import pytest

from automation.core.register.strays import Kind, Stray
from automation.core.validation import Finding, check
from tests.offices import case, grids
from tests.registers import read, snapshot


def told(*strays: Stray) -> list[Finding]:
    register = replace(read(grids([case()])), strays=strays)
    seen = snapshot(register)
    findings = check(seen)
    return [finding for finding in findings if finding.rule.startswith("look_up")]


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("filled", "look_up_filled"),
        ("headless", "look_up_headless"),
        ("taken", "look_up_taken"),
        ("tabled", "look_up_tabled"),
        ("unmarked", "look_up_unmarked"),
    ],
)
def test_each_place_is_told_by_its_cells_and_the_column_s_header(kind: Kind, rule: str) -> None:
    (finding,) = told(Stray("Register", "Status", kind, 14, "R14", "R14:R20"))
    assert (finding.rule, finding.tab, finding.row, finding.cell) == (rule, "Register", 14, "R14")
    assert "R14:R20" in finding.message
    assert "Status" in finding.message
    assert finding.severity == "warning"


def test_of_very_many_places_a_thousand_are_told() -> None:
    """As where somebody pasted something into every other row."""
    rows = range(2, 6_002, 2)
    strays = [Stray("Register", "Status", "filled", row, f"R{row}", f"R{row}") for row in rows]
    assert len(told(*strays)) == 1_000
