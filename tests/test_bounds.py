"""What one cell or many faulty rows hold makes no run long: the work grows with the register."""

import subprocess
import sys
from pathlib import Path

import pytest

from automation.core.plan import plan
from automation.core.reminders.notices import Told
from automation.core.validation.findings import SPELLED_OUT
from tests.offices import NOW, STAFF, case, grids, standard_schema
from tests.registers import cells, found

ROOT = Path(__file__).parent.parent
LONGEST = 32_767  # characters that a cell holds


def with_little_processor(program: str, seconds: int) -> None:
    """Runs Python code that is stopped after so many seconds of processor: ten times its need."""
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))\n"
    subprocess.run([sys.executable, "-c", limit + program], cwd=ROOT, check=True)


LONG_CELLS = f"""
from tests.offices import NOW, case, grids
from tests.registers import checked

for text in ("no.", "wa ", "0812 ", "a@a.", "1/1 ", "h. ", "1- "):
    long = (text * {LONGEST})[:{LONGEST}]
    rows = [case(f"{{n:04}}/ADU/XI/2026") for n in range(1, 21)]
    for row in rows:
        row |= dict.fromkeys(("Kontak", "Nama Pemohon", "Perihal", "Keterangan"), long)
    rows += [case(long, step_1=long, **{{"Diterima": long, "Jenis": long}})]
    assert any(found.rule == "contact_malformed" for found in checked(grids(rows), NOW))
"""


def test_a_cell_as_long_as_a_cell_can_be_holds_nothing_up() -> None:
    with_little_processor(LONG_CELLS, 60)


def test_a_contact_that_is_too_long_to_be_one_is_malformed() -> None:
    contact = "0812-3456-7890 / " * 20 + "0812-3456-7890"
    assert cells(found("contact_malformed", case(Kontak=contact[-167:]))) == []
    assert cells(found("contact_malformed", case(Kontak=contact))) == ["F2"]


ONE_APPLICANT = """
from tests.offices import case, grids
from tests.registers import checked

rows = [
    case(f"{n:04}/ADU/XI/2026", **{"Nama Pemohon": "Sugeng Riyadi",
         "Perihal": f"{n * n} " + "ab cd " * 50})
    for n in range(1, 10001)
]
assert sum(found.rule == "entered_twice" for found in checked(grids(rows))) == 1001
"""


def test_thousands_of_cases_of_one_applicant_hold_nothing_up() -> None:
    with_little_processor(ONE_APPLICANT, 40)


def broken(count: int, number: str = "{:05}/ADU/XI/2026") -> list[dict[str, object]]:
    steps = {f"step_{step}": "#REF!" for step in range(1, 8)}
    return [case(number.format(n), **steps) for n in range(1, count + 1)]


def test_of_very_many_findings_the_rest_is_counted_in_one() -> None:
    findings = found("unreadable", *broken(SPELLED_OUT + 7))
    first = [finding for finding in findings if finding.column == "1. Unduh"]
    assert len(first) == SPELLED_OUT + 1
    assert [finding.count for finding in first] == [1] * SPELLED_OUT + [7]
    assert first[-1].message == (
        f"7 temuan lain seperti ini pada kolom 1. Unduh, mulai dari baris {SPELLED_OUT + 2}."
    )
    assert (first[-1].row, first[-1].cell) == (SPELLED_OUT + 2, f"I{SPELLED_OUT + 2}")
    assert len(findings) == 7 * (SPELLED_OUT + 1)


def test_as_many_findings_as_are_spelled_out_have_no_rest() -> None:
    findings = found("unreadable", *broken(SPELLED_OUT))
    assert all(finding.count == 1 for finding in findings)
    assert len(findings) == 7 * SPELLED_OUT


def test_the_figures_count_what_is_not_spelled_out() -> None:
    seen = plan(grids(broken(SPELLED_OUT + 7), STAFF), standard_schema(), NOW)
    assert seen.measures is not None
    errors = [finding for finding in seen.findings if finding.severity == "error"]
    assert seen.measures.summary.quality.errors == sum(finding.count for finding in errors)
    assert seen.measures.summary.quality.errors >= 7 * (SPELLED_OUT + 7)
    (notice,) = {each for _, each in seen.candidates(Told()) if each.stage == "findings"}
    assert notice.count == seen.measures.summary.quality.errors


@pytest.mark.parametrize(
    ("one", "other", "twice"),
    [
        ("Sri Lestari", "Sri Lestary", True),
        ("Ibu Sri Lestari", "SRI LESTARII", True),
        ("Sugeng Riyadi", "Sugeng Riyanto", False),
        ("Warga 1 Wates", "Warga 2 Wates", False),
    ],
)
def test_a_misspelt_applicant_is_the_same(one: str, other: str, twice: bool) -> None:
    rows = [
        case(f"000{n}/ADU/XI/2026", **{"Nama Pemohon": name, "Perihal": "KTP-el belum jadi"})
        for n, name in enumerate((one, other), start=1)
    ]
    assert cells(found("entered_twice", *rows)) == (["G3"] if twice else [])
