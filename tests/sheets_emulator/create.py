"""Spreadsheets and tabs that come into being: `spreadsheets.create` and `sheets.copyTo`.

Source: https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/create
"""

from typing import Any

from tests.sheets_emulator.batch.tabs import copy_title, rehomed, sheet_id
from tests.sheets_emulator.defaults import new_sheet, new_spreadsheet_id, spreadsheet_properties
from tests.sheets_emulator.doubts import Doubts
from tests.sheets_emulator.errors import Refused, invalid, unimplemented
from tests.sheets_emulator.model import Sheet, Spreadsheet, fresh_id

Json = dict[str, Any]


def new_spreadsheet(given: Json, owner: str, doubts: Doubts) -> Spreadsheet:
    """A spreadsheet as asked for; with no tabs given it has one, Sheet1, whose id is 0."""
    properties = spreadsheet_properties(given.get("properties", {}), doubts)
    book = Spreadsheet(new_spreadsheet_id(), properties, owner, doubts=doubts)
    if given.keys() - {"properties", "sheets", "spreadsheetId", "spreadsheetUrl"}:
        raise unimplemented("spreadsheets.create with more than properties and sheets")
    if not given.get("sheets"):
        book.sheets.append(new_sheet(book, {}, 0))
    for index, sheet in enumerate(given.get("sheets", [])):
        try:
            add(book, sheet)
        except Refused as refused:
            raise invalid(f"Invalid sheets[{index}]: {refused}") from refused
    book.reindex()
    return book


def add(book: Spreadsheet, given: Json) -> None:
    """Adds a tab without cells."""
    if given.keys() - {"properties"}:
        raise unimplemented("spreadsheets.create with more than the properties of tabs")
    properties = given.get("properties", {})
    sheet = new_sheet(book, properties, sheet_id(book, properties.get("sheetId")))
    book.sheets.append(sheet)
    book.check_size()


def copy_to(source: Sheet, target: Spreadsheet) -> Json:
    """Copies a tab into another spreadsheet, behind its tabs; its properties there."""
    copy = rehomed(source, fresh_id({sheet.id for sheet in target.sheets}))
    copy.properties = {**copy.properties, "title": copy_title(target, source.title)}
    target.sheets.append(copy)
    target.reindex()
    target.check_size()
    return copy.properties
