"""A way out that is not e-mail, as small as one is: what its one file in `automation/mail` holds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from automation.core.reminders.notices import Letter
from automation.core.words.ways import Unfit
from automation.mail.correspondent import Correspondent
from automation.mail.message import identity
from automation.mail.transport import Answered, Outcome, TransportError
from automation.mail.ways import Written


class Telegram:
    """Without the network: `sent` has the chat and the text of each message."""

    def __init__(self) -> None:
        self.transport = self
        self.sent: list[tuple[str, str]] = []
        self.is_down = False
        self.answer = Answered()

    def fault(self, address: str) -> Unfit | None:
        return None if address.isdecimal() else Unfit("bukan nomor obrolan Telegram")

    def write(self, letter: Letter, office: Correspondent, now: datetime) -> Written:
        text = f"Yth. {letter.to.name}: {', '.join(notice.number for notice in letter.notices)}"
        own = identity("telegram", office, letter.to, *sorted(letter.keys))
        return Written(own, office.name, text.encode())

    def __enter__(self) -> Self:
        if self.is_down:
            raise TransportError("Telegram tidak dapat dihubungi. Periksa jaringan.")
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Outcome:
        self.sent += [(chat, message.decode()) for chat in recipients]
        return self.answer
