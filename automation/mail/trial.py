"""One test mail, sent past the outbox, and what the server said of it."""

from collections.abc import Collection
from datetime import datetime

from automation.core.addresses import AddressFault, address_fault
from automation.mail.compose import compose_test
from automation.mail.message import Office
from automation.mail.transport import Answered, Transport, TransportError

FAULTS: dict[AddressFault, str] = {
    "malformed": "bukan satu alamat surel yang lengkap",
    "not_ascii": "memuat huruf di luar ASCII",
    "domain_not_allowed": "domainnya tidak ada pada [mail] allowed_domains",
}


def send_test(
    address: str,
    transport: Transport,
    office: Office,
    now: datetime,
    allowed_domains: Collection[str] = (),
) -> str:
    """What the server said, as an Indonesian sentence. Raises TransportError with one if the mail
    was not taken. `now` is naive and local to the office."""
    fault = address_fault(address, allowed_domains)
    if fault:
        raise TransportError(f"Surel uji tidak dikirim: {address!r} {FAULTS[fault]}.")
    message = compose_test(address, office, now).as_bytes()
    with transport:
        outcome = transport.send(message, office.sender, [address])
    if not isinstance(outcome, Answered):
        raise TransportError(f"Surel uji kepada {address} belum pasti terkirim: {outcome.reason}.")
    if address in outcome.refused:
        raise TransportError(
            f"Surel uji kepada {address} tidak diterima: {outcome.refused[address].reason}."
        )
    said = f"; server menjawab {outcome.said}" if outcome.said else ""
    return f"Surel uji kepada {address} terkirim{said}."
