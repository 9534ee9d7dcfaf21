"""E-mail as a way out: composed with templates, sent by a mail server or kept in a folder."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from automation.core.reminders.notices import Letter
from automation.core.words.addresses import address_fault
from automation.core.words.ways import Unfit
from automation.mail.correspondent import Correspondent
from automation.mail.transport import Transport
from automation.mail.ways import Written


@dataclass(frozen=True)
class Email:
    """`allowed_domains` are those that mail may be sent to; none = all."""

    transport: Transport
    allowed_domains: Collection[str] = ()

    def fault(self, address: str) -> Unfit | None:
        return address_fault(address, self.allowed_domains)

    def write(self, letter: Letter, office: Correspondent, now: datetime) -> Written:
        """Raises where a header cannot be written."""
        from automation.mail.compose import compose  # its templates are loaded only for a letter

        message = compose(letter, office, now)
        return Written(message["Message-ID"], office.sender, message.as_bytes())
