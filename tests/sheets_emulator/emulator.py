"""The emulator as a whole: it routes calls, counts them, lets faults happen, and can be handled
from a test without HTTP."""

import json
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Self

from tests.sheets_emulator import discovery, faults
from tests.sheets_emulator.access import Access
from tests.sheets_emulator.batch import tables
from tests.sheets_emulator.batch.apply import batch_update
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.doubts import Doubts
from tests.sheets_emulator.drive import Drive
from tests.sheets_emulator.errors import (
    BUSY,
    ApiError,
    NoSuchUrl,
    no_length,
    no_such_url,
    page,
    too_large,
)
from tests.sheets_emulator.faults import Fault, Script
from tests.sheets_emulator.model import Spreadsheet
from tests.sheets_emulator.proto_json import read
from tests.sheets_emulator.proto_scalars import as_boolean
from tests.sheets_emulator.quotas import Quotas
from tests.sheets_emulator.server import HTML, Incoming, Outgoing, serve
from tests.sheets_emulator.service import Service
from tests.sheets_emulator.values_read import Rendering, value_range
from tests.sheets_emulator.values_write import written_range

Json = dict[str, Any]
Hook = Callable[[str], object]  # is told the kind of the call to come

OWN = "/__emulator__/"
LARGEST = 10 * 2**20  # bytes of a body


