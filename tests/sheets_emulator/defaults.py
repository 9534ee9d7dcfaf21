"""What Google fills in when it creates a spreadsheet or a tab; from recorded answers (2021-2024)."""

import secrets
import string
from typing import Any

from tests.sheets_emulator.doubts import Doubts
from tests.sheets_emulator.errors import Refused, invalid
from tests.sheets_emulator.fields import with_styles
from tests.sheets_emulator.locales import INDONESIAN, LOCALES
from tests.sheets_emulator.model import COLUMNS, ROWS, Sheet, Spreadsheet

Json = dict[str, Any]

WHITE = {"red": 1, "green": 1, "blue": 1}
DEFAULT_FORMAT: Json = {
    "backgroundColor": WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": WHITE},
}
THEME: dict[str, tuple[float, float, float]] = {
    "TEXT": (0, 0, 0),
    "BACKGROUND": (1, 1, 1),
    "ACCENT1": (0.25882354, 0.52156866, 0.95686275),
    "ACCENT2": (0.91764706, 0.2627451, 0.20784314),
    "ACCENT3": (0.9843137, 0.7372549, 0.015686275),
    "ACCENT4": (0.20392157, 0.65882355, 0.3254902),
    "ACCENT5": (1, 0.42745098, 0.003921569),
    "ACCENT6": (0.27450982, 0.7411765, 0.7764706),
    "LINK": (0.06666667, 0.33333334, 0.8),
}
TITLE_LENGTH = 100


def spreadsheet_properties(given: Json, doubts: Doubts) -> Json:
    """The properties of a new spreadsheet."""
    locale = given.get("locale", "en_US")
    if not is_taken(locale, doubts):
        raise invalid(f"Invalid properties.locale: Unsupported locale: {locale}")
    colors = [
        {"colorType": name, "color": {"rgbColor": dict(zip(WHITE, rgb, strict=True))}}
        for name, rgb in THEME.items()
    ]
    return {
        "title": "Untitled spreadsheet",
        "locale": "en_US",
        "autoRecalc": "ON_CHANGE",
        "timeZone": "Etc/GMT",
        "spreadsheetTheme": {"primaryFontFamily": "Arial", "themeColors": colors},
        **given,
        "defaultFormat": DEFAULT_FORMAT,
    }


def is_taken(locale: str, doubts: Doubts) -> bool:
    """Does Sheets, and this emulator, have a locale?"""
    return locale in LOCALES and (locale not in INDONESIAN or locale == doubts.indonesian)


def new_sheet(book: Spreadsheet, given: Json, sheet_id: int) -> Sheet:
    """A tab with what the caller asked for and Google's defaults; not yet in the spreadsheet."""
    title = given.get("title") or next_title(book)
    check_title(book, title)
    grid = {"rowCount": ROWS, "columnCount": COLUMNS, **given.get("gridProperties", {})}
    properties = with_styles({**given, "title": title, "sheetId": sheet_id, "sheetType": "GRID"})
    properties["gridProperties"] = grid
    check_grid(grid)
    return Sheet(properties)


def next_title(book: Spreadsheet) -> str:
    """`Sheet2` beside `Sheet1`."""
    number = len(book.sheets) + 1
    while book.titled(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def check_title(book: Spreadsheet, title: str, own: Sheet | None = None) -> None:
    """Refuses a title that is taken, blank or too long."""
    if not title:
        raise Refused("The sheet name cannot be empty.")
    if len(title) > TITLE_LENGTH:
        raise Refused(f"The sheet name cannot be greater than {TITLE_LENGTH} characters.")
    if book.titled(title) not in (None, own):
        raise Refused(f'A sheet with the name "{title}" already exists. Please enter another name.')


def check_grid(grid: Json) -> None:
    """Refuses a grid without cells, or frozen to its last row or column."""
    for name, count, frozen in (
        ("row", grid["rowCount"], grid.get("frozenRowCount", 0)),
        ("column", grid["columnCount"], grid.get("frozenColumnCount", 0)),
    ):
        if count < 1:
            raise Refused(f"You can't delete all the {name}s on the sheet.")
        if frozen and frozen >= count:
            raise Refused(f"You can't freeze all visible {name}s on the sheet.")


def new_spreadsheet_id() -> str:
    """44 characters, as Drive makes them."""
    letters = string.ascii_letters + string.digits + "-_"
    return "1" + "".join(secrets.choice(letters) for _ in range(43))
