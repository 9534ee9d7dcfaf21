"""HTTP on the way in and out, and the connection's misfortunes."""

import gzip
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from tests.sheets_emulator.errors import malformed_request

HTML = "text/html; charset=UTF-8"
FORM = "application/x-www-form-urlencoded"

# As in recorded answers of the Sheets API.
HEADERS = {
    "Vary": "Origin, X-Origin, Referer",
    "Cache-Control": "private",
    "X-XSS-Protection": "0",
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Incoming:
    """A request as it came."""

    verb: str
    path: str  # still percent-encoded
    query: dict[str, list[str]]
    body: bytes
    headers: Message
    lengthless: bool = False  # a body may follow, but nobody knows how much


@dataclass(frozen=True)
class Outgoing:
    """An answer, and what becomes of it on the wire.

    `cut`: half of the body leaves; `silent`: nothing at all; `reset`: the connection ends with a RST.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json; charset=UTF-8"
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    silent: bool = False
    reset: bool = False


class Application(Protocol):
    """What answers requests."""

    def answer(self, incoming: Incoming) -> Outgoing: ...


def serve(application: Application, port: int) -> ThreadingHTTPServer:
    """A server on the local host, not yet running; port 0 takes a free one."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def handle_any(self) -> None:
            """Reads a request whole, has it answered, sends the answer."""
            with suppress(ConnectionError):  # a client that has gone needs no answer
                try:
                    incoming = received(self)
                except (ValueError, gzip.BadGzipFile, EOFError):
                    self.close_connection = True  # nobody knows where the next request begins
                    send(self, Outgoing(400, malformed_request(), HTML))
                else:
                    send(self, application.answer(incoming))

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = handle_any  # noqa: N815
        do_HEAD = do_OPTIONS = handle_any  # noqa: N815

        def version_string(self) -> str:
            """The name of Google's front end."""
            return "ESF"

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing: the emulator counts calls itself."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    return server


def received(handler: BaseHTTPRequestHandler) -> Incoming:
    """The request that a handler is at.

    A URL too long for a GET may be sent as a POST with its parameters as a form, as
    google-api-python-client does.
    """
    url, headers = urlsplit(handler.path), handler.headers
    chunked = "chunked" in headers.get("Transfer-Encoding", "").lower()
    counted = "Content-Length" in headers
    body = (
        chunks(handler) if chunked else handler.rfile.read(int(headers.get("Content-Length") or 0))
    )
    if headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    verb, query = handler.command, url.query
    if verb == "POST" and "X-HTTP-Method-Override" in headers:
        verb = headers["X-HTTP-Method-Override"].upper()
        if headers.get_content_type() == FORM:
            query, body = f"{query}&{body.decode()}", b""
    lengthless = handler.command in ("POST", "PUT", "PATCH") and not (chunked or counted)
    return Incoming(
        verb, url.path, parse_qs(query, keep_blank_values=True), body, headers, lengthless
    )


def chunks(handler: BaseHTTPRequestHandler) -> bytes:
    """A body that comes in chunks (RFC 9112, 7.1)."""
    parts = []
    while size := int(handler.rfile.readline().split(b";")[0], 16):
        parts.append(handler.rfile.read(size))
        handler.rfile.readline()
    while handler.rfile.readline().strip():
        pass  # trailers
    return b"".join(parts)


def send(handler: BaseHTTPRequestHandler, outgoing: Outgoing) -> None:
    """Sends an answer, or as much of it as its fate allows."""
    if outgoing.reset:
        linger = struct.pack("ii", 1, 0)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    if outgoing.reset or outgoing.silent:
        handler.close_connection = True
        handler.connection.close()
        return
    headers, body = {**HEADERS, **outgoing.headers}, outgoing.body
    if body and "gzip" in handler.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"] = "gzip"
        body = gzip.compress(body, compresslevel=1)
    if outgoing.status != 204:
        headers |= {"Content-Type": outgoing.content_type, "Content-Length": str(len(body))}
    handler.send_response(outgoing.status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(body[: len(body) // 2] if outgoing.cut else body)
    handler.wfile.flush()
    if outgoing.cut:
        handler.close_connection = True
