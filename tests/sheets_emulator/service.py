"""The Sheets API's methods: validated parameters in, conforming answers out.

A method that writes works on a copy of the spreadsheet, which is kept only when it succeeds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.sheets_emulator import (
    create,
    fields,
    proto_json,
    resource,
    values_filtered,
    values_read,
    values_write,
)
from tests.sheets_emulator.answers import answer
from tests.sheets_emulator.batch.apply import batch_update
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.discovery import DOCUMENT, Method
from tests.sheets_emulator.doubts import Doubts
from tests.sheets_emulator.effective import lose
from tests.sheets_emulator.errors import Refused, invalid, no_spreadsheet, not_found, unimplemented
from tests.sheets_emulator.json_text import load
from tests.sheets_emulator.model import Spreadsheet
from tests.sheets_emulator.values_append import append

Json = dict[str, Any]

READS: dict[str, Callable[[Call], Json]] = {
    "spreadsheets.get": resource.get,
    "spreadsheets.values.get": values_read.get,
    "spreadsheets.values.batchGet": values_read.batch_get,
    "spreadsheets.values.batchGetByDataFilter": values_filtered.batch_get,
}
WRITES: dict[str, Callable[[Call], Json]] = {
    "spreadsheets.batchUpdate": batch_update,
    "spreadsheets.values.update": values_write.update,
    "spreadsheets.values.batchUpdate": values_write.batch_update,
    "spreadsheets.values.batchUpdateByDataFilter": values_filtered.batch_update,
    "spreadsheets.values.append": append,
    "spreadsheets.values.clear": values_write.clear,
    "spreadsheets.values.batchClear": values_write.batch_clear,
}


@dataclass(frozen=True)
class Asked:
    """A call whose form is right."""

    method: Method
    params: Json
    body: Json
    mask: fields.Mask


class Service:
    """All spreadsheets, and the methods that read and change them."""

    def __init__(self, doubts: Doubts) -> None:
        self.doubts = doubts
        self.spreadsheets: dict[str, Spreadsheet] = {}
        self.office_files: set[str] = set()  # ids of workbooks that are no spreadsheets
        self.modified: dict[str, str] = {}  # when each was changed last, as Drive tells it

    def keep(self, book: Spreadsheet) -> None:
        """Puts a new or changed spreadsheet in its place."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self.spreadsheets[book.id], self.modified[book.id] = book, now

    def book(self, spreadsheet_id: str) -> Spreadsheet:
        """A spreadsheet by its id, or Google's 404; 400 where it is a workbook of another kind."""
        if spreadsheet_id in self.office_files:
            raise no_spreadsheet()
        if spreadsheet_id not in self.spreadsheets:
            raise not_found()
        return self.spreadsheets[spreadsheet_id]

    def asked(
        self, method: Method, path: dict[str, str], query: dict[str, list[str]], body: bytes
    ) -> Asked:
        """What a call asks for, held to the official description; an ApiError says why not."""
        params = proto_json.read_query(method, query, DOCUMENT["parameters"]) | path
        if params.get("alt", "json") != "json" or "callback" in params:
            raise unimplemented("answers in another form than JSON")
        message: Json = {}
        if method.request:
            message = proto_json.read(method.request, load(body), method.body_field)
        return Asked(
            method, params, message, fields.for_reading(params.get("fields"), method.response)
        )

    def answer(self, asked: Asked, caller: str) -> Json:
        """Carries out a call; an ApiError says why not."""
        found = self.perform(asked.method, asked.params, asked.body, caller)
        told: Json = fields.select(answer(asked.method.response, found), asked.mask)
        return told

    def perform(self, method: Method, params: Json, body: Json, caller: str) -> Json:
        """The method itself."""
        if method.kind == "spreadsheets.create":
            return self.create(body, caller)
        book = self.book(params["spreadsheetId"])
        if method.kind == "spreadsheets.sheets.copyTo":
            return self.copy_to(book, params, body)
        if method.kind in READS:
            return READS[method.kind](Call(params, body, book, caller))
        if method.kind in WRITES:
            return self.write(WRITES[method.kind], Call(params, body, book, caller))
        raise unimplemented(f"the method {method.kind}")

    def write(self, method: Callable[[Call], Json], call: Call) -> Json:
        """Changes a copy of the call's spreadsheet and keeps it if all went well."""
        call.book = call.book.copy()
        found = method(call)
        if self.doubts.early_indirect == "stale":
            lose(call.book)
        self.keep(call.book)
        return found

    def create(self, given: Json, owner: str) -> Json:
        """`spreadsheets.create`"""
        book = create.new_spreadsheet(given, owner, self.doubts)
        self.keep(book)
        return resource.spreadsheet(Call({}, {}, book, owner), [], False)

    def copy_to(self, book: Spreadsheet, params: Json, body: Json) -> Json:
        """`spreadsheets.sheets.copyTo`"""
        target = self.book(body.get("destinationSpreadsheetId", "")).copy()
        try:
            source = book.sheet(int(params["sheetId"]), "sheet")
            properties = create.copy_to(source, target)
        except Refused as refused:
            raise invalid(str(refused)) from refused
        self.keep(target)
        return properties
