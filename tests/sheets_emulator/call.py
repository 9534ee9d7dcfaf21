"""One call of the API, as its method sees it, and what every method asks of it."""

from dataclasses import dataclass
from typing import Any

from tests.sheets_emulator import a1
from tests.sheets_emulator.a1 import Reference
from tests.sheets_emulator.effective import Results
from tests.sheets_emulator.errors import Refused
from tests.sheets_emulator.geometry import Rect
from tests.sheets_emulator.model import Sheet, Spreadsheet

Json = dict[str, Any]

EDGES = ("startRowIndex", "startColumnIndex", "endRowIndex", "endColumnIndex")
PROTECTED = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to "
    "remove protection if you need to edit."
)


@dataclass
class Call:
    """Parameters and body (both validated), the spreadsheet to work on, and who asks."""

    params: Json
    body: Json
    book: Spreadsheet
    caller: str

    def results(self) -> Results:
        """What the cells come to, as they are now."""
        return Results(self.book)

    def resolve(self, text: str) -> tuple[Sheet, Reference]:
        """The tab and cells that a range's text names.

        A bare word is a cell of the first visible tab, else a named range, else a tab's title.
        """
        title, cells = a1.split(text)
        if title is not None:
            sheet = self.book.titled(title)
            reference = a1.WHOLE if cells is None else a1.parse(cells)
            if sheet and reference:
                return sheet, reference
        else:
            reference = a1.parse(cells or "")
            if reference:
                return next(each for each in self.book.sheets if not each.hidden), reference
        named = self.named(cells or "") or (title is None and self.book.titled(text))
        if not named:
            raise Refused(f"Unable to parse range: {text}")
        return named if isinstance(named, tuple) else (named, a1.WHOLE)

    def named(self, name: str) -> tuple[Sheet, Reference] | None:
        """The cells of a named range."""
        for each in self.book.named_ranges:
            if each["name"].lower() == name.lower() and "range" in each:
                sheet = self.book.sheet(each["range"]["sheetId"])
                rect = sheet.rect(each["range"])
                return sheet, Reference(rect.top, rect.left, rect.bottom, rect.right)
        return None

    def area(self, grid_range: Json | None, writing: bool = True) -> tuple[Sheet, Rect]:
        """The tab and cells of a GridRange, open to the caller.

        As observed of Google: a range that begins outside the grid is refused, of one that only
        ends outside the part inside is taken, and a range of no cells is taken too.
        """
        if grid_range is None:
            raise Refused("range is required")
        sheet = self.book.sheet(grid_range.get("sheetId", 0))
        edges = [grid_range.get(name) for name in EDGES]
        for start, end in ((edges[0], edges[2]), (edges[1], edges[3])):
            if (start or 0) < 0 or (end is not None and end < (start or 0)):
                raise Refused(
                    f"Invalid range: start index {start} must not exceed end index {end}."
                )
        rect = sheet.clipped(Reference(*edges))
        if writing:
            self.touch(sheet, rect)
        return sheet, rect

    def touch(self, sheet: Sheet, rect: Rect) -> None:
        """Refuses a change of cells that the caller may not edit."""
        for protected in sheet.protected_ranges:
            if protected.get("warningOnly") or self.may_edit(protected):
                continue
            if not rect.meets(sheet.rect(protected["range"])):
                continue
            free = [sheet.rect(each) for each in protected.get("unprotectedRanges", [])]
            if not any(each.holds(rect) for each in free):
                raise Refused(PROTECTED)

    def may_edit(self, protected: Json) -> bool:
        """Is the caller the owner or one of the editors of a protected range?"""
        users = protected.get("editors", {}).get("users", [])
        return self.caller == self.book.owner or self.caller in users
