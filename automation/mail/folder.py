"""The way out that needs no server: each mail becomes an .eml file in a folder."""

import hashlib
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import SMTP
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Self

from automation.files import write_safely
from automation.mail.transport import Answered, Outcome, Refusal, TransportError

UNSAFE = re.compile(r"[^a-z0-9]+")
LONGEST_NAME = 40  # characters of the address
OWN_NAME = re.compile(r"\d{4}-\d\d-\d\d-\d\d\.\d\d\.\d\d-[a-z0-9-]*-[0-9a-f]{8}\.eml")


@dataclass(frozen=True)
class Folder:
    """Writes to `path`. A file is named by the mail's Date, whom it is to and its Message-ID, and
    so the same for a mail that is written again. Of an address only plain letters stay."""

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
        partial.unlink(missing_ok=True)  # of a run that was killed
        write_safely(partial, message)
        return partial.replace(target)


def clear(path: Path) -> None:
    """Removes from the folder `path` the mails that were written here, and no other file."""
    for file in path.glob("*.eml"):
        if OWN_NAME.fullmatch(file.name):
            with suppress(OSError):  # somebody has it open
                file.unlink()


def _file_name(message: bytes) -> str:
    headers = message_from_bytes(message, policy=SMTP)
    sent = parsedate_to_datetime(headers["Date"])
    to = UNSAFE.sub("-", headers["To"].addresses[0].username.lower()[:LONGEST_NAME])
    identity = hashlib.sha256(headers["Message-ID"].encode()).hexdigest()[:8]
    return f"{sent:%Y-%m-%d-%H.%M.%S}-{to}-{identity}.eml"
