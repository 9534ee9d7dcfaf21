"""Who may edit what: the program's tabs are ours, staff are warned before they change a header."""

from typing import Any

from automation.workbooks.google.drawing.shapes import grid_range, object_id
from automation.workbooks.google.wire.connection import Request

OURS = "Tab ini ditulis oleh program; isian di sini akan ditimpa."
HEADER = "Tajuk kolom dikenali program dari namanya; jangan diubah."
LOOK_UP = "Kolom ini diisi rumus pada tajuknya; jangan diketik."


def protection_id(title: str, part: str = "") -> int:
    return object_id(f"{title} protection {part}".strip())


def protect_tab(title: str, editor: str | None) -> Request:
    """Only `editor` (our service account) and the spreadsheet's owner may edit the tab."""
    protected: dict[str, Any] = {
        "protectedRangeId": protection_id(title),
        "range": grid_range(object_id(title)),
        "description": OURS,
    }
    if editor:
        protected["editors"] = {"users": [editor]}
    return {"addProtectedRange": {"protectedRange": protected}}


def warn_about_header(title: str, sheet_id: int, row: int) -> Request:
    """Everybody may edit the header row, after a warning."""
    area = {"sheetId": sheet_id, "startRowIndex": row, "endRowIndex": row + 1}
    return _warn(protection_id(title, "header"), area, HEADER)


def warn_about_look_up(title: str, sheet_id: int, row: int, left: int) -> Request:
    """Likewise the columns from `left` on, from their header down."""
    area = {"sheetId": sheet_id, "startRowIndex": row, "startColumnIndex": left}
    return _warn(protection_id(title, "look-up"), area, LOOK_UP)


def _warn(identity: int, area: dict[str, int], description: str) -> Request:
    return {
        "addProtectedRange": {
            "protectedRange": {
                "protectedRangeId": identity,
                "range": area,
                "description": description,
                "warningOnly": True,
            }
        }
    }
