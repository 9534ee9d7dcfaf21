"""One test mail, sent past the outbox, and what the server said of it."""

from datetime import datetime

from automation.mail.compose import compose_test
from automation.mail.correspondent import Office
from automation.mail.email import Email
from automation.mail.transport import Answered, TransportError


def send_test(
    address: str,
    email: Email,
    office: Office,
    now: datetime,
) -> str:
    """What the server said, as an Indonesian sentence. Raises TransportError with one if the mail
    was not taken. `now` is naive and local to the office."""
    fault = email.fault(address)
    if fault:
        raise TransportError(f"Surel uji tidak dikirim: {address!r} {fault.reason}.")
    message = compose_test(address, office, now).as_bytes()
    with email.transport as transport:
        outcome = transport.send(message, office.sender, [address])
    if not isinstance(outcome, Answered):
        raise TransportError(f"Surel uji kepada {address} belum pasti terkirim: {outcome.reason}.")
    if address in outcome.refused:
        raise TransportError(
            f"Surel uji kepada {address} tidak diterima: {outcome.refused[address].reason}."
        )
    said = f"; server menjawab {outcome.said}" if outcome.said else ""
    return f"Surel uji kepada {address} terkirim{said}."
