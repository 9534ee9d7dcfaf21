"""CSV for spreadsheets set to Indonesia: numbers stay numbers, and no text becomes a formula."""

import csv
import io
from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from automation.core.drawing import Column, Formula, Table, Value
from automation.core.tabs.separated import separated


def written(*values: Value, look: str = "text") -> list[str]:
    """The lines below the header."""
    content = separated(Table([Column("Kolom", values, look)]))
    return content.decode("utf-8").removeprefix('\ufeff"Kolom"\r\n').split("\r\n")[:-1]


def test_a_table_is_headers_and_rows_with_semicolons_in_utf_8_with_its_mark() -> None:
    table = Table(
        [
            Column("No.", ["A", "B"], "plain"),
            Column("Menit", [1.5, None], "minutes"),
            Column("Hari", [datetime(2026, 4, 3), None], "date"),
            Column("Ingatan", ["x", "y"], hidden=True),
        ]
    )
    assert separated(table) == (
        b"\xef\xbb\xbf"
        b'"No.";"Menit";"Hari"\r\n'
        b'"A";1,5;2026-04-03\r\n'
        b'"B";;\r\n'
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (-5, "-5"),
        (-0.5, "-0,5"),
        (1234567, "1234567"),
        (True, "Ya"),
        (None, ""),
        (datetime(2026, 11, 23, 8, 15), "2026-11-23 08:15"),
        (datetime(2026, 11, 23, 8, 15, 7), "2026-11-23 08:15:07"),
        (Formula("A1", -3), "-3"),
        ("biasa", '"biasa"'),
        ("-5", '"\'-5"'),  # text: a person typed it where no number belongs
        ("=1+1", '"\'=1+1"'),
        ("+62812", '"\'+62812"'),
        ("@SUM(A1)", '"\'@SUM(A1)"'),
        ("\t=1", '"\' =1"'),
        ("\r=1", '"\' =1"'),
        ("  =1", '"\'  =1"'),
        ("＝1+1", '"\'＝1+1"'),  # noqa: RUF001
        ("a\n=1", '"a =1"'),
        ("a;b, =1", '"a;b,\' =1"'),  # where a comma separates, it begins a field
        ('"="', '"""="""'),
        ("\ud800", '"?"'),
    ],
)
def test_a_field_is_what_it_was_and_no_formula(value: Value, field: str) -> None:
    assert written(value) == [field]


@given(st.lists(st.text() | st.integers() | st.floats(-1e6, 1e6) | st.none(), max_size=4))
@settings(max_examples=60)
@example(["x,=1", "a\n=1", "\n", ';"=1'])
def test_whatever_stands_in_cells_no_field_is_a_formula_whichever_sign_separates(
    values: list[Value],
) -> None:
    content = separated(Table([Column("A", values), Column("B", values)])).decode("utf-8-sig")
    for separator in ";,":
        for row in csv.reader(io.StringIO(content, newline=""), delimiter=separator):
            for field in row:
                begins = field.strip()
                assert not begins.startswith(("=", "@", "+", "＝", "＋", "－", "＠")), field  # noqa: RUF001
                if begins.startswith("-"):
                    float(begins.partition(";")[0].replace(",", "."))
