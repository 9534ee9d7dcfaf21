"""Requests about groups of rows or columns.

Sources: the description of AddDimensionGroupRequest and DeleteDimensionGroupRequest (a group is
where rows lie at least so deep), and gspread's recorded answers (WorksheetTest.test_group_rows).
"""

from itertools import pairwise
from typing import Any

from tests.sheets_emulator.batch.dimensions import length, span
from tests.sheets_emulator.batch.grid import AXIS
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.errors import Refused
from tests.sheets_emulator.model import Sheet

Json = dict[str, Any]

HELD = {"ROWS": "row_groups", "COLUMNS": "column_groups"}


def add(call: Call, request: Json) -> Json:
    """addDimensionGroup: its rows or columns lie one deeper; the toggle is shown behind them."""
    sheet, dimension, start, end = span(call, request.get("range", {}))
    depths = depths_of(sheet, dimension)
    depths[start:end] = [depth + 1 for depth in depths[start:end]]
    regroup(sheet, dimension, depths)
    control = f"{AXIS[dimension].lower()}GroupControlAfter"
    grid = {control: True, **sheet.grid}
    sheet.properties = {**sheet.properties, "gridProperties": grid}
    return {"dimensionGroups": getattr(sheet, HELD[dimension])}


def delete(call: Call, request: Json) -> Json:
    """deleteDimensionGroup: its rows or columns lie one less deep."""
    sheet, dimension, start, end = span(call, request.get("range", {}))
    depths = depths_of(sheet, dimension)
    if not any(depths[start:end]):
        raise Refused(f"No dimension group over {dimension} {start} to {end}.")
    depths[start:end] = [max(depth - 1, 0) for depth in depths[start:end]]
    regroup(sheet, dimension, depths)
    return {"dimensionGroups": getattr(sheet, HELD[dimension])}


def depths_of(sheet: Sheet, dimension: str) -> list[int]:
    """How many groups each row or column lies in."""
    depths = [0] * length(sheet, dimension)
    for group in getattr(sheet, HELD[dimension]):
        start, end = group["range"]["startIndex"], group["range"]["endIndex"]
        depths[start:end] = [depth + 1 for depth in depths[start:end]]
    return depths


def regroup(sheet: Sheet, dimension: str, depths: list[int]) -> None:
    """Keeps the groups that the depths amount to."""
    found = []
    for level in range(1, max(depths) + 1):
        deep = [False, *(depth >= level for depth in depths), False]
        edges = [index for index, (a, b) in enumerate(pairwise(deep)) if a != b]
        found += [(*edge, level) for edge in zip(edges[::2], edges[1::2], strict=True)]
    setattr(
        sheet,
        HELD[dimension],
        [
            {
                "range": {
                    "sheetId": sheet.id,
                    "dimension": dimension,
                    "startIndex": start,
                    "endIndex": end,
                },
                "depth": level,
            }
            for start, end, level in sorted(found, key=lambda each: (each[0], each[2]))
        ],
    )


HANDLERS = {
    "addDimensionGroup": add,
    "deleteDimensionGroup": delete,
}
