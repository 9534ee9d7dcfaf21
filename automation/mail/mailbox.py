"""The mail of one office as the cycle sees it: `core.edges.Mailbox`, on outbox and transport."""

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from automation.core.edges import Delivery, SentMail
from automation.core.once import cached_property
from automation.core.register.headers import Grid
from automation.core.reminders.notices import Letter, Told
from automation.mail import pengingat
from automation.mail.correspondent import Correspondent
from automation.mail.deliver import deliver
from automation.mail.outbox import Outbox
from automation.mail.outgoing import Mail
from automation.mail.store import FILE_NAME, OutboxError
from automation.mail.ways import WayOut


class OutboxMailbox:
    """Remembers in the folder `state`, sends by `ways`, by kind. The outbox is made when there is
    something to write, so that a dry run leaves no trace."""

    def __init__(self, state: Path, ways: Mapping[str, WayOut], office: Correspondent) -> None:
        self.state = state
        self.ways = ways
        self.office = office
        self.is_new = False

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.state)

    def restore(self, grid: Grid | None, now: datetime) -> None:
        """Opens the outbox, which examines it, and completes it from the cells of the tab
        Pengingat, wherever they stand. The first thing in each run."""
        self._close()
        self.is_new = not os.path.lexists(self.state / FILE_NAME)
        pengingat.restore(self.outbox.store, (cell for row in grid or () for cell in row), now)

    def _close(self) -> None:
        opened = self.__dict__.pop("outbox", None)
        if opened:
            opened.store.close()

    def settle(self, live: Collection[tuple[str, str]], now: datetime) -> None:
        self.outbox.settle(live, now)

    def told(self) -> Told:
        try:
            (self.state / FILE_NAME).stat()
        except FileNotFoundError:
            return Told()
        except OSError as error:
            raise OutboxError(
                f"Kotak keluar di {self.state} tidak dapat dipakai ({error.strerror}); periksa hak "
                "atas folder itu."
            ) from None
        return self.outbox.told()

    def deliver(self, letters: Sequence[Letter], now: datetime) -> Delivery:
        """Queues what is new and sends what is due."""
        written, faults = composed(letters, self.ways, self.office, now)
        self.outbox.queue(written, now)
        transports = {kind: way.transport for kind, way in self.ways.items()}
        delivery = deliver(self.outbox, transports, now)
        repairs = self.outbox.store.repairs
        if repairs:
            self.outbox.store.repairs_told()
        return replace(delivery, failed=(*repairs, *faults, *delivery.failed))

    def pengingat(self) -> Sequence[SentMail]:
        return pengingat.rows(self.outbox.store)


def composed(
    letters: Sequence[Letter], ways: Mapping[str, WayOut], office: Correspondent, now: datetime
) -> tuple[list[Mail], list[str]]:
    """Everything that one run has to say, and a sentence for each letter that cannot be written: it
    is left out, whatever is wrong with it, so that the others go out."""
    mails, faults = [], []
    for letter in letters:
        way = letter.to.way
        try:
            mails.append(Mail.of(letter, ways[way.kind].write(letter, office, now)))
        except Exception as error:
            faults.append(
                f"{way.noun} kepada {way.address} dilewati karena tidak dapat disusun"
                f" ({type(error).__name__}); surel lain tetap dikirim. Sampaikan kalimat ini kepada"
                " pemelihara program."
            )
    return mails, faults