class Emulator:
    """A Sheets API of one's own: `with Emulator() as emulator: … emulator.url`.

    `calls` counts calls by kind (`spreadsheets.values.batchGet`, `drive.files.list`, `token`).
    `spreadsheets` are the models by id; `access` says who may call, `quotas` how often, `doubts` which way Google falls
    where nobody knows. What `batch_update`, `write`, `convert_to_table` and `read` do is neither
    counted nor faulted.
    """

    def __init__(
        self,
        port: int = 0,
        script: Iterable[Fault | Mapping[str, Any]] = (),
        doubts: Doubts | None = None,
    ) -> None:
        self.doubts = doubts or Doubts()
        self.service = Service(self.doubts)
        self.drive = Drive(self.service)
        self.access = Access()
        self.quotas = Quotas()
        self.silent: set[str] = set()  # ids of spreadsheets about which no call gets an answer
        self._leaving = threading.Event()
        self.calls: Counter[str] = Counter()
        self.failures: list[str] = []  # faults of the emulator itself
        self._script = Script()
        self._hooks: list[Hook] = []
        self._in_hook = False
        self._lock = threading.RLock()
        self._server = serve(self, port)
        self.script(script)

    @property
    def url(self) -> str:
        """The base URL, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def spreadsheets(self) -> dict[str, Spreadsheet]:
        """The spreadsheets by id."""
        return self.service.spreadsheets

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self._leaving.set()
        self._server.shutdown()
        self._server.server_close()
        if self.failures and kind is None:
            raise AssertionError("the emulator failed:\n" + "\n".join(self.failures))

    def serve_forever(self) -> None:
        """Serves until interrupted, in this thread."""
        self._server.serve_forever()

    def script(self, faults_: Iterable[Fault | Mapping[str, Any]] | Path) -> None:
        """Orders faults, counted from the next call; see `faults.Fault`."""
        if isinstance(faults_, Path):
            faults_ = faults.load(faults_)
        self._script.add([each if isinstance(each, Fault) else Fault(**each) for each in faults_])

    def before_call(self, hook: Hook) -> None:
        """Has `hook(kind)` called before every call; calls that it makes are not counted."""
        self._hooks.append(hook)

    def new_spreadsheet(
        self, title: str = "Untitled spreadsheet", **properties: str
    ) -> Spreadsheet:
        """A fresh spreadsheet owned by the default caller."""
        with self._lock:
            body = {"properties": {"title": title, **properties}}
            answer = self.service.create(body, self.access.caller)
            return self.spreadsheets[answer["spreadsheetId"]]

    def batch_update(
        self, spreadsheet_id: str, requests: list[Json], caller: str | None = None
    ) -> list[Json]:
        """What somebody does to a spreadsheet, as Requests; the replies."""
        with self._lock:
            body = read("BatchUpdateSpreadsheetRequest", {"requests": requests})
            call = self._call(spreadsheet_id, body, caller)
            return list(self.service.write(batch_update, call)["replies"])

    def write(
        self,
        spreadsheet_id: str,
        range_: str,
        values: list[list[Any]],
        option: str = "USER_ENTERED",
        caller: str | None = None,
    ) -> None:
        """What somebody types into cells."""
        with self._lock:
            call = self._call(spreadsheet_id, {"values": values}, caller)
            self.service.write(lambda c: written_range(c, range_, c.body, option, {}), call)

    def convert_to_table(self, spreadsheet_id: str, title: str, caller: str | None = None) -> None:
        """What somebody does to a tab by "Format, Convert to table"."""
        with self._lock:
            call = self._call(spreadsheet_id, {}, caller)
            self.service.write(lambda c: tables.convert(c, c.resolve(f"'{title}'")[0]), call)

    def read(
        self, spreadsheet_id: str, range_: str, render: str = "UNFORMATTED_VALUE"
    ) -> list[list[Any]]:
        """The values of cells, trimmed as Google trims them."""
        with self._lock:
            call = self._call(spreadsheet_id, {}, None)
            return list(value_range(call, range_, Rendering(values=render)).get("values", []))

    def _call(self, spreadsheet_id: str, body: Json, caller: str | None) -> Call:
        book = self.service.book(spreadsheet_id)
        return Call({}, body, book, caller or book.owner)

    def answer(self, incoming: Incoming) -> Outgoing:
        """Answers a request; what goes wrong in here is told on stderr and answered 500."""
        if incoming.path.startswith(OWN):
            return outgoing(200, dict(self.calls))
        if incoming.lengthless:
            return Outgoing(411, no_length(), HTML)
        try:
            kind, perform = self._route(incoming)
        except NoSuchUrl:
            return Outgoing(404, no_such_url(incoming.path), HTML)
        if any(each in incoming.path for each in self.silent):
            self._leaving.wait()
            return Outgoing(silent=True)
        return self._with_fault(kind, perform)

    def _route(self, incoming: Incoming) -> tuple[str, Callable[[], Outgoing]]:
        """(kind of the call, what carries it out)."""
        if incoming.path == "/token" and incoming.verb == "POST":
            return "token", lambda: outgoing(*self.access.issue(incoming.body))
        if incoming.path.startswith("/drive/"):
            kind = self.drive.kind(incoming.verb, incoming.path)
            return kind, lambda: self._drive(kind, incoming)
        found = discovery.route(incoming.verb, incoming.path)
        if not found:
            raise NoSuchUrl
        method, path = found
        return method.kind, lambda: self._sheets(method, path, incoming)

    def _sheets(
        self, method: discovery.Method, path: dict[str, str], incoming: Incoming
    ) -> Outgoing:
        caller = self._admitted(method.kind, incoming)
        self.quotas.count(method.kind, caller)
        query = dict(incoming.query)
        if mask := incoming.headers.get("X-Goog-FieldMask"):
            query.setdefault("fields", [mask])
        asked = self.service.asked(method, path, query, incoming.body)
        self.access.allow(method.kind, path.get("spreadsheetId"))
        pretty = as_boolean({}, asked.params.get("prettyPrint")) is not False
        return outgoing(200, self.service.answer(asked, caller), pretty=pretty)

    def _drive(self, kind: str, incoming: Incoming) -> Outgoing:
        caller = self._admitted(kind, incoming)
        found = self.drive.call(kind, incoming.path, incoming.query, incoming.body, caller)
        return Outgoing(204) if found is None else outgoing(200, found)

    def _admitted(self, kind: str, incoming: Incoming) -> str:
        """Who calls, if the front end lets the call pass."""
        if len(incoming.body) > LARGEST:
            raise too_large(LARGEST)
        token = incoming.query.get("access_token") or incoming.query.get("oauth_token") or [""]
        given = incoming.headers.get("Authorization") or token[-1]
        caller, scopes = self.access.identify(given, kind)
        self.access.admit(kind, scopes)
        return caller

    def _with_fault(self, kind: str, perform: Callable[[], Outgoing]) -> Outgoing:
        """Counts the call, lets the hooks in, and does to it what the script says."""
        if self._in_hook:
            return self._performed(perform)
        with self._lock:
            self.calls[kind] += 1
            fault = self._script.next(kind)
        self._run_hooks(kind)
        if not fault:
            return self._performed(perform)
        time.sleep(fault.delay)
        if fault.effect == "reset":
            return Outgoing(reset=True)
        if fault.effect == "html":
            return Outgoing(
                fault.status or 200, page(fault.status or 502, "Server Error", BUSY), HTML
            )
        if fault.status:
            error = fault.error(kind)
            return outgoing(error.code, fault.body(kind), error.headers)
        done = self._performed(perform)
        if fault.effect == "drop":
            return Outgoing(silent=True)
        if fault.effect == "cut":
            return Outgoing(done.status, done.body, done.content_type, cut=True)
        return done

    def _run_hooks(self, kind: str) -> None:
        """Calls the hooks, outside the lock so that they may call over HTTP themselves."""
        self._in_hook = True
        try:
            for hook in self._hooks:
                hook(kind)
        finally:
            self._in_hook = False

    def _performed(self, perform: Callable[[], Outgoing]) -> Outgoing:
        """Carries out a call, one at a time."""
        with self._lock:
            try:
                return perform()
            except ApiError as error:
                return outgoing(error.code, error.body, error.headers)
            except Exception:
                told = traceback.format_exc()
                self.failures.append(told)
                print(told, file=sys.stderr, flush=True)
                return outgoing(500, ApiError(500, f"tests.sheets_emulator failed: {told}").body)


def outgoing(
    status: int, body: Json, headers: Mapping[str, str] | None = None, pretty: bool = True
) -> Outgoing:
    """A JSON answer."""
    form: Json = {"indent": 2} if pretty else {"separators": (",", ":")}
    text = json.dumps(body, ensure_ascii=False, **form) + "\n"
    return Outgoing(status, text.encode(), headers=dict(headers or {}))
