"""Cells of a spreadsheet as they are put into the files: dates, times, and titles that Excel takes."""

from datetime import datetime, time
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from automation.workbooks.excel.bare import bare_bytes
from automation.workbooks.google.year_end.typed import _cell

NOW = datetime(2027, 1, 6, 10)


@pytest.mark.parametrize(
    ("number", "shown", "cell"),
    [
        (46349.34375, "23/11/2026 08.15", datetime(2026, 11, 23, 8, 15)),
        (46349.347222222219, "23/11/2026 08.20", datetime(2026, 11, 23, 8, 20)),
        (46349, "23/11/2026", datetime(2026, 11, 23)),
        (0.34375, "08.15", time(8, 15)),
        (0, "00.00", time(0)),
        (61, "01/03/1900", datetime(1900, 3, 1)),
        (1.5, "36.00.00", 1.5),  # a duration
        (-1, "29/12/1899", -1),
        (1 - 1e-13, "24.00", 1 - 1e-13),  # less than a day by nothing that a clock can show
        (3_000_000, "", 3_000_000),  # in no calendar
        (46349.5, 46349.5, 46349.5),
        (True, True, True),
        ("08.15", "08.15", "08.15"),
    ],
)
def test_a_number_is_a_date_where_its_format_says_so(number: Any, shown: Any, cell: Any) -> None:
    found = _cell(number, shown)
    assert (found, type(found)) == (cell, type(cell))


def test_every_tab_gets_a_title_that_excel_takes_and_no_other_has() -> None:
    long = "Catatan rapat koordinasi layanan "
    titles = ["A/B", "a:b", "History", "'kutip'", f"{long}satu", f"{long}dua"]
    content = bare_bytes({title: [[title]] for title in titles}, NOW)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.sheet_names == [
        *("A_B", "a_b (2)", "History (2)", "_kutip_"),
        *("Catatan rapat koordinasi layana", "Catatan rapat koordinasi la (2)"),
    ]
    cells = [book.get_sheet_by_name(name).to_python()[0][0] for name in book.sheet_names]
    assert cells == titles


def test_a_cell_is_what_it_was() -> None:
    """No text becomes a formula, and rows may be of different lengths."""
    rows = [["=1+1", 5, True], [], [None, datetime(2026, 11, 23, 8, 15), time(9, 15), "0812"]]
    book = CalamineWorkbook.from_filelike(BytesIO(bare_bytes({"Register": rows}, NOW)))
    found = book.get_sheet_by_name("Register").to_python()
    assert found[0] == ["=1+1", 5.0, True, ""]
    assert found[2] == ["", datetime(2026, 11, 23, 8, 15), time(9, 15), "0812"]
