"""One run, from the register's cells to the mail and the published tabs.

Mail goes out before the tabs are published, so that `Pengingat` tells what was sent and not what
was meant to be. Either works without the other: a tab that cannot be published stops no mail, a
mail server that is down stops no figures. Only where the state folder was empty must the tabs show
first that they can be written: nothing else might remember the mail, and each run would send it.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from automation.core.edges import Clock, Delivery, EdgeError, Mailbox, Published, Reports, Workbook
from automation.core.plan import Plan, follow, past_of
from automation.core.register.headers import Grids
from automation.core.register.reading import read_register
from automation.core.register.register import Register
from automation.core.reminders.notices import Told
from automation.core.schema import Schema
from automation.core.tabs import program_sheets
from automation.core.versions import is_older, refusal, tabs_version
from automation.core.words.indonesian import number
from automation.core.words.titles import PENGINGAT, REMEMBERING
from automation.core.words.ways import Ways

Report = Callable[[str], None]  # told what is being done, in Indonesian
Keep = Callable[[str, Grids], None]  # copies what tabs of an older version remember

UNREMEMBERED = (
    "Surel ditahan: folder state kosong dan tab program tidak dapat diterbitkan, sehingga surel "
    "yang dikirim tidak akan diingat; perbaiki dahulu penerbitannya."
)
HELD = "Sampai itu dilakukan, tidak ada surel yang dikirim."  # else each register would send some


@dataclass(frozen=True)
class Office:
    """An office as a run is handed it: its facts, its workbook, its mail."""

    schema: Schema
    workbook: Workbook
    mailbox: Mailbox
    ways: Ways  # what can be written to
    zone: str  # as written behind a time: "WIB"
    keep: Keep
    reports: Reports | None = None  # None: the head is sent none
    clock: Clock | None = None  # None: `now` was chosen on purpose, and nothing speaks against it


@dataclass(frozen=True)
class Outcome:
    """What a run saw and what became of it."""

    plan: Plan
    delivery: Delivery
    published: Published

    @property
    def faults(self) -> tuple[str, ...]:
        """What was not read, sent or published, in Indonesian sentences; what waits for a good
        reason is none."""
        read = () if self.plan.measures else ("Buku Register tidak dapat dibaca; lihat `check`.",)
        note = self.published.note or "Tab program tidak dapat diterbitkan."
        published = () if self.published.complete else (note,)
        return (*read, *self.delivery.failed, *published)

    @property
    def complete(self) -> bool:
        return not self.faults


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's search for objects that only hold each other: a cycle makes millions, all in
    use to its end, and going through them again and again takes a fourth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def look(office: Office, now: datetime) -> Plan:
    """What the register says at `now` (local wall-clock time). Raises EdgeError."""
    return look_closely(office, now)[1]


@_uncollected()
def look_closely(office: Office, now: datetime) -> tuple[Grids, Plan]:
    """The same beside the cells of all tabs, by title. Raises EdgeError."""
    grids, register = _read(office)
    return grids, _seen(office, register, grids, now, _doubt(office, register, grids, now))


@_uncollected()
def run(office: Office, now: datetime, report: Report = lambda stage: None) -> Outcome:
    """One run at `now` (local wall-clock time). Raises EdgeError if the register cannot be had."""
    report("Membaca register")
    grids, register = _read(office)
    report("Memeriksa dan menghitung waktu kerja")
    doubt = _doubt(office, register, grids, now)
    if doubt:
        seen = _seen(office, register, grids, now, doubt)
        withheld = Published(complete=False, note=doubt)
        return Outcome(seen, Delivery(sent=0, waiting=0), withheld)
    _keep_older(office, grids)
    trouble = _restore(office, grids, now)
    seen = _seen(office, register, grids, now)
    del grids  # of a large office a fourth of all the room, and not needed any more
    report("Mengirim pengingat")
    delivery = trouble or _deliver(office, seen)
    report("Menerbitkan ringkasan")
    return Outcome(seen, delivery, _publish(office, _telling(seen, delivery)))


@_uncollected()
def republish(office: Office, now: datetime, before: Grids | None = None) -> Published:
    """The program's tabs as a run at `now` would leave them, without any mail. Raises EdgeError.

    `before` are the tabs that remember, where these are other ones than those that are read.
    """
    grids, register = _read(office)
    grids = grids if before is None else before
    doubt = _doubt(office, register, grids, now)
    if doubt:
        return Published(complete=False, note=doubt)
    _keep_older(office, grids)
    office.mailbox.restore(grids.get(PENGINGAT), now)
    return _publish(office, _seen(office, register, grids, now))


def _read(office: Office) -> tuple[Grids, Register]:
    grids = office.workbook.read()
    _refuse_newer(grids)
    register = read_register(grids, office.schema, office.zone)
    return grids, replace(register, strays=tuple(office.workbook.strays()))


def refuse_newer_tabs(workbook: Workbook) -> None:
    """Before `setup`, which may find no tabs yet. Raises EdgeError."""
    try:
        grids = workbook.read()
    except EdgeError:  # setup makes what is missing, or says what is wrong
        return
    _refuse_newer(grids)


def _refuse_newer(grids: Grids) -> None:
    """Raises EdgeError where a newer program wrote its tabs: two of them would take turns."""
    version = tabs_version(grids.get(PENGINGAT))
    told = refusal("Tab program", version) if version else ""
    if told:
        raise EdgeError(told)


def _keep_older(office: Office, grids: Grids) -> None:
    """What the tabs remember and nothing else may know, before they are written anew."""
    version = tabs_version(grids.get(PENGINGAT))
    if version and is_older(version):
        office.keep(version, {title: grids.get(title) for title in REMEMBERING})


def _doubt(office: Office, register: Register, grids: Grids, now: datetime) -> str:
    if office.clock is None:
        return ""
    return office.clock.doubt(register, grids.get(PENGINGAT), now)


def _seen(office: Office, register: Register, grids: Grids, now: datetime, doubt: str = "") -> Plan:
    past = past_of(grids, office.schema, _told(office))
    if office.reports:
        past = replace(past, report=office.reports.ready(now))
    seen = follow(register, office.schema, now, office.ways, past)
    successor, played = office.workbook.successor(), office.clock is None
    return replace(seen, doubt=doubt, successor=successor, is_played=played)


def _told(office: Office) -> Told:
    """What was mailed; nothing where that cannot be read now: then nothing is mailed either."""
    try:
        return office.mailbox.told()
    except EdgeError:
        return Told()


def _restore(office: Office, grids: Grids, now: datetime) -> Delivery | None:
    """Makes good a lost memory of mail; what came of the mail where that cannot be done."""
    try:
        if office.clock is not None:
            office.clock.believe(now)
        office.mailbox.restore(grids.get(PENGINGAT), now)
    except EdgeError as error:
        return Delivery(sent=0, waiting=0, failed=(str(error),))
    return None


def _deliver(office: Office, seen: Plan) -> Delivery:
    mailbox = office.mailbox
    if seen.successor:
        return Delivery(sent=0, waiting=0, failed=(f"{seen.successor.sentence} {HELD}",))
    try:
        if seen.measures is None:
            return Delivery(sent=0, waiting=0)
        before = mailbox.told()
        mailbox.settle(seen.live(before), seen.now)
        if not seen.may_write:
            return Delivery(sent=0, waiting=0)
        told = mailbox.told()
        told = replace(told, unsent=frozenset(before.notices.keys() - told.notices.keys()))
        letters = seen.letters(told)
        if letters and mailbox.is_new and not _publish(office, seen).complete:
            return Delivery(sent=0, waiting=len(letters), failed=(UNREMEMBERED,))
        return mailbox.deliver(letters, seen.now)
    except EdgeError as error:
        return Delivery(sent=0, waiting=0, failed=(str(error),))


def _telling(seen: Plan, delivery: Delivery) -> Plan:
    """With a remark for `Ringkasan` where mail did not go out: who waits for it cannot know."""
    if not delivery.failed or seen.successor:
        return seen
    note = (
        "Surel: pengiriman terakhir tidak berhasil seluruhnya, "
        f"{number(delivery.waiting)} masih menunggu; hubungi petugas TI."
    )
    return replace(seen, notes=(note, *seen.notes))


def _publish(office: Office, seen: Plan) -> Published:
    try:
        sheets = program_sheets(
            seen, office.schema, office.mailbox.pengingat(), office.workbook.cell_link, office.zone
        )
        return office.workbook.publish(sheets, seen.now)
    except EdgeError as error:
        return Published(complete=False, note=str(error))
