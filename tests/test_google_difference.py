"""What is sent of a program tab that differs from what stands there."""

from typing import Any

import pytest

from automation.core.drawing import Column, Sheet, Table
from automation.workbooks.google.program_tabs.difference import cell_requests
from automation.workbooks.google.program_tabs.page import Page, page


def drawn(*columns: list[str]) -> Page:
    return page(Sheet("Temuan", [Table([Column("Judul", values) for values in columns])]), {})


def sizes(requests: list[dict[str, Any]]) -> list[int]:
    """Cells of each request."""
    return [
        sum(len(row.get("values", [])) for row in request["updateCells"]["rows"])
        for request in requests
    ]


@pytest.mark.parametrize(
    ("columns", "rows", "expected"),
    [
        # The header goes apart, with a cell more that nobody sees.
        (1, 500, [2, 500]),
        (1, 501, [2, 500, 1]),
        (2, 250, [3, 500]),
        (2, 251, [3, 500, 2]),
        (3, 400, [4, 498, 498, 204]),
    ],
)
def test_requests_are_of_a_size_that_calls_can_share(
    columns: int, rows: int, expected: list[int]
) -> None:
    whole = drawn(*([[f"baris {row}" for row in range(rows)]] * columns))
    assert sizes(cell_requests(whole, [])) == expected
