"""The address of somebody who watches from elsewhere: told of each run, and never waited for."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from automation.unattended import beacon as module
from automation.unattended.beacon import Beacon
from automation.unattended.journal import kept, speaking_for, spoken

SECRET = "5f2c-rahasia"


class Listener:
    """A server on this machine; `asked` are the paths that were requested."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status = 200
        self.answer: Callable[[], object] = lambda: None  # what is done before it answers

    @contextmanager
    def open(self) -> Iterator[str]:
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                listener.asked.append(self.path)
                listener.answer()
                self.send_response(listener.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/ping/{SECRET}"
        finally:
            server.shutdown()
            server.server_close()


def test_the_addresses_are_those_of_the_convention_and_in_turn() -> None:
    listener = Listener()
    with listener.open() as address:
        beacon = Beacon(f"{address}?create=1")
        for sign in ("/start", "", "/fail"):
            beacon.tell(sign)  # type: ignore[arg-type]
        beacon.settle()
    base = f"/ping/{SECRET}"
    assert listener.asked == [f"{base}/start?create=1", f"{base}?create=1", f"{base}/fail?create=1"]


def test_who_never_answers_holds_nothing_up(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """`tell` comes back while the server is still silent; requests do not pile up."""
    monkeypatch.setattr(module, "TIMEOUT", 0.3)
    listener, came, end = Listener(), threading.Event(), threading.Event()
    listener.answer = lambda: (came.set(), end.wait(20))
    with listener.open() as address, caplog.at_level(logging.INFO):
        beacon = Beacon(address)
        for _ in range(20):
            beacon.tell("")
        assert came.wait(20)
        beacon.settle(30)
        assert len(listener.asked) <= module.MOST_WAITING
        end.set()
    assert "ReadTimeout" in caplog.text


def test_the_address_is_never_logged_and_a_lasting_fault_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    listener = Listener()
    listener.status = 404
    with listener.open() as address, caplog.at_level(logging.DEBUG, logger="automation"):
        beacon = Beacon(address)
        for status in (404, 404, 200, 500):
            listener.status = status
            beacon.tell("")
            beacon.settle()
    beacon.tell("")  # nobody is there any more
    beacon.settle()
    own = [record.getMessage() for record in caplog.records if record.name.startswith("automation")]
    assert own == [
        "Alamat pemantau ([watch] ping) tidak dapat dihubungi: menjawab 404.",
        "Alamat pemantau ([watch] ping) menjawab lagi.",
        "Alamat pemantau ([watch] ping) tidak dapat dihubungi: menjawab 500.",
    ]
    assert not any(SECRET in said for said in own)


def test_an_address_that_leads_nowhere_is_said_without_it(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="automation"):
        beacon = Beacon("https://nama-yang-tidak-ada.invalid/rahasia")
        beacon.tell("/start")
        beacon.settle(30)
    assert [record.getMessage() for record in caplog.records if "automation" in record.name] == [
        "Alamat pemantau ([watch] ping) tidak dapat dihubungi: ConnectionError."
    ]


def test_without_an_address_nothing_is_asked() -> None:
    before = threading.active_count()
    Beacon("").tell("")
    assert threading.active_count() == before


def test_what_a_beacon_has_to_say_stands_in_the_log_of_its_office(tmp_path: Path) -> None:
    zone = ZoneInfo("Asia/Jakarta")
    with speaking_for("bantul"), spoken(zone, verbose=False, aloud=False), kept(tmp_path, zone):
        beacon = Beacon("http://127.0.0.1:1/x")
        beacon.tell("")
        beacon.settle()
    assert "bantul: Alamat pemantau" in (tmp_path / "catatan.log").read_text(encoding="utf-8")
