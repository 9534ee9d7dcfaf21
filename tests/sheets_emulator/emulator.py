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
from tests.sheets_emulator.batch.apply import batch_update
from tests.sheets_emulator.call import Call
from tests.sheets_emulator.drive import Drive
from tests.sheets_emulator.errors import NOT_FOUND_PAGE, ApiError, NoSuchUrl
from tests.sheets_emulator.faults import Fault, Script
from tests.sheets_emulator.model import Spreadsheet
from tests.sheets_emulator.proto_json import read
from tests.sheets_emulator.server import Incoming, Outgoing, serve
from tests.sheets_emulator.service import Service
from tests.sheets_emulator.values_read import Rendering, value_range
from tests.sheets_emulator.values_write import written_range

Json = dict[str, Any]
Hook = Callable[[str], object]  # is told the kind of the call to come

HTML = "text/html; charset=UTF-8"
OWN = "/__emulator__/"


class Emulator:
    """A Sheets API of one's own: `with Emulator() as emulator: … emulator.url`.

    `calls` counts calls by kind (`spreadsheets.values.batchGet`, `drive.files.list`, `token`).
    `spreadsheets` are the models by id; `access` says who may call. What
    `batch_update`, `write` and `read` do is neither counted nor faulted.
    """

    def __init__(self, port: int = 0, script: Iterable[Fault | Mapping[str, Any]] = ()) -> None:
        self.service = Service()
        self.drive = Drive(self.service)
        self.access = Access()
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
        try:
            kind, perform = self._route(incoming)
        except NoSuchUrl:
            page = NOT_FOUND_PAGE.format(path=incoming.path)
            return Outgoing(404, page.encode(), HTML)
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
        caller, scopes = self.access.identify(incoming.authorization)
        self.access.admit(method.kind, path.get("spreadsheetId"), scopes)
        found = self.service.call(method, path, incoming.query, incoming.body, caller)
        return outgoing(200, found)

    def _drive(self, kind: str, incoming: Incoming) -> Outgoing:
        caller, scopes = self.access.identify(incoming.authorization)
        self.access.admit(kind, None, scopes)
        found = self.drive.call(kind, incoming.path, incoming.query, incoming.body, caller)
        return Outgoing(204) if found is None else outgoing(200, found)

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
            return Outgoing(200, b"<!DOCTYPE html><title>Sorry</title>", HTML)
        if fault.status:
            wait = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
            return outgoing(fault.status, fault.body, wait)
        done = self._performed(perform)
        if fault.effect == "drop":
            return Outgoing(silent=True)
        if fault.effect == "cut":
            return Outgoing(done.status, done.body, done.content_type, sent=len(done.body) // 2)
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
                return outgoing(error.code, error.body)
            except Exception:
                told = traceback.format_exc()
                self.failures.append(told)
                print(told, file=sys.stderr, flush=True)
                return outgoing(500, ApiError(500, f"tests.sheets_emulator failed: {told}").body)


def outgoing(status: int, body: Json, headers: Mapping[str, str] | None = None) -> Outgoing:
    """A JSON answer."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Outgoing(status, text.encode(), headers=dict(headers or {}))
