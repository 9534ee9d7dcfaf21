"""Every column of `tabs.toml` is one that the program needs, or one that it works without."""

from pathlib import Path

import pytest

from automation.settings import SettingsError
from tests.schema_folders import Documents, load, standard_documents
from tests.whole_office import go_through

NEEDED = [
    ("cases", "number"), ("cases", "received"), ("cases", "steps"),
    ("staff", "name"), ("staff", "role"), ("staff", "email"), ("closures", "start"),
    ("pauses", "number"), ("pauses", "start"), ("pauses", "end"),
]  # fmt: skip
ASKED_BY_SOP = [("cases", "kind"), ("cases", "disposition"), ("cases", "decision")]
HALVES = [
    ("staff", "leave_start"), ("staff", "leave_end"), ("closures", "opens"),
    ("closures", "closes"), ("closures", "break_start"), ("closures", "break_end"),
]  # fmt: skip
FREE = [
    ("cases", "channel"), ("cases", "applicant"), ("cases", "contact"), ("cases", "subject"),
    ("cases", "remarks"), ("staff", "active"), ("staff", "substitute"), ("closures", "end"),
    ("closures", "remarks"), ("pauses", "reason"),
]  # fmt: skip


def without(*columns: tuple[str, str]) -> Documents:
    documents = standard_documents()
    for tab, key in columns:
        table = documents["tabs"][tab]
        table["columns"] = [each for each in table["columns"] if each["key"] != key]
    return documents


def without_what_asks_for_columns() -> Documents:
    documents = without(*ASKED_BY_SOP)
    for kind in documents["sop"]["kinds"]:
        del kind["deadlines"]
    for step in documents["sop"]["steps"]:
        step.pop("follows_disposition", None)
    del documents["sop"]["decisions"]
    return documents


def test_each_column_is_spoken_of_here() -> None:
    standard = [
        (tab, column["key"])
        for tab, table in standard_documents()["tabs"].items()
        for column in table["columns"]
    ]
    assert sorted(standard) == sorted([*NEEDED, *ASKED_BY_SOP, *HALVES, *FREE])


@pytest.mark.parametrize(("tab", "key"), [*NEEDED, *ASKED_BY_SOP, *HALVES])
def test_a_column_that_is_needed_is_asked_for(tmp_path: Path, tab: str, key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, without((tab, key)))
    assert f"tabs.toml, {tab}.columns: " in str(caught.value)
    assert ("step_1" if key == "steps" else key) in str(caught.value)


@pytest.mark.parametrize(("tab", "key"), FREE)
def test_any_other_column_can_be_left_out(tmp_path: Path, tab: str, key: str) -> None:
    outcome = go_through(tmp_path, load(tmp_path, without((tab, key))))
    assert outcome.complete
    assert outcome.delivery.sent > 0


@pytest.mark.parametrize(
    "pair",
    [
        [("staff", "leave_start"), ("staff", "leave_end")],
        [("closures", "break_start"), ("closures", "break_end")],
        HALVES[2:],
        FREE,
        [*FREE, *HALVES],
    ],
)
def test_columns_that_belong_together_can_be_left_out_together(
    tmp_path: Path, pair: list[tuple[str, str]]
) -> None:
    outcome = go_through(tmp_path, load(tmp_path, without(*pair)))
    assert outcome.complete
    assert outcome.delivery.sent > 0


def test_what_the_sop_does_not_ask_for_can_be_left_out(tmp_path: Path) -> None:
    outcome = go_through(tmp_path, load(tmp_path, without_what_asks_for_columns()))
    assert outcome.complete
    assert outcome.delivery.sent > 0


def test_an_office_may_add_a_column_of_its_own(tmp_path: Path) -> None:
    documents = standard_documents()
    own = {"key": "village", "header": "Desa", "type": "text", "required": True}
    documents["tabs"]["cases"]["columns"].append(own)
    outcome = go_through(tmp_path, load(tmp_path, documents))
    assert any(f.column == "Desa" and f.rule == "required" for f in outcome.plan.findings)
