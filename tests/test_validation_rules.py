"""What holds for all checks together: words, order, privacy, sturdiness."""

import re
import tomllib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from automation.core.schema import DOCUMENTS, Schema, parse_schema
from automation.core.validation import RULES, check
from automation.demo import sample_rows
from tests.offices import NOW, ROOT, STAFF, at, case, grids, person, standard_schema
from tests.registers import checked, read, snapshot, usual_hours

TESTS = [*Path(__file__).parent.glob("test_valid*"), Path(__file__).with_name("test_ways.py")]
SEVERITIES = ["error", "warning", "info"]


def sample(cases: int) -> dict[str, Any]:
    """The tabs of the sample register, mistakes and all."""
    schema = standard_schema()
    rows = sample_rows(schema, cases=cases, seed=1, now=NOW, calendar=usual_hours().calendar)
    return {
        tab.title: [[column.header for column in tab.columns], *rows[tab.title]]
        for tab in schema.tabs.all()
    }


def test_every_rule_has_its_words_and_all_words_have_their_rule() -> None:
    names = [rule.__name__ for rule in RULES]
    assert sorted(names) == sorted(standard_schema().findings)
    assert all(rule.__doc__ for rule in RULES)


def test_every_rule_has_a_test() -> None:
    tests = "".join(file.read_text("utf-8") for file in TESTS)
    assert [rule.__name__ for rule in RULES if f'"{rule.__name__}"' not in tests] == []


def test_a_sound_register_gives_no_finding() -> None:
    stamps = {f"step_{step}": at(f"23/11 08.{step * 5:02d}") for step in range(1, 8)}
    rows = [
        case(**stamps, Keputusan="Dikabulkan", Kontak="0812-3456-7890"),
        case("0002/INF/XI/2026", Jenis="Permintaan Informasi", **{"Disposisi Kepada": "Tari"}),
    ]
    assert checked(grids(rows)) == ()


def test_the_sample_register_gives_just_the_findings_that_it_means_to_show() -> None:
    """Its mistakes, one a row, and the gaps that they leave in the numbers."""
    findings = checked(sample(1_000))
    assert {finding.rule for finding in findings} == {
        "disposition_unknown", "unreadable", "number_doubled", "stamp_in_future", "number_missing",
        "identity_number", "stamp_before_predecessor", "unknown_choice", "stamped_afterwards",
        "entered_twice", "contact_malformed", "step_skipped", "number_gap",
    }  # fmt: skip
    assert len(findings) == 15


def test_the_most_serious_come_first_then_by_place() -> None:
    findings = checked(sample(200))
    titles = [tab.title for tab in standard_schema().tabs.all()]
    places = [(SEVERITIES.index(f.severity), titles.index(f.tab), f.row) for f in findings]
    assert places == sorted(places)


def test_braces_in_a_cell_mean_nothing() -> None:
    row = case(**{"Disposisi Kepada": "{tab} {nothing}"})
    left = person("{tab} {nothing}", "Ketua Tim", Aktif="Tidak")
    messages = {finding.rule: finding.message for finding in checked(grids([row], [*STAFF, left]))}
    assert messages["disposition_inactive"].startswith("{tab} {nothing} pada")


def test_a_long_cell_is_cut_and_a_line_break_in_it_is_a_blank() -> None:
    long = "Satu\n\x07" + "dua " * 8_000
    staff = [*STAFF, person("S", "Ketua Tim", Aktif="Tidak") | {"Nama": long}]
    row = case(**{"Disposisi Kepada": long})
    (name,) = (finding.message for finding in checked(grids([row], staff)))
    assert name.startswith("Satu dua") and len(name) < 120


def test_a_rule_that_an_office_leaves_out_of_its_wording_is_not_checked() -> None:
    documents = {
        name: tomllib.loads((ROOT / "sheets_schema" / f"{name}.toml").read_text("utf-8"))
        for name in DOCUMENTS
    }
    del documents["findings"]["number_malformed"]
    schema: Schema = parse_schema(documents)
    seen = snapshot(read(grids([case("42")])))
    assert check(replace(seen, schema=schema)) == ()


def test_an_empty_workbook_gives_findings_about_its_tabs_only() -> None:
    assert {finding.row for finding in checked({})} == {0}
    blank: dict[str, Any] = {tab.title: [] for tab in standard_schema().tabs.all()}
    assert {finding.rule for finding in checked(blank)} >= {"header_missing"}


PERSONAL = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=6, max_size=30).filter(
    lambda text: len(re.sub(r"\W", "", text)) > 5
)


@given(applicant=PERSONAL, contact=PERSONAL, subject=PERSONAL)
@settings(max_examples=40, deadline=None)
def test_nothing_of_the_applicant_is_ever_repeated(
    applicant: str, contact: str, subject: str
) -> None:
    """In two rows with every kind of trouble beside it."""
    row = case("42", step_1="?", step_3=at("23/11 07.00"), Saluran="?", Kontak=f"Q{contact}Q")
    row |= {"Nama Pemohon": f"Q{applicant}Q", "Perihal": f"Q{subject}Q", "Disposisi Kepada": "X"}
    findings = checked(grids([row, row]))
    assert len(findings) > 8
    told = unspaced(" ".join(finding.message + finding.suggestion for finding in findings))
    assert not any(f"Q{unspaced(text)}Q" in told for text in (applicant, contact, subject))


def unspaced(text: str) -> str:
    """Without blanks, which whoever repeats a text may tidy."""
    return re.sub(r"\s", "", text)


ANYTHING = st.one_of(
    st.none(), st.text(max_size=20), st.floats(), st.integers(), st.booleans(), st.datetimes(),
    st.dates(), st.times(),
    st.sampled_from([
        "Adi", "Aduan", "Ya", "Tidak", "Dicabut", "0001/ADU/XI/2026", "{tab}", "23/11/2026 08.15",
        "Ketua Tim", "08.00", datetime(2026, 11, 23, 8), datetime(2026, 11, 20), 0.5, 46000.25,
    ]),
)  # fmt: skip


@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_no_cell_can_break_a_check(data: st.DataObject) -> None:
    tabs: dict[str, Any] = {}
    for tab in standard_schema().tabs.all():
        headers = [column.header for column in tab.columns]
        shown = data.draw(st.permutations(headers)) if data.draw(st.booleans()) else headers[:-1]
        rows = st.lists(st.lists(ANYTHING, max_size=len(headers)), max_size=5)
        tabs[tab.title] = [shown, *data.draw(rows)]
    for finding in checked(tabs):
        assert finding.message and finding.suggestion and finding.severity in SEVERITIES
