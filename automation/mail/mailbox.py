"""The mail of one office as the cycle sees it: `core.edges.Mailbox`, on outbox and transport."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from automation.core.digest import Digest
from automation.core.edges import Delivery, SentMail
from automation.core.notices import History, Letter
from automation.core.register import Grid
from automation.mail import journal
from automation.mail.compose import compose
from automation.mail.deliver import deliver
from automation.mail.digest import digest_mail
from automation.mail.message import Office
from automation.mail.outbox import Outbox
from automation.mail.outgoing import Mail
from automation.mail.store import FILE_NAME
from automation.mail.transport import Transport


class OutboxMailbox:
    """Remembers in the folder `state`, sends through `transport`. The outbox is made when there is
    something to write, so that a dry run leaves no trace."""

    def __init__(self, state: Path, transport: Transport, office: Office) -> None:
        self.state = state
        self.transport = transport
        self.office = office

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.state)

    def restore(self, grid: Grid | None) -> None:
        """Fills an empty outbox from the cells of the tab Pengingat, wherever they stand."""
        if grid and self.outbox.is_empty:
            journal.restore(self.outbox.store, (cell for row in grid for cell in row))

    def settle(self, live: Collection[tuple[str, str]], now: datetime) -> None:
        self.outbox.settle(live, now)

    def history(self) -> History:
        if not (self.state / FILE_NAME).exists():
            return History(told=frozenset(), mailed={})
        return self.outbox.history()

    def deliver(
        self, letters: Sequence[Letter], digests: Sequence[Digest], now: datetime
    ) -> Delivery:
        """Queues what is new and sends what is due."""
        self.outbox.queue(mails(letters, digests, self.office, now), now)
        delivery = deliver(self.outbox, self.transport, now)
        repaired, self.outbox.store.repaired = self.outbox.store.repaired, ""
        return replace(delivery, failed=(*filter(None, [repaired]), *delivery.failed))

    def log(self) -> Sequence[SentMail]:
        return journal.log(self.outbox.store)


def mails(
    letters: Sequence[Letter], digests: Sequence[Digest], office: Office, now: datetime
) -> list[Mail]:
    """Everything that one run has to say, composed."""
    return [
        *(Mail.of(letter, compose(letter, office, now)) for letter in letters),
        *(digest_mail(person, figures, office, now) for person, figures in digests),
    ]
