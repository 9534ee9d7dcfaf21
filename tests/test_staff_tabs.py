"""The tabs that staff fill in, drawn from the schema."""

import re
from collections.abc import Mapping
from datetime import datetime
from types import SimpleNamespace

import pytest

from automation.core.drawing import Condition, Sheet, Value, column_letter
from automation.core.schema import Schema
from automation.core.tabs.staff import ROOM, staff_sheets
from automation.settings import Settings, load_schema

SCHEMA = load_schema(Settings())
HOLDS = {"bad": "out of order", "warn": "skipped", "turn": "next"}


def at(text: str) -> datetime:
    """ "23/11 08.15" of 2026."""
    return datetime.strptime(f"2026 {text}", "%Y %d/%m %H.%M")


class Cell:
    """A cell as a spreadsheet's formula sees it."""

    def __init__(self, value: Value) -> None:
        self.value = value

    def __add__(self, other: "Cell") -> "Cell":
        return Cell("".join("" if c.value is None else str(c.value) for c in (self, other)))


FUNCTIONS = {
    "AND": lambda *terms: all(terms),
    "N": lambda cell: cell.value.timestamp() if isinstance(cell.value, datetime) else 0,
    "TRIM": lambda cell: (cell + Cell("")).value.strip(),
    "MAX": lambda *numbers: max(numbers),
}


def holds(condition: Condition, row: Mapping[str, Value]) -> bool:
    """Whether the condition's formula holds for its first row, given by column letter."""
    formula = condition.formula.replace("<>", "!=").replace('=""', '==""').replace("!==", "!=")
    formula = re.sub(r"\$([A-Z]+)2", r"cells.\1", formula).replace("&", "+")
    letters = map(column_letter, range(30))
    cells = SimpleNamespace(**{letter: Cell(row.get(letter)) for letter in letters})
    return bool(eval(formula, {**FUNCTIONS, "cells": cells}))


def colours(schema: Schema, **filled: Value) -> dict[str, str]:
    """What the Register shows for a row, by column key: the first condition that holds."""
    sheet, columns = staff_sheets(schema)[0], schema.tabs.cases.columns
    letter = {column.key: column_letter(place) for place, column in enumerate(columns)}
    row = {letter[key]: value for key, value in filled.items()}
    shown: dict[str, str] = {}
    for condition in sheet.conditions:
        if holds(condition, row):
            shown.setdefault(columns[condition.area.left].key, HOLDS[condition.look])
    return shown


def sheet(title: str) -> Sheet:
    return next(sheet for sheet in staff_sheets(SCHEMA) if sheet.title == title)


@pytest.mark.parametrize(
    ("filled", "shown"),
    [
        ({}, {}),
        ({"number": "0001/ADU/XI/2026"}, {"step_1": "next"}),
        ({"received": "23 Nov 2026"}, {"step_1": "next"}),
        ({"step_1": at("23/11 08.15")}, {"step_2": "next"}),
        ({"step_1": "23/11/2026 08.15"}, {"step_2": "next"}),
        ({"step_1": at("23/11 08.15"), "step_2": " "}, {"step_2": "next"}),
        ({"step_1": at("23/11 08.15"), "decision": "Ditolak"}, {"step_2": "next"}),
        ({"step_1": at("23/11 08.15"), "decision": "Dicabut"}, {}),
        ({"step_7": at("23/11 08.15")}, {f"step_{n}": "skipped" for n in range(1, 7)}),
        (
            {"step_1": at("23/11 08.15"), "step_3": at("23/11 08.30")},
            {"step_2": "skipped", "step_4": "next"},
        ),
        (
            {"received": at("23/11 08.00"), "step_1": at("23/11 07.45")},
            {"step_1": "out of order", "step_2": "next"},
        ),
        (
            {"step_1": at("23/11 09.00"), "step_2": "teks", "step_3": at("23/11 08.00")},
            {"step_3": "out of order", "step_4": "next"},
        ),
        ({"received": at("23/11 08.00"), "step_1": at("23/11 08.00")}, {"step_2": "next"}),
        ({f"step_{n}": at(f"23/11 08.0{n}") for n in range(1, 8)}, {}),
    ],
)
def test_colours_tell_the_next_step_and_what_is_wrong(
    filled: dict[str, Value], shown: dict[str, str]
) -> None:
    assert colours(SCHEMA, **filled) == shown


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_colours_drop_downs_and_hints_are_on_every_row_below_the_headers(rows: int) -> None:
    register, *_ = staff_sheets(
        SCHEMA, {"Register": [[f"000{row}/ADU/XI/2026"] for row in range(rows)]}
    )
    ruled = [*register.conditions, *register.choices, *register.moments]
    assert {(each.area.top, each.area.bottom) for each in ruled} == {(1, rows + ROOM)}
    steps = [SCHEMA.tabs.cases.columns[each.area.left].key for each in register.conditions]
    assert {*steps} == {f"step_{number}" for number in range(1, 8)}
    assert all(each.area.left == each.area.right for each in ruled)


