"""A single mail, sent past the outbox to somebody who looks after the program."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Literal

from automation.core.reminders.notices import Person
from automation.core.words.ways import EMAIL, Way
from automation.mail.correspondent import Correspondent
from automation.mail.email import Email
from automation.mail.transport import Answered, TransportError

Compose = Callable[[Person], EmailMessage]


@dataclass(frozen=True)
class News:
    """How the program is, for the IT contact. `since` is local wall-clock time."""

    kind: Literal["alarm", "relief", "settings"]
    since: datetime  # of the first failed run, the last good one, or the change of the settings
    runs: int = 0  # that failed
    fault: str = ""  # an Indonesian sentence


def send_test(address: str, email: Email, office: Correspondent, now: datetime) -> str:
    """What the server said, as an Indonesian sentence. `now` is naive and local to the office.
    Raises TransportError with one if the mail was not taken."""
    from automation.mail.compose import compose_test  # its templates are loaded only for a mail

    said = _sent(address, email, office, "Surel uji", lambda to: compose_test(to, office, now))
    return f"Surel uji kepada {address} terkirim{said}."


def send_news(news: News, address: str, email: Email, office: Correspondent, now: datetime) -> None:
    """Likewise. The same news is the same mail, whenever it is sent."""
    from automation.mail.compose import compose_news

    _sent(address, email, office, "Surel", lambda to: compose_news(vars(news), to, office, now))


def _sent(address: str, email: Email, office: Correspondent, noun: str, compose: Compose) -> str:
    fault = email.fault(address)
    if fault:
        raise TransportError(f"{noun} tidak dikirim: {address!r} {fault.reason}.")
    message = compose(Person(name="", way=Way(EMAIL, address), role="")).as_bytes()
    with email.transport as transport:
        outcome = transport.send(message, office.sender, [address])
    if not isinstance(outcome, Answered):
        raise TransportError(f"{noun} kepada {address} belum pasti terkirim: {outcome.reason}.")
    if address in outcome.refused:
        reason = outcome.refused[address].reason
        raise TransportError(f"{noun} kepada {address} tidak diterima: {reason}.")
    return f"; server menjawab {outcome.said}" if outcome.said else ""
