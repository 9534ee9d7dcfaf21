"""Who may edit what: the program's tabs are ours, staff are warned before they change a header."""

import re
from typing import Any

from automation.core.drawing import Area
from automation.workbooks.google.drawing.shapes import grid_range, object_id
from automation.workbooks.google.wire.connection import Request

OURS = "Tab ini ditulis oleh program; isian di sini akan ditimpa."
HEADER = "Tajuk kolom dikenali program dari namanya; jangan diubah."
CLOSED = "Register tahun {year} sudah ditutup; lanjutannya: {address}"
FILLING = "Buku register baru ini sedang diisi program; tunggu sampai selesai."
CLOSING_PART, FILLING_PART = "closed", "filling"  # of `protection_id`
_ADDRESSED = re.compile(r"/spreadsheets/d/([\w-]+)", re.ASCII)


def protection_id(title: str, part: str = "") -> int:
    return object_id(f"{title} protection {part}".strip())


def protect_tab(title: str, editor: str | None) -> Request:
    return _protect(protection_id(title), grid_range(object_id(title)), OURS, editor)


def bar(
    title: str, part: str, sheet_id: int, area: Area | None, words: str, editor: str | None
) -> Request:
    """Takes a staff tab, or an `area` of it, from everybody else, until it is open again."""
    return _protect(protection_id(title, part), grid_range(sheet_id, area), words, editor)


def _protect(identity: int, cells: dict[str, int], description: str, editor: str | None) -> Request:
    """Only `editor` (our service account), whoever asks and the spreadsheet's owner may edit."""
    protected: dict[str, Any] = {
        "protectedRangeId": identity,
        "range": cells,
        "description": description,
    }
    if editor:
        protected["editors"] = {"users": [editor]}
    return {"addProtectedRange": {"protectedRange": protected}}


def leads_to(description: str) -> str:
    """The spreadsheet in which a closed register goes on, by its protection's `CLOSED`."""
    found = _ADDRESSED.search(description)
    return found[1] if found else ""


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
