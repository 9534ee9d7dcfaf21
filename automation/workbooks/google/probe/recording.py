"""Every request and answer of a probe, without what is nobody else's business."""

import json
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from gspread.http_client import FileType, ParamsType
from gspread.urls import SPREADSHEETS_API_V4_BASE_URL
from requests import Response

from automation.core.once import cached_property
from automation.workbooks.google.settings import GoogleSettings
from automation.workbooks.google.wire.client import SheetsClient
from automation.workbooks.google.wire.connection import Connection
from automation.workbooks.google.wire.faults import RefusedError

SPREADSHEET = "SPREADSHEET"  # stands for its id
ADDRESS = "alamat@example.id"  # stands for every e-mail address
_ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

Call = dict[str, Any]


@dataclass
class Record:
    """The calls so far, in their order, and the step of the probe that makes them.

    Without a step nothing is recorded: until then the spreadsheet may be somebody's register.
    """

    spreadsheet: str
    step: str = ""
    calls: list[Call] = field(default_factory=list)

    def add(self, call: Call) -> None:
        if self.step:
            self.calls.append({"step": self.step, **call})

    def scrubbed(self) -> list[Call]:
        """Without the spreadsheet's id and without addresses; tokens were never part of it."""
        text = json.dumps(self.calls, ensure_ascii=False)
        text = text.replace(self.spreadsheet, SPREADSHEET)
        found: list[Call] = json.loads(_ADDRESSES.sub(ADDRESS, text))
        return found


class RecordingClient(SheetsClient):
    """Writes down what it asks and is told. A call that failed on its way is not an answer."""

    record: Record

    def request(
        self,
        method: str,
        endpoint: str,
        params: ParamsType | None = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: FileType = None,
        headers: MutableMapping[str, str] | None = None,
    ) -> Response:
        path = endpoint.removeprefix(SPREADSHEETS_API_V4_BASE_URL)
        call: Call = {"verb": method.upper(), "path": path, "params": params or {}, "body": json}
        try:
            answer = super().request(method, endpoint, params, data, json, files, headers)
        except RefusedError as error:
            told = {"message": error.message, "reason": error.reason}
            self.record.add({**call, "status": error.status, "answer": told})
            raise
        self.record.add({**call, "status": answer.status_code, "answer": answer.json()})
        return answer


class RecordingConnection(Connection):
    """A connection whose calls go into `record`."""

    def __init__(self, settings: GoogleSettings) -> None:
        super().__init__(settings)
        self.record = Record(settings.spreadsheet)

    @cached_property
    def client(self) -> SheetsClient:
        usual = super().client
        client = RecordingClient(usual.auth, usual.timeouts, usual.host)
        client.record = self.record
        return client
