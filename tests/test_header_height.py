"""A header is shown whole beside its filter button, in either kind of workbook."""

from pathlib import Path

import openpyxl
import pytest

from automation.core.drawing import Column, Sheet, Table
from automation.workbooks.excel.writer import write_workbook
from automation.workbooks.google.drawing.heights import row_heights
from tests.offices import NOW


@pytest.mark.parametrize(
    ("header", "points"),
    [("No.", 30), ("Langkah", 30), ("Langkah Ini", 45), ("Langkah Saat Ini Juga", 75)],
)
def test_a_header_has_a_line_for_each_of_its_own_and_one_to_spare(
    tmp_path: Path, header: str, points: int
) -> None:
    """10 characters, of which the button hides 3: "Langkah" fits, "Saat Ini" does not. The table
    stands in column C; column A is wide, and nothing of it counts."""
    drawn = Sheet("Ringkasan", [Table([Column(header, ["x"])], 1, 2)], widths={0: 99, 2: 10})
    assert row_heights(drawn) == {1: points * 4 // 3}
    write_workbook(tmp_path / "drawn.xlsx", [drawn], NOW)
    rows = openpyxl.load_workbook(tmp_path / "drawn.xlsx")["Ringkasan"].row_dimensions
    assert rows[2].height == points
