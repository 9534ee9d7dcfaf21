"""HTTP on the way in and out, and the connection's misfortunes."""

import socket
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Incoming:
    """A request as it came."""

    verb: str
    path: str  # still percent-encoded
    query: dict[str, list[str]]
    body: bytes
    authorization: str | None


@dataclass(frozen=True)
class Outgoing:
    """An answer, and what becomes of it on the wire.

    `sent`: how many bytes of the body leave, all if None; 0 with `silent` means no answer at all,
    and `reset` ends the connection with a RST.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json; charset=UTF-8"
    headers: dict[str, str] = field(default_factory=dict)
    sent: int | None = None
    silent: bool = False
    reset: bool = False


class Application(Protocol):
    """What answers requests."""

    def answer(self, incoming: Incoming) -> Outgoing: ...


def serve(application: Application, port: int) -> ThreadingHTTPServer:
    """A server on the local host, not yet running; port 0 takes a free one."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "ESF"
        sys_version = ""
        disable_nagle_algorithm = True
        wbufsize = -1

        def handle_any(self) -> None:
            """Reads a request whole, has it answered, sends the answer."""
            url = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            incoming = Incoming(
                self.command,
                url.path,
                parse_qs(url.query, keep_blank_values=True),
                self.rfile.read(length),
                self.headers.get("Authorization"),
            )
            with suppress(ConnectionError):  # a client that has gone needs no answer
                send(self, application.answer(incoming))

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = handle_any  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: the emulator counts calls itself."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    return server


def send(handler: BaseHTTPRequestHandler, outgoing: Outgoing) -> None:
    """Sends an answer, or as much of it as its fate allows."""
    if outgoing.reset:
        linger = struct.pack("ii", 1, 0)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    if outgoing.reset or outgoing.silent:
        handler.close_connection = True
        handler.connection.close()
        return
    handler.send_response(outgoing.status)
    if outgoing.status != 204:
        handler.send_header("Content-Type", outgoing.content_type)
        handler.send_header("Content-Length", str(len(outgoing.body)))
    for name, value in outgoing.headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(outgoing.body[: outgoing.sent])
    handler.wfile.flush()
    if outgoing.sent is not None:
        handler.close_connection = True
