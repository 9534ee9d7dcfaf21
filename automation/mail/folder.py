"""The way out that needs no server: each mail becomes an .eml file in a folder."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import SMTP
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Self

from automation.mail.transport import Answered, Outcome, Refusal, TransportError


@dataclass(frozen=True)
class Folder:
    """Writes to `path`. A file is named by the mail's Date and Message-ID: never by cell text, and
    the same for a mail that is written again."""

    path: Path

    def __enter__(self) -> Self:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise TransportError(
                f"Folder surel {self.path} tidak dapat dibuat ({error.strerror})."
                " Periksa [mail] folder pada pengaturan."
            ) from None
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Outcome:
        try:
            self.write(message)
        except OSError as error:
            reason = f"folder surel {self.path} tidak dapat ditulisi ({error.strerror})"
            return Answered(dict.fromkeys(recipients, Refusal(reason)), reason)
        return Answered()

    def write(self, message: bytes) -> Path:
        """The file is there whole or not at all. Raises OSError."""
        target = self.path / _file_name(message)
        partial = target.with_suffix(".part")
        with partial.open("wb") as file:
            file.write(message)
            file.flush()
            os.fsync(file.fileno())
        return partial.replace(target)


def _file_name(message: bytes) -> str:
    headers = message_from_bytes(message, policy=SMTP)
    sent = parsedate_to_datetime(headers["Date"])
    identity = hashlib.sha256(headers["Message-ID"].encode()).hexdigest()[:12]
    return f"{sent:%Y%m%d-%H%M%S}-{identity}.eml"
