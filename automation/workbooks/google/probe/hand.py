"""What a probe does to its spreadsheet: each call tried until it gets an answer."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from automation.workbooks.google.wire.connection import (
    Cells,
    Connection,
    Render,
    Request,
    Scalar,
    quoted,
)
from automation.workbooks.google.wire.faults import Patience, RefusedError
from automation.workbooks.google.wire.structure import Structure


class Hand:
    """Raises as `Connection`, and GivenUpError."""

    def __init__(self, connection: Connection, spreadsheet: str, patience: Patience) -> None:
        self._connection, self._spreadsheet, self._patience = connection, spreadsheet, patience

    def structure(self) -> Structure:
        return self._patience.persist(self._connection.structure)

    def looked(self, fields: str, tab: str = "") -> Mapping[str, Any]:
        """spreadsheets.get with a mask, of one tab only where it is named."""
        params: dict[str, Any] = {"fields": fields}
        if tab:
            params |= {"ranges": quoted(tab), "includeGridData": "true"}
        get = partial(self._connection.client.spreadsheets_get, self._spreadsheet, params)
        answer: Mapping[str, Any] = self._patience.persist(get)
        return answer

    def values(self, titles: Sequence[str]) -> dict[str, Cells]:
        return self._patience.persist(lambda: self._connection.values(titles))

    def cells(self, area: str, render: Render) -> Sequence[Sequence[Scalar]]:
        options: dict[str, Any] = {"valueRenderOption": render}
        get = partial(self._connection.client.values_get, self._spreadsheet, area, options)
        found: Sequence[Sequence[Scalar]] = self._patience.persist(get).get("values", ())
        return found

    def read(self, cell: str, render: Render = "UNFORMATTED_VALUE") -> Scalar:
        found = self.cells(cell, render)
        return found[0][0] if found and found[0] else ""

    def enter(self, cell: str, text: str) -> None:
        """As somebody types it."""
        data = [{"dataFilter": {"a1Range": cell}, "values": [[text]]}]
        self._patience.persist(partial(self._connection.write_filtered, data))

    def update(self, requests: Sequence[Request]) -> None:
        self._patience.persist(partial(self._connection.update, requests))

    def is_taken(self, *requests: Request) -> bool:
        """Whether Google takes them; where it does not, nothing is changed."""
        try:
            self.update(requests)
        except RefusedError as error:
            if error.status != 400:
                raise
            return False
        return True