def test_formulas_follow_the_columns_of_the_schema() -> None:
    """The same schema with the Register's columns turned round."""
    schema, cases = SCHEMA, SCHEMA.tabs.cases
    turned = cases.model_copy(update={"columns": cases.columns[::-1]})
    other = schema.model_copy(update={"tabs": schema.tabs.model_copy(update={"cases": turned})})
    assert colours(other, step_1=at("23/11 08.15"), step_3=at("23/11 08.00")) == {
        "step_2": "skipped",
        "step_3": "out of order",
        "step_4": "next",
    }


def test_a_closing_decision_with_quotes_or_commas_stays_one_text_in_the_formula() -> None:
    schema = SCHEMA
    closing = schema.sop.decisions[-1].model_copy(update={"name": 'Dicabut, "batal"'})
    sop = schema.sop.model_copy(update={"decisions": (closing,)})
    formulas = [
        each.formula for each in staff_sheets(schema.model_copy(update={"sop": sop}))[0].conditions
    ]
    assert any('<>"Dicabut"&CHAR(44)&" ""batal"""' in formula for formula in formulas)


def test_every_column_of_the_schema_is_a_header_with_its_note() -> None:
    for drawn, tab in zip(staff_sheets(SCHEMA), SCHEMA.tabs.all(), strict=True):
        columns = drawn.tables[0].columns
        assert [column.header for column in columns] == [column.header for column in tab.columns]
        assert all(
            field.note in column.note for column, field in zip(columns, tab.columns, strict=True)
        )


def test_the_header_stays_in_sight_and_in_the_register_the_number_too() -> None:
    frozen = {s.title: (s.frozen_rows, s.frozen_columns) for s in staff_sheets(SCHEMA)}
    assert frozen == {"Register": (1, 1), "Petugas": (1, 0), "Libur": (1, 0), "Jeda": (1, 0)}


def test_drop_downs_offer_the_words_of_the_sop_and_warn_of_others() -> None:
    schema = SCHEMA
    words = {choice.area.left: choice for choice in sheet("Register").choices}
    channel = [column.key for column in schema.tabs.cases.columns].index("channel")
    assert words[channel].words == schema.sop.channels
    assert all(
        choice.hint and choice.area.bottom == ROOM
        for drawn in staff_sheets(schema)
        for choice in drawn.choices
    )


def test_names_are_offered_from_the_tab_of_staff() -> None:
    assert {c.source for c in sheet("Register").choices if not c.words} == {
        "'Petugas'!$A$2:$A$3001"
    }
    assert {c.source for c in sheet("Petugas").choices if not c.words} == {"'Petugas'!$A$2:$A$3001"}


def test_dates_and_times_are_hinted_at_and_telephone_numbers_are_text() -> None:
    register, closures = sheet("Register"), sheet("Libur")
    assert len(register.moments) == 1 + len(SCHEMA.sop.steps)
    assert [moment.kind for moment in closures.moments] == ["date", "date", *["time"] * 4]
    assert all(moment.hint for moment in (*register.moments, *closures.moments))
    looks = {column.header: column.look for column in register.tables[0].columns}
    assert (looks["Kontak"], looks["Perihal"], looks["Diterima"]) == (
        "plain",
        "plain_wrap",
        "datetime",
    )


def test_given_rows_stand_in_the_tab_and_the_room_is_below_them() -> None:
    rows = [["0001/ADU/XI/2026", at("23/11 08.00"), "Surat"], ["0002/ADU/XI/2026", "kemarin"]]
    register = staff_sheets(SCHEMA, {"Register": rows})[0]
    columns = register.tables[0].columns
    assert [list(column.values) for column in columns[:3]] == [
        ["0001/ADU/XI/2026", "0002/ADU/XI/2026"],
        [at("23/11 08.00"), "kemarin"],
        ["Surat", None],
    ]
    assert register.room == ROOM
    assert {condition.area.bottom for condition in register.conditions} == {ROOM + 2}
