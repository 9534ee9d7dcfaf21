"""A real SMTP server for tests: aiosmtpd in a thread, with certificates made on the spot."""

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

USER, PASSWORD = "pengingat@kantor.go.id", "rahasia sekali"
HOST = "localhost"
AUTHORITY = trustme.CA()

Answer = str | Callable[[SMTP], Any]  # what to say, or what to do to the connection


@dataclass
class Post:
    """What the server received, and what it is told to answer.

    `recipients` answers RCPT by address; `mails` answers the messages, one after the other, and
    then with 250.
    """

    received: list[Envelope] = field(default_factory=list)
    recipients: dict[str, str] = field(default_factory=dict)
    mails: list[Answer] = field(default_factory=list)
    before_data: list[Answer] = field(default_factory=list)
    sender: str = "250 OK"
    offered: list[str] = field(default_factory=list)  # the sender of each mail, taken or not

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        self.offered.append(address)
        return self.sender

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.recipients.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:  # noqa: N802
        answer = self.mails.pop(0) if self.mails else "250 2.0.0 OK diterima"
        if isinstance(answer, str):
            if answer.startswith("250"):
                self.received.append(envelope)
            return answer
        self.received.append(envelope)
        await answer(server)
        return "250 OK"

    # Methods, not properties: aiosmtpd looks at every attribute for each connection.
    def messages(self) -> list[EmailMessage]:
        contents = (each.content for each in self.received)
        return [
            message_from_bytes(content, policy=default)
            for content in contents
            if isinstance(content, bytes)
        ]

    def identities(self) -> list[str]:
        return [message["Message-ID"] for message in self.messages()]


class _Server(SMTP):
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if self.event_handler.before_data:
            await self.event_handler.before_data.pop(0)(self)
            return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


async def hang_up(server: SMTP) -> None:
    """The connection breaks."""
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()


async def stall(server: SMTP) -> None:
    """The answer does not come."""
    await asyncio.sleep(3)


@contextmanager
def mail_server(
    post: Post, *, security: str = "none", login: bool = False, name: str = HOST
) -> Iterator[int]:
    """The port of a server that speaks `security` with a certificate for `name`."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    AUTHORITY.issue_cert(name).configure_cert(context)
    options: dict[str, Any] = {"hostname": "127.0.0.1", "port": 0, "ready_timeout": 10}
    if security == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    if security == "tls":
        options |= {"ssl_context": context, "auth_require_tls": False}
    if login:
        options |= {"authenticator": _authenticate, "auth_required": True}
    controller = _Controller(post, **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _authenticate(
    server: SMTP, session: Any, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    known = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=data == known, handled=False)
