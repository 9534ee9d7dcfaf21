"""`rollover`: the year's close. Open cases go into a new register, the old one is kept and closed.

The new register is a new file or another spreadsheet, and nothing takes the old one's place: its
name, its address and every cell that staff typed stay as they were. So nothing can be lost to
somebody who has the old one open, an old link still leads to what it led to, and each step can be
done again. That the settings name the new one is the last step, and the operator's: one line,
which `watch` notices by itself.

    1. a new spreadsheet gets its tabs, shut to all: so it can be written to
    2. the old register is closed: the file read-only, the spreadsheet's tabs protected
    3. it is put whole into the archive, with a note of where its cases go (`record.py`)
    4. the new register is filled: it is complete, or not yet in use
    5. what the program remembers of the cases goes along

Whoever is stopped between two steps runs it again: what is done is found done. A case is known by
its number, so that a new register in which staff work already is compared and never written to.
Numbers begin anew, since a number carries its year; carried cases keep theirs.
"""

from dataclasses import dataclass
from datetime import date

from automation.core.edges import EdgeError
from automation.core.plan import Plan, plan
from automation.core.register.headers import Grids
from automation.core.tabs.new_year import NewYear, new_year
from automation.cycle import look_closely
from automation.installation import Installation
from automation.rollover.books import Books, books_of
from automation.rollover.record import Record, fingerprint, keep, kept


@dataclass(frozen=True)
class Rollover:
    """The close of `year`: what was done, or would be. `to` is as the settings are to name it."""

    year: int
    to: str
    coming: NewYear | None = None  # None: settings name the new register already
    missing: tuple[str, ...] = ()  # cases that staff have to copy
    notes: tuple[str, ...] = ()


def roll_over(installation: Installation, asked: str | None, *, dry_run: bool) -> Rollover:
    """Closes the year before the present one, or says what that would do. Raises EdgeError."""
    year, books = installation.now.year - 1, books_of(installation)
    shelf = installation.settings.path(installation.settings.report.folder)
    record = kept(shelf, year)
    known = record.to if record else books.successor()
    to = _target(books, asked, known, year)
    if books.is_current(to):
        return Rollover(year, to)
    coming = _coming(installation, books, year).new_year
    missing = _missing(installation, books, to, coming)
    if missing and not known:
        raise _occupied(books, to)
    if dry_run:
        return Rollover(year, to, coming, tuple(missing or ()))
    if missing is None:
        books.prepare(to, coming.sheets)
    by_hand = books.close(year, to)
    old = _coming(installation, books, year)  # nobody types into it any more
    if record is None or record.contents != fingerprint(old.cells):
        at = installation.now.replace(tzinfo=installation.settings.zone)
        note = Record(year, to, fingerprint(old.cells))
        keep(shelf, installation.schema.sop, at, books.whole(), note)
    if missing is None:
        books.fill(to, old.new_year.sheets)
    books.remember(to, old.grids)
    missing = _missing(installation, books, to, old.new_year)
    return Rollover(year, to, old.new_year, tuple(missing or ()), (by_hand,) if by_hand else ())


def _target(books: Books, asked: str | None, known: str, year: int) -> str:
    """Where the cases go: one place for a year, whoever asks again. `known` is where they went."""
    if not known:
        to = books.named(asked, year)
        if asked and books.is_current(to):
            raise EdgeError(
                f"{to} adalah buku register yang sekarang; sebut buku register baru dengan --to."
            )
        return to
    if asked and not books.is_same(books.named(asked, year), known):
        raise EdgeError(
            f"Tahun {year} sudah ditutup ke {known}; jalankan tanpa --to, supaya tidak ada "
            "berkas yang tercatat dua kali."
        )
    return known


@dataclass(frozen=True)
class _Old:
    """What stands in the old register, what of it staff typed, and what of that travels."""

    grids: Grids
    cells: Grids
    new_year: NewYear


def _coming(installation: Installation, books: Books, year: int) -> _Old:
    grids, seen = look_closely(installation.office, installation.now)
    _refuse_doubtful(seen)
    cells = books.told(grids)
    return _Old(grids, cells, new_year(seen, cells, installation.schema, date(year + 1, 1, 1)))


def _refuse_doubtful(seen: Plan) -> None:
    if seen.doubt:
        raise EdgeError(seen.doubt)
    seen.understood()
    for fault in seen.snapshot.register.header_faults:
        if fault.kind == "header_doubled":
            raise EdgeError(
                f"Tab {fault.tab}: tajuk kolom {fault.header} berulang di kolom "
                f"{' dan '.join(fault.letters)}; sisakan satu, lalu jalankan lagi."
            )


def _missing(
    installation: Installation, books: Books, to: str, coming: NewYear
) -> list[str] | None:
    """The carried cases that the new register lacks; None where it is still to be filled."""
    there = books.there(to)
    if there is None:
        return None
    seen = plan(there, installation.schema, installation.now, zone=installation.office.zone)
    if seen.measures is None:
        raise _occupied(books, to)
    return coming.absent_from(seen.measures.progress.cases["identity"].tolist())


def _occupied(books: Books, to: str) -> EdgeError:
    return EdgeError(f"{to} sudah berisi yang lain; sebut {books.vacant} dengan --to.")
