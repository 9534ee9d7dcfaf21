"""Requests that move cells about: copy, cut, insert and delete cells, merge."""

from typing import Any

from tests.sheets_emulator.batch.cells import places
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.effective import scalar
from tests.sheets_emulator.errors import Refused, unimplemented
from tests.sheets_emulator.formula_values import Value
from tests.sheets_emulator.geometry import Rect
from tests.sheets_emulator.model import Sheet
from tests.sheets_emulator.references import relocated

Json = dict[str, Any]

PASTED_PARTLY = "You can't perform a paste that partially intersects a merge."
ACROSS_FILTER = "You can't merge cells that cross the borders of an existing filter."
DOWN_FILTER = "You can't vertically merge cells that intersect an existing filter."
MERGED_PARTLY = "You must select all cells in a merged range to merge or unmerge them."

# pasteType -> the fields of the cell that are pasted
PASTED = {
    "PASTE_NORMAL": None,  # all
    "PASTE_VALUES": {"userEnteredValue"},
    "PASTE_FORMULA": {"userEnteredValue"},
    "PASTE_FORMAT": {"userEnteredFormat"},
    "PASTE_NO_BORDERS": None,
    "PASTE_DATA_VALIDATION": {"dataValidation"},
}


def merge_cells(call: Call, request: Json) -> Json:
    """mergeCells: the upper left cell's content stays, the others lose theirs."""
    sheet, rect = call.area(request.get("range"))
    drop_merges(sheet, rect)
    for block in blocks(rect, request.get("mergeType", "MERGE_ALL")):
        if block.height * block.width > 1:
            check_borders(sheet, block)
            keep_first(sheet, block)
            sheet.merges.append(block.grid_range(sheet.id))
    return {}


def check_borders(sheet: Sheet, block: Rect) -> None:
    """Refuses one cell on both sides of what is frozen, or of a filter's border."""
    for name, start, end in (
        ("row", block.top, block.bottom),
        ("column", block.left, block.right),
    ):
        if start < sheet.grid.get(f"frozen{name.title()}Count", 0) < end:
            raise Refused(f"You can't merge frozen and non-frozen {name}s.")
    filtered = sheet.basic_filter and sheet.rect(sheet.basic_filter["range"])
    if filtered and block.meets(filtered):
        if not filtered.holds(block):
            raise Refused(ACROSS_FILTER)
        if block.height > 1:
            raise Refused(DOWN_FILTER)


def blocks(rect: Rect, merge_type: str) -> list[Rect]:
    """The rectangles that become one cell each."""
    if merge_type == "MERGE_ROWS":
        return [Rect(row, rect.left, row + 1, rect.right) for row in range(rect.top, rect.bottom)]
    if merge_type == "MERGE_COLUMNS":
        return [
            Rect(rect.top, column, rect.bottom, column + 1)
            for column in range(rect.left, rect.right)
        ]
    return [rect]


def keep_first(sheet: Sheet, block: Rect) -> None:
    """Moves the first value of a block to its corner and blanks the rest."""
    first = next((c for _, _, c in sheet.filled(block) if "userEnteredValue" in c), {})
    for row, column in places(block):
        cell = {k: v for k, v in sheet.cell(row, column).items() if k != "userEnteredValue"}
        if (row, column) == (block.top, block.left) and first:
            cell = {**cell, "userEnteredValue": first["userEnteredValue"]}
        sheet.put(row, column, cell)


def unmerge_cells(call: Call, request: Json) -> Json:
    """unmergeCells"""
    sheet, rect = call.area(request.get("range"))
    drop_merges(sheet, rect)
    return {}


def drop_merges(sheet: Sheet, rect: Rect, refusal: str = MERGED_PARTLY) -> None:
    """Takes away the merges in a rectangle; refuses to cut one."""
    for merge in sheet.merges:
        if rect.meets(sheet.rect(merge)) and not rect.holds(sheet.rect(merge)):
            raise Refused(refusal)
    sheet.merges = [merge for merge in sheet.merges if not rect.meets(sheet.rect(merge))]


