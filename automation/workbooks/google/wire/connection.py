"""The calls the program makes, each tried once: read values, read structure, write."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from google.auth.credentials import Credentials
from gspread.urls import SPREADSHEETS_API_V4_BASE_URL

from automation.core.once import cached_property
from automation.workbooks.google.settings import GoogleSettings
from automation.workbooks.google.wire.client import SheetsClient
from automation.workbooks.google.wire.credentials import credentials, emulator_host
from automation.workbooks.google.wire.faults import BrokenAnswerError
from automation.workbooks.google.wire.identity import Identity
from automation.workbooks.google.wire.structure import FIELDS, Structure
from automation.workbooks.quota import Kind

Request = dict[str, Any]  # of spreadsheets.batchUpdate
DataFilter = dict[str, Any]  # which cells, by range or by the metadata that lies on them
Scalar = str | int | float | bool
Row = Sequence[Scalar]
Render = Literal["UNFORMATTED_VALUE", "FORMULA"]
Dates = Literal["SERIAL_NUMBER", "FORMATTED_STRING"]

NOTE_FIELDS = "spreadsheetId,sheets(properties(title),data(rowData(values(note))))"


@dataclass(frozen=True)
class Cells:
    """A tab's cells, without what is empty at the end of a row or of the tab, and its size."""

    values: Sequence[Sequence[Scalar]]
    rows: int
    columns: int


@dataclass(frozen=True)
class Filtered:
    """Cells that a filter found, where they are, and the metadata by which (0: by their range)."""

    range: str
    values: Sequence[Row]
    metadata_id: int


NOTHING = Cells((), 0, 0)  # of a tab that is not there


class Connection:
    """A spreadsheet. Raises as `SheetsClient`, BrokenAnswerError, and EdgeError for credentials."""

    def __init__(self, settings: GoogleSettings) -> None:
        self._settings = settings

    @cached_property
    def client(self) -> SheetsClient:
        auth = credentials(self._settings.key_file)
        settings = self._settings
        timeouts = settings.timeout_seconds, settings.write_timeout_seconds
        return SheetsClient(auth, timeouts, emulator_host(), self._turn(auth))

    def _turn(self, auth: Credentials) -> Callable[[Kind], None] | None:
        """Nobody pays for what an emulator is asked without a login."""
        quotas = self._settings.quotas
        if quotas is None or not isinstance(auth, Identity):
            return None
        return partial(quotas.wait_turn, auth.payer)

    def log_in_anew(self) -> None:
        """At the next call, by what is there then: somebody may have mended the credentials."""
        vars(self).pop("client", None)

    @property
    def identity(self) -> Identity | None:
        """Who we are to Google; None: nobody in particular, to an emulator."""
        auth = self.client.auth
        return auth if isinstance(auth, Identity) else None

    @property
    def editor(self) -> str | None:
        """The service account's address. A person's login needs none to edit what it protects."""
        return self.identity.address if self.identity else None

    def values(
        self,
        titles: Sequence[str],
        render: Render = "UNFORMATTED_VALUE",
        dates: Dates = "SERIAL_NUMBER",
    ) -> dict[str, Cells]:
        """The cells of whole tabs. RefusedError (400) if a tab is missing.

        https://developers.google.com/sheets/api/reference/rest/v4/spreadsheets.values/batchGet
        """
        answer = self.client.values_batch_get(
            self._settings.spreadsheet,
            [quoted(title) for title in titles],
            {"valueRenderOption": render, "dateTimeRenderOption": dates},
        )
        found = _checked(answer).get("valueRanges", [])
        if len(found) != len(titles):
            raise BrokenAnswerError("valueRanges")
        return {title: _cells(each) for title, each in zip(titles, found, strict=True)}

    def structure(self) -> Structure:
        """https://developers.google.com/sheets/api/reference/rest/v4/spreadsheets/get"""
        answer = self.client.spreadsheets_get(self._settings.spreadsheet, {"fields": FIELDS})
        return Structure.of(_checked(answer))

    def header_notes(self, header_rows: Mapping[str, int]) -> dict[str, list[str]]:
        """The notes on the header row (from 0) of each tab, by title; "" where there is none."""
        ranges = [f"{quoted(title)}!{row + 1}:{row + 1}" for title, row in header_rows.items()]
        answer = self.client.spreadsheets_get(
            self._settings.spreadsheet,
            {"ranges": ranges, "includeGridData": "true", "fields": NOTE_FIELDS},
        )
        sheets = _checked(answer).get("sheets", ())
        return {sheet["properties"]["title"]: _notes(sheet) for sheet in sheets}

    def filtered(self, filters: Sequence[DataFilter]) -> list[Filtered]:
        """The cells that filters find, with formulas as such; nothing for one that finds none.

        https://developers.google.com/sheets/api/reference/rest/v4/spreadsheets.values/batchGetByDataFilter
        """
        body = {
            "dataFilters": filters,
            "valueRenderOption": "FORMULA",
            "dateTimeRenderOption": "SERIAL_NUMBER",
        }
        answer = self._post("values:batchGetByDataFilter", body)
        return [_filtered(each) for each in answer.get("valueRanges", ())]

    def write_filtered(self, data: Sequence[Mapping[str, Any]]) -> None:
        """Cells found by filters, as if typed; each of `data` is a DataFilterValueRange.

        https://developers.google.com/sheets/api/reference/rest/v4/spreadsheets.values/batchUpdateByDataFilter
        """
        body = {"valueInputOption": "USER_ENTERED", "data": data}
        self._post("values:batchUpdateByDataFilter", body)

    def _post(self, method: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """A method that gspread does not know."""
        address = f"{SPREADSHEETS_API_V4_BASE_URL}/{self._settings.spreadsheet}/{method}"
        return _checked(self.client.request("post", address, json=body).json())

    def update(self, requests: Sequence[Request]) -> None:
        """All of the requests or none.

        https://developers.google.com/sheets/api/reference/rest/v4/spreadsheets/batchUpdate
        """
        body = {"requests": requests}
        _checked(self.client.batch_update(self._settings.spreadsheet, body))


def quoted(title: str) -> str:
    """A tab's title in A1 notation."""
    return "'" + title.replace("'", "''") + "'"


def _checked(answer: Any) -> Mapping[str, Any]:
    """Every answer names its spreadsheet."""
    if not isinstance(answer, dict) or "spreadsheetId" not in answer:
        raise BrokenAnswerError("spreadsheetId")
    return answer


def _cells(value_range: Mapping[str, Any]) -> Cells:
    """The echoed range of a whole tab, "'Register'!A1:U3001", tells how large its grid is."""
    corner = re.search(r"([A-Z]+)(\d+)$", value_range.get("range", ""))
    if corner is None:
        raise BrokenAnswerError("range")
    return Cells(value_range.get("values", []), int(corner[2]), column_number(corner[1]))


def column_number(letters: str) -> int:
    """ "A" -> 1, "AA" -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _filtered(match: Mapping[str, Any]) -> Filtered:
    """Of a MatchedValueRange."""
    found = match.get("valueRange", {})
    lookups = [each.get("developerMetadataLookup", {}) for each in match.get("dataFilters", ())]
    identity = next((each["metadataId"] for each in lookups if "metadataId" in each), 0)
    return Filtered(found.get("range", ""), found.get("values", []), identity)


def _notes(sheet: Mapping[str, Any]) -> list[str]:
    for data in sheet.get("data", ()):
        for row in data.get("rowData", ()):
            return [cell.get("note", "") for cell in row.get("values", ())]
    return []
