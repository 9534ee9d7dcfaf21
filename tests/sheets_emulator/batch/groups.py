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
from tests.sheets_emulator.fields import for_writing, merge
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


def update(call: Call, request: Json) -> Json:
    """updateDimensionGroup: collapsing hides what is in the group, expanding shows it."""
    given = request.get("dimensionGroup", {})
    mask = for_writing(request.get("fields"), "DimensionGroup", "dimensionGroup")
    sheet, dimension, start, end = span(call, given.get("range", {}))
    groups = getattr(sheet, HELD[dimension])
    for index, group in enumerate(groups):
        if identity(group) == (start, end, given.get("depth", 0)):
            groups[index] = {**merge(group, given, mask), "range": group["range"]}
            hide(sheet, dimension, start, end, groups[index].get("collapsed", False))
            return {}
    raise Refused(f"No dimension group over {dimension} {start} to {end} at that depth.")


def hide(sheet: Sheet, dimension: str, start: int, end: int, hidden: bool) -> None:
    """Hides or shows rows or columns."""
    properties = sheet.row_properties if dimension == "ROWS" else sheet.column_properties
    for index in range(start, end):
        properties[index] = {**properties[index], "hiddenByUser": hidden}


def identity(group: Json) -> tuple[int, int, int]:
    """Where a group is and how deep."""
    return group["range"]["startIndex"], group["range"]["endIndex"], group["depth"]


def depths_of(sheet: Sheet, dimension: str) -> list[int]:
    """How many groups each row or column lies in."""
    depths = [0] * length(sheet, dimension)
    for group in getattr(sheet, HELD[dimension]):
        start, end, _ = identity(group)
        depths[start:end] = [depth + 1 for depth in depths[start:end]]
    return depths


def regroup(sheet: Sheet, dimension: str, depths: list[int]) -> None:
    """Keeps the groups that the depths amount to, collapsed if they were."""
    collapsed = {identity(each) for each in getattr(sheet, HELD[dimension]) if "collapsed" in each}
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
                **({"collapsed": True} if (start, end, level) in collapsed else {}),
            }
            for start, end, level in sorted(found, key=lambda each: (each[0], each[2]))
        ],
    )


HANDLERS = {
    "addDimensionGroup": add,
    "deleteDimensionGroup": delete,
    "updateDimensionGroup": update,
}
