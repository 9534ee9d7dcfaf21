"""`spreadsheets.batchUpdate`: requests in order, all of them or none.

Source: https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/batchUpdate.
The call works on a copy of the spreadsheet, which its caller keeps only if nothing was refused.
"""

from collections.abc import Callable
from typing import Any

from tests.sheets_emulator.batch import (
    cells,
    charts,
    dimensions,
    groups,
    metadata,
    moving,
    objects,
    rules,
    sorting,
    tables,
    tabs,
)
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.discovery import SCHEMAS
from tests.sheets_emulator.errors import Refused, invalid, unimplemented
from tests.sheets_emulator.resource import spreadsheet

Json = dict[str, Any]
Handler = Callable[[Call, Json], Json]

REPLIES = SCHEMAS["Response"]["properties"]  # the kinds that are answered, if only with `{}`

HANDLERS: dict[str, Handler] = {
    kind: handler
    for module in (
        tabs,
        cells,
        dimensions,
        groups,
        moving,
        sorting,
        objects,
        rules,
        charts,
        metadata,
        tables,
    )
    for kind, handler in module.HANDLERS.items()
}


def batch_update(call: Call) -> Json:
    """`spreadsheets.batchUpdate`"""
    requests = call.body.get("requests", [])
    if not requests:
        raise invalid("Must specify at least one request.")
    answer: Json = {
        "spreadsheetId": call.book.id,
        "replies": [reply(call, index, request) for index, request in enumerate(requests)],
    }
    if call.body.get("includeSpreadsheetInResponse"):
        answer["updatedSpreadsheet"] = spreadsheet(
            call,
            call.body.get("responseRanges", []),
            bool(call.body.get("responseIncludeGridData")),
        )
    return answer


def reply(call: Call, index: int, request: Json) -> Json:
    """Carries out one request; `{}` for the kinds that have no reply."""
    kind = next(iter(request), None)
    if kind is None:
        raise invalid(f"Invalid requests[{index}]: No request set.")
    if kind not in HANDLERS:
        raise unimplemented(f"requests of kind {kind}")
    try:
        told = HANDLERS[kind](call, request[kind])
        tables.settle(call.book)
    except Refused as refused:
        raise invalid(f"Invalid requests[{index}].{kind}: {refused}") from refused
    return {kind: told} if kind in REPLIES else {}
