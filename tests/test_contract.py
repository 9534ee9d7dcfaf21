"""Settings and facts changed at random: refused with sentences, or working. Never a fault."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from automation.settings import Settings, SettingsError, load_settings
from tests.offices import standard_schema
from tests.schema_folders import load, standard_documents
from tests.toml_text import toml
from tests.whole_office import go_through

WRITTEN = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
CLEVER = st.sampled_from([
    "", " ", "row", "step_1", "number", "name", "Register", "Ringkasan", "{tab}", "{x}", "{", "a/b",
    "'a'", '"', "(?i)x", r"(\d)\1", r"(?P<serial>\w*)", "(a+)+", "(", "XX", "US", "public", "text",
    "choice", "person", "date", "time", "until", "moment", "datetime", "staff", "kinds", "x" * 3000,
    "=1+1", "\r\nBcc: a@b.id", "Adi", "07.30-12.00", "00.00-24.00", "working", "at_once", "error",
    "Ketua Tim", "Arsip", "a@b.id", "C:\\Users", "/", "..", "Asia", "Asia/Jakarta", "smtp", "none",
])  # fmt: skip
NUMBERS = st.one_of(
    st.integers(-3, 100), st.sampled_from([10**4, 10**9, 2**63, 10**30, -(10**30)]), st.floats()
)
SINGLE = st.one_of(WRITTEN, CLEVER, NUMBERS, st.booleans(), st.dates(date(1, 1, 1)))
VALUES = st.one_of(
    SINGLE, st.lists(SINGLE, max_size=3), st.dictionaries(WRITTEN, SINGLE, max_size=2)
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """(table or list, key) of everything in a document, at any depth."""
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    found = [(value, key) for key in keys]
    for key in keys:
        if isinstance(value[key], dict | list):
            found += places(value[key])
    return found


def change(data: st.DataObject, document: dict[str, Any]) -> None:
    """One thing dropped, doubled, renamed, exchanged with another, or given another value."""
    found = places(document)
    if not found:
        return
    table, key = data.draw(st.sampled_from(found))
    kind = data.draw(st.sampled_from(["drop", "double", "rename", "exchange", "value", "value"]))
    if kind == "drop":
        del table[key]
    elif kind == "double" and isinstance(table, list):
        table.append(table[key])
    elif kind == "rename" and isinstance(table, dict):
        table[data.draw(WRITTEN | CLEVER)] = table.pop(key)
    elif kind == "exchange":
        other, at = data.draw(st.sampled_from(found))
        if not isinstance(other[at], dict | list) and not isinstance(table[key], dict | list):
            table[key], other[at] = other[at], table[key]
    else:
        table[key] = data.draw(VALUES)


def assert_sentences(error: SettingsError) -> None:
    lines = str(error).splitlines()
    assert lines and all(line.endswith((".", "?")) and ": " in line for line in lines), lines


@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_facts_changed_at_random_are_refused_in_sentences_or_work(data: st.DataObject) -> None:
    documents = standard_documents()
    for _ in range(data.draw(st.integers(1, 3))):
        change(data, documents[data.draw(st.sampled_from(sorted(documents)))])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            schema = load(folder, documents)
        except SettingsError as error:
            assert_sentences(error)
            return
        assert go_through(folder, schema).published.complete


def written_settings() -> dict[str, Any]:
    """Every setting with its default, and those that are left out where they are not needed."""
    written: dict[str, Any] = {}
    for section, model in Settings():
        values = model.model_dump(mode="json", by_alias=True, exclude_none=True)
        written[section] = values | (
            {"oauth2_file": "o", "ca_file": "c"} if section == "mail" else {}
        )
    return written


@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_settings_changed_at_random_are_refused_in_sentences_or_work(data: st.DataObject) -> None:
    """A way out that needs a network is only loaded; what is written stays below the folder."""
    written = written_settings()
    for _ in range(data.draw(st.integers(1, 3))):
        change(data, written)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "s.toml").write_text(toml(written), encoding="utf-8")
        try:
            loaded = load_settings(folder / "s.toml")
        except SettingsError as error:
            assert_sentences(error)
            return
        paths = {"office": ["state"], "workbook": ["register_file", "summary"], "mail": ["folder"]}
        inside = all(
            (folder / getattr(getattr(loaded, section), each)).resolve().is_relative_to(folder)
            for section, names in paths.items()
            for each in names
        )
        if inside and (loaded.workbook.kind, loaded.mail.kind) == ("excel", "folder"):
            assert loaded.zone
            go_through(folder, standard_schema(), loaded)
