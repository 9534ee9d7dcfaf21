"""Who may edit what: the program's tabs are ours, staff are warned before they change a header."""

from typing import Any

from automation.workbooks.google.drawing.shapes import grid_range, object_id
from automation.workbooks.google.wire.connection import Request

OURS = "Tab ini ditulis oleh program; isian di sini akan ditimpa."
HEADER = "Tajuk kolom dikenali program dari namanya; jangan diubah."


def protection_id(title: str, part: str = "") -> int:
    return object_id(f"{title} protection {part}".strip())


def protect_tab(title: str, editor: str | None) -> Request:
    """Only `editor` (our service account), whoever asks and the spreadsheet's owner may edit it."""
    protected: dict[str, Any] = {
        "protectedRangeId": protection_id(title),
        "range": grid_range(object_id(title)),
        "description": OURS,
    }
    if editor:
        protected["editors"] = {"users": [editor]}
    return {"addProtectedRange": {"protectedRange": protected}}


def warn_about_header(title: str, sheet_id: int, row: int) -> Request:
    """Everybody may edit the header row, after a warning. Rows below have none: each sort would
    ask."""
    area = {"sheetId": sheet_id, "startRowIndex": row, "endRowIndex": row + 1}
    return {
        "addProtectedRange": {
            "protectedRange": {
                "protectedRangeId": protection_id(title, "header"),
                "range": area,
                "description": HEADER,
                "warningOnly": True,
            }
        }
    }
