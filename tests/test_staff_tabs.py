"""The staff's tabs as they are drawn, from the schema of the office."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from automation.core.drawing import Area, Choice, Column, Moment, Sheet, Table, Value
from automation.core.schema import DOCUMENTS, Schema, parse_schema
from automation.core.staff_tabs import ROOM, staff_sheets
from automation.workbooks.excel_writer import write_workbook

FACTS = Path(__file__).parent.parent / "sheets_schema"


@pytest.fixture(scope="module")
def schema() -> Schema:
    facts = {
        name: tomllib.loads((FACTS / f"{name}.toml").read_text(encoding="utf-8"))
        for name in DOCUMENTS
        if name != "findings"
    }
    return parse_schema({**facts, "findings": {}})


@pytest.fixture(scope="module")
def sheets(schema: Schema) -> dict[str, Sheet]:
    return {sheet.title: sheet for sheet in staff_sheets(schema)}


def place(sheet: Sheet, header: str) -> int:
    return [column.header for column in sheet.tables[0].columns].index(header)


def test_every_tab_and_column_of_the_schema_is_drawn(
    schema: Schema, sheets: dict[str, Sheet]
) -> None:
    assert list(sheets) == [tab.title for tab in schema.tabs.all()]
    for tab in schema.tabs.all():
        columns = sheets[tab.title].tables[0].columns
        assert [(c.header, c.width, c.note) for c in columns] == [
            (c.header, c.width, c.note) for c in tab.columns
        ]


def test_the_headers_stay_in_sight(sheets: dict[str, Sheet]) -> None:
    frozen = {title: (s.frozen_rows, s.frozen_columns) for title, s in sheets.items()}
    assert frozen == {"Register": (1, 1), "Petugas": (1, 0), "Libur": (1, 0), "Jeda": (1, 0)}


@pytest.mark.parametrize(
    ("header", "look"),
    [
        ("No. Register", "plain"),
        ("Kontak", "plain"),
        ("Diterima", "datetime"),
        ("1. Unduh", "datetime"),
        ("Saluran", "text"),
    ],
)
def test_columns_look_like_what_they_hold(sheets: dict[str, Sheet], header: str, look: str) -> None:
    register = sheets["Register"]
    assert register.tables[0].columns[place(register, header)].look == look


def test_the_closures_take_dates_and_times(sheets: dict[str, Sheet]) -> None:
    kinds = [(moment.area.left, moment.kind) for moment in sheets["Libur"].moments]
    assert kinds == [(0, "date"), (1, "date"), (3, "time"), (4, "time"), (5, "time"), (6, "time")]


def test_words_of_the_sop_are_a_strict_list(sheets: dict[str, Sheet]) -> None:
    register = sheets["Register"]
    choices = {choice.area.left: choice for choice in register.choices}
    decision = choices[place(register, "Keputusan")]
    assert tuple(decision.words) == ("Dikabulkan", "Ditolak", "Dicabut")
    assert decision.strict
    assert decision.area == Area(1, decision.area.left, ROOM, decision.area.left)


def test_names_come_from_the_tab_of_staff_and_are_not_forced(sheets: dict[str, Sheet]) -> None:
    register = sheets["Register"]
    choices = {choice.area.left: choice for choice in register.choices}
    names = choices[place(register, "Disposisi Kepada")]
    assert (names.source, names.strict) == (f"Petugas!$A$2:$A${ROOM + 1}", False)


def test_rows_stand_in_the_tables_and_room_is_left_below(schema: Schema) -> None:
    received = datetime(2026, 11, 23, 8, 15)
    rows: dict[str, Sequence[Sequence[Value]]] = {
        "Register": [["0001/ADU/XI/2026", received], ["0002/ADU/XI/2026"]]
    }
    register = staff_sheets(schema, rows)[0]
    first, second, *others = register.tables[0].columns
    assert list(first.values) == ["0001/ADU/XI/2026", "0002/ADU/XI/2026"]
    assert list(second.values) == [received, None]
    assert all(list(column.values) == [None, None] for column in others)
    assert register.choices[0].area.bottom == 2 + ROOM


def test_the_steps_have_colours_for_next_skipped_and_backwards(
    schema: Schema, sheets: dict[str, Sheet]
) -> None:
    looks = [condition.look for condition in sheets["Register"].conditions]
    steps = len(schema.sop.steps)
    assert (looks.count("bad"), looks.count("warn"), looks.count("next")) == (
        steps,
        steps - 1,
        steps,
    )


def test_only_the_register_has_colours(sheets: dict[str, Sheet]) -> None:
    assert not any(sheets[title].conditions for title in ("Petugas", "Libur", "Jeda"))


def test_cells_take_words_and_moments(tmp_path: Path) -> None:
    area = Area(1, 0, 3000, 0)
    drawn = Sheet(
        "A",
        [Table([Column("K", [])])],
        choices=[
            Choice(area, ("Ya", "Tidak"), strict=True, hint="h" * 300),
            Choice(replace(area, left=1, right=1), source="Petugas!$A$2:$A$99"),
            Choice(replace(area, left=2, right=2), ("panjang " * 20, "sekali " * 20)),
        ],
        moments=[Moment(replace(area, left=3, right=3), "datetime", "Isi tanggal.")],
    )
    write_workbook(tmp_path / "book.xlsx", [drawn], datetime(2026, 11, 23))
    page = openpyxl.load_workbook(tmp_path / "book.xlsx")["A"]
    words, names, long, moment = page.data_validations.dataValidation
    assert (words.formula1, words.errorStyle, len(words.prompt)) == ('"Ya,Tidak"', None, 255)
    assert names.errorStyle == "warning"
    assert names.formula1.startswith("Petugas!$A$2:INDEX(Petugas!$A$2:$A$99,")
    assert long.type is None or long.type == "none"
    assert (moment.type, moment.errorStyle) == ("date", "information")
    assert (moment.prompt, str(moment.sqref)) == ("Isi tanggal.", "D2:D3001")


def test_the_drawn_tabs_make_a_workbook(tmp_path: Path, schema: Schema) -> None:
    write_workbook(tmp_path / "book.xlsx", staff_sheets(schema), datetime(2026, 11, 23))
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert book.sheetnames == [tab.title for tab in schema.tabs.all()]
    assert book["Register"].freeze_panes == "B2"
    assert "Mutu baku: 15 menit" in book["Register"]["I1"].comment.text
    assert len(book["Register"].conditional_formatting) == len(schema.sop.steps)
