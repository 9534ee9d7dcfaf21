"""Clients of the emulator for tests: the unmodified gspread, and bare HTTP."""

from typing import Any
from urllib.parse import quote

import gspread
import requests
from gspread.http_client import HTTPClient

Json = dict[str, Any]

HOSTS = ("https://sheets.googleapis.com", "https://www.googleapis.com")


def gspread_client(url: str, session: requests.Session | None = None) -> gspread.Client:
    """gspread, with Google's hosts replaced by the emulator's."""

    class Redirected(HTTPClient):
        def request(self, method: str, endpoint: str, *args: Any, **named: Any) -> Any:
            for host in HOSTS:
                endpoint = endpoint.replace(host, url)
            return super().request(method, endpoint, *args, **named)

    # Without `auth`, as gspread's documentation has it for a session of one's own.
    return gspread.Client(
        auth=None,  # type: ignore[arg-type]
        session=session or requests.Session(),
        http_client=Redirected,
    )


class Bare:
    """Plain HTTP about one spreadsheet; every answer is (status, JSON)."""

    def __init__(self, url: str, spreadsheet_id: str) -> None:
        self.url = url
        self.id = spreadsheet_id
        self.session = requests.Session()

    def call(self, verb: str, path: str, **named: Any) -> tuple[int, Json]:
        """A call by its path behind the spreadsheet's id."""
        address = f"{self.url}/v4/spreadsheets/{self.id}{path}"
        answer = self.session.request(verb, address, timeout=10, **named)
        return answer.status_code, answer.json()

    def batch(self, *changes: Json, **options: Any) -> tuple[int, Json]:
        """`spreadsheets.batchUpdate` with these requests."""
        return self.call("POST", ":batchUpdate", json={"requests": list(changes), **options})

    def get(self, **params: Any) -> Json:
        """`spreadsheets.get`, expected to work."""
        status, found = self.call("GET", "", params=params)
        assert status == 200, found
        return found

    def values(self, range_: str, **params: Any) -> tuple[int, Json]:
        """`spreadsheets.values.get`"""
        return self.call("GET", f"/values/{quote(range_, safe='')}", params=params)

    def stored(self, range_: str = "Sheet1", **params: str) -> list[list[Any]]:
        """The values of a range as they are kept."""
        status, answer = self.values(range_, **{"valueRenderOption": "UNFORMATTED_VALUE", **params})
        assert status == 200, answer
        found: list[list[Any]] = answer.get("values", [])
        return found

    def update(
        self, range_: str, values: Any, option: str = "RAW", **params: Any
    ) -> tuple[int, Json]:
        """`spreadsheets.values.update`"""
        return self.call(
            "PUT",
            f"/values/{quote(range_, safe='')}",
            params={"valueInputOption": option, **params},
            json={"values": values},
        )

    def append(
        self, range_: str, values: Any, option: str = "RAW", **params: Any
    ) -> tuple[int, Json]:
        """`spreadsheets.values.append`"""
        return self.call(
            "POST",
            f"/values/{quote(range_, safe='')}:append",
            params={"valueInputOption": option, **params},
            json={"values": values},
        )


def message(answer: tuple[int, Json]) -> str:
    """What a refused call was told."""
    assert answer[0] >= 400, answer
    return str(answer[1]["error"]["message"])
