"""Cells as an Excel workbook, each what it is and nothing around them: for the files."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from io import BytesIO
from itertools import zip_longest

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from automation.core.drawing import LOOKS, Value
from automation.core.office_time.dates import part_of_day
from automation.workbooks.excel.cells import Styles, write_values
from automation.workbooks.excel.writer import OPTIONS

Rows = Sequence[Sequence[Value | time]]

LONGEST_TITLE = 31  # characters that Excel lets a tab's title have
NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]|^'|'$")


def bare_bytes(tabs: Mapping[str, Rows], created: datetime) -> bytes:
    """The .xlsx of cells by tab; a cell may be text, number, truth, moment or time of day."""
    content = BytesIO()
    with Workbook(content, OPTIONS) as workbook:
        workbook.set_properties({"created": created})
        styles = Styles(workbook)
        for title, grid in zip(_titles(tabs), tabs.values(), strict=True):
            _write(workbook.add_worksheet(title), grid, styles)
    return content.getvalue()


def _write(worksheet: Worksheet, grid: Rows, styles: Styles) -> None:
    for place, column in enumerate(zip_longest(*grid)):
        values: list[Value] = [None if isinstance(cell, time) else cell for cell in column]
        write_values(worksheet, 0, place, values, LOOKS["text"], styles)
        for row, cell in enumerate(column):
            if isinstance(cell, time):
                worksheet.write_number(row, place, part_of_day(cell), styles.of(LOOKS["time"]))


def _titles(tabs: Iterable[str]) -> Iterator[str]:
    """Each as Excel takes it, and none twice."""
    taken: set[str] = {"history"}  # which Excel keeps for itself
    for title in tabs:
        short = NOT_IN_TITLE.sub("_", title)[:LONGEST_TITLE]
        number = 1
        while short.casefold() in taken:
            number += 1
            mark = f" ({number})"
            short = NOT_IN_TITLE.sub("_", title)[: LONGEST_TITLE - len(mark)] + mark
        taken.add(short.casefold())
        yield short