def copy_paste(call: Call, request: Json) -> Json:
    """copyPaste: the source repeated as often as it fits the destination, at least once."""
    origin, source = call.area(request.get("source"), writing=False)
    paste_type = request.get("pasteType", "PASTE_NORMAL")
    if paste_type not in PASTED:
        raise unimplemented(f"copyPaste with {paste_type}")
    turned = request.get("pasteOrientation") == "TRANSPOSE"
    height, width = (source.width, source.height) if turned else (source.height, source.width)
    sheet = call.book.sheet(request.get("destination", {}).get("sheetId", 0))
    asked = sheet.rect(request.get("destination", {}))
    rows, columns = times(asked.height, height), times(asked.width, width)
    rect = Rect(asked.top, asked.left, asked.top + rows * height, asked.left + columns * width)
    sheet.within_grid(rect)
    call.touch(sheet, rect)
    copied = {(r, c): origin.cell(r, c) for r, c in places(source)}
    if call.book.doubts.pasted_arrays == "values":
        for at, value in call.results().spilled(origin, source, outside=True).items():
            copied[at] = {**copied[at], "userEnteredValue": entered(value)}
    copy_merges(origin, source, sheet, rect, paste_type, turned)
    for row, column in places(rect):
        y, x = (row - rect.top) % height, (column - rect.left) % width
        at = (source.top + x, source.left + y) if turned else (source.top + y, source.left + x)
        values = paste_type == "PASTE_VALUES"
        cell = calculated(call, origin, at, copied[at]) if values else copied[at]
        cell = shifted(cell, row - at[0], column - at[1])
        sheet.put(row, column, pasted(sheet.cell(row, column), cell, paste_type))
    return {}


def times(asked: int, size: int) -> int:
    """How often a source is repeated: only where the destination is a multiple of it."""
    return max(asked // size, 1) if asked % size == 0 else 1


def copy_merges(
    origin: Sheet, source: Rect, sheet: Sheet, rect: Rect, paste_type: str, turned: bool
) -> None:
    """Brings the source's merges along where all is pasted; what lay there must be pasted over."""
    merges = [origin.rect(each) for each in origin.merges if source.holds(origin.rect(each))]
    whole = PASTED[paste_type] is None
    if whole:
        drop_merges(sheet, rect, PASTED_PARTLY)
    if not whole or turned:
        return
    for top in range(rect.top, rect.bottom, source.height):
        for left in range(rect.left, rect.right, source.width):
            sheet.merges += [
                each.at(each.top - source.top + top, each.left - source.left + left).grid_range(
                    sheet.id
                )
                for each in merges
            ]


def calculated(call: Call, sheet: Sheet, at: tuple[int, int], cell: Json) -> Json:
    """A cell with its value in place of its formula."""
    value = call.results().of(sheet, *at)
    return {**cell, "userEnteredValue": entered(value)} if value is not None else cell


def entered(value: Value) -> Json:
    """A value as a cell holds it once it is pasted."""
    told = scalar(value)
    return {{bool: "boolValue", str: "stringValue"}.get(type(told), "numberValue"): told}


def shifted(cell: Json, rows: int, columns: int) -> Json:
    """A cell as it is elsewhere: relative references in its formula move along."""
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if not formula:
        return cell
    return {**cell, "userEnteredValue": {"formulaValue": relocated(formula, rows, columns)}}


def pasted(old: Json, new: Json, paste_type: str) -> Json:
    """What a paste leaves of the old cell and takes of the new."""
    names = PASTED[paste_type]
    if names is None:
        if paste_type == "PASTE_NO_BORDERS" and "userEnteredFormat" in new:
            style = {k: v for k, v in new["userEnteredFormat"].items() if k != "borders"}
            return {**new, "userEnteredFormat": style}
        return new
    kept = {name: part for name, part in old.items() if name not in names}
    return {**kept, **{name: part for name, part in new.items() if name in names}}


def cut_paste(call: Call, request: Json) -> Json:
    """cutPaste: cells and merges move; what lay there is overwritten. Formulas stay as they are."""
    if request.get("pasteType", "PASTE_NORMAL") != "PASTE_NORMAL":
        raise unimplemented("cutPaste with other than PASTE_NORMAL")
    origin, source = call.area(request.get("source"))
    place = request.get("destination", {})
    sheet = call.book.sheet(place.get("sheetId", 0))
    rect = sheet.within_grid(source.at(*sheet.place(place)))
    call.touch(sheet, rect)
    carried = {at: origin.cell(*at) for at in places(source)}
    merges = [each for each in origin.merges if source.holds(origin.rect(each))]
    drop_merges(origin, source)
    for at in places(source):
        origin.put(*at, {})
    drop_merges(sheet, rect, PASTED_PARTLY)
    for (row, column), cell in carried.items():
        sheet.put(row - source.top + rect.top, column - source.left + rect.left, cell)
    for each in merges:
        old = origin.rect(each)
        new = old.at(old.top - source.top + rect.top, old.left - source.left + rect.left)
        sheet.merges.append(new.grid_range(sheet.id))
    return {}


HANDLERS = {
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
    "copyPaste": copy_paste,
    "cutPaste": cut_paste,
}
