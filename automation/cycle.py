"""One run, from the register's cells to the mail and the published tabs.

Mail goes out before the tabs are published, so that `Pengingat` tells what was sent and not what
was meant to be. Either works without the other: a tab that cannot be published stops no mail, a
mail server that is down stops no figures.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from automation.core.edges import Clock, Delivery, EdgeError, Mailbox, Published, Workbook
from automation.core.headers import Grid
from automation.core.plan import Plan, plan
from automation.core.schema import Schema
from automation.core.tabs import PENGINGAT, program_sheets

Report = Callable[[str], None]  # told what is being done, in Indonesian


@dataclass(frozen=True)
class Office:
    """An office as a run is handed it: its facts, its workbook, its mail."""

    schema: Schema
    workbook: Workbook
    mailbox: Mailbox
    allowed_domains: tuple[str, ...]
    zone: str  # as written behind a time: "WIB"
    clock: Clock | None = None  # None: `now` was chosen on purpose, and nothing speaks against it


@dataclass(frozen=True)
class Outcome:
    """What a run saw and what became of it."""

    plan: Plan
    delivery: Delivery
    published: Published

    @property
    def complete(self) -> bool:
        """Whether everything was read, published and sent, or waits for a good reason."""
        understood = self.plan.figures is not None
        return understood and self.published.complete and not self.delivery.failed


def look(office: Office, now: datetime) -> Plan:
    """What the register says at `now` (local wall-clock time). Raises EdgeError."""
    return _seen(office, office.workbook.read(), now)


def run(office: Office, now: datetime, report: Report = lambda stage: None) -> Outcome:
    """One run at `now` (local wall-clock time). Raises EdgeError if the register cannot be had."""
    report("Membaca register")
    grids = office.workbook.read()
    report("Memeriksa dan menghitung waktu kerja")
    seen = _seen(office, grids, now)
    if seen.doubt:
        return Outcome(seen, Delivery(sent=0, waiting=0), _withheld(seen))
    report("Mengirim pengingat")
    delivery = _deliver(office, seen, grids.get(PENGINGAT))
    report("Menerbitkan ringkasan")
    return Outcome(seen, delivery, _publish(office, seen))


def republish(office: Office, now: datetime) -> Published:
    """The program's tabs as a run at `now` would leave them, without any mail. Raises EdgeError."""
    grids = office.workbook.read()
    seen = _seen(office, grids, now)
    if seen.doubt:
        return _withheld(seen)
    office.mailbox.restore(grids.get(PENGINGAT), seen.now)
    return _publish(office, seen)


def _seen(office: Office, grids: Mapping[str, Grid | None], now: datetime) -> Plan:
    seen = plan(grids, office.schema, now, office.allowed_domains, office.zone)
    if office.clock is None:
        return seen
    return replace(seen, doubt=office.clock.doubt(seen.register, grids.get(PENGINGAT), seen.now))


def _withheld(seen: Plan) -> Published:
    return Published(complete=False, note=seen.doubt)


def _deliver(office: Office, seen: Plan, log: Grid | None) -> Delivery:
    mailbox = office.mailbox
    try:
        if office.clock is not None:
            office.clock.believe(seen.now)
        mailbox.restore(log, seen.now)
        if seen.figures is None:
            return Delivery(sent=0, waiting=0)
        mailbox.settle(seen.live(mailbox.history()), seen.now)
        if not seen.may_write:
            return Delivery(sent=0, waiting=0)
        history = mailbox.history()
        letters = seen.letters(office.schema, history)
        return mailbox.deliver(letters, seen.untold_digests(office.schema, history), seen.now)
    except EdgeError as error:
        return Delivery(sent=0, waiting=0, failed=(str(error),))


def _publish(office: Office, seen: Plan) -> Published:
    try:
        sheets = program_sheets(
            seen, office.schema, office.mailbox.log(), office.workbook.cell_link, office.zone
        )
        return office.workbook.publish(sheets, seen.now)
    except EdgeError as error:
        return Published(complete=False, note=str(error))
