"""A month of an office whose disk is empty in each run, beside one that keeps its state folder.

    python -m benchmarks.year.forgetful [--days N] [--cases-per-day X] [--seed S]

That is how a job runs that some scheduler starts on a machine of its own each time. Both offices
live through the same days, a run each quarter of an hour, and must send the same mails at the same
time. Exit code 1 if one differs; each that does is named.
"""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from automation.core.schema import Schema
from automation.mail.mailbox import OutboxMailbox
from automation.settings import Settings, load_schema
from benchmarks.year.__main__ import instants
from benchmarks.year.office import Sent, Simulated
from benchmarks.year.staff import case_edits
from benchmarks.year.world import Book, Desk, Edit, arrivals, closure_edits, in_order, staff_edits


class Forgetful(Simulated):
    """An installation each of whose runs finds its state folder empty."""

    def __init__(self, schema: Schema, book: Book, folder: Path) -> None:
        super().__init__(schema, book, folder)
        self.folder = folder

    def run_once(self, now: datetime) -> list[Sent]:
        mailbox = self.office.mailbox
        assert isinstance(mailbox, OutboxMailbox)
        with TemporaryDirectory(dir=self.folder) as empty:
            fresh = OutboxMailbox(Path(empty), mailbox.ways, mailbox.office)
            self.office = replace(self.office, mailbox=fresh)
            mails = self.run(now)[1]
            fresh.outbox.store.close()
        return mails


def compared(
    days: int, cases_per_day: float, seed: int, every: int = 15
) -> Iterator[tuple[list[Sent], list[Sent]]]:
    """What was mailed in each run, with the state kept and without; a run `every` so many minutes
    of the day, by quarters of an hour."""
    schema = load_schema(Settings())
    desk = Desk(schema, days, Random(seed))
    cases = arrivals(desk, cases_per_day)
    edits = in_order([*staff_edits(desk), *closure_edits(), *case_edits(desk, cases, seed)])
    book = Book(schema)
    with TemporaryDirectory() as kept, TemporaryDirectory() as lost:
        keeping = Simulated(schema, book, Path(kept))
        forgetful = Forgetful(schema, book, Path(lost))
        waiting = iter([*edits, Edit(datetime.max, "", "", None)])
        edit = next(waiting)
        for now in (each for each in instants(desk, nights=False) if not _minutes(each) % every):
            while edit.at <= now:
                book.apply(edit)
                edit = next(waiting)
            yield keeping.run(now)[1], forgetful.run_once(now)


def _minutes(now: datetime) -> int:
    return 60 * now.hour + now.minute


def main() -> int:
    options = _options()
    runs = mails = differing = 0
    for kept, lost in compared(options.days, options.cases_per_day, options.seed):
        runs, mails = runs + 1, mails + len(kept)
        if kept != lost:
            differing += 1
            print(*(f"kept: {each.at} {each.to} {each.subject}" for each in kept), sep="\n")
            print(*(f"lost: {each.at} {each.to} {each.subject}" for each in lost), sep="\n")
    print(f"{runs:,} runs, {mails:,} mails, {differing:,} runs with others")
    return int(differing > 0)


def _options() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks.year.forgetful")
    parser.add_argument("--days", type=int, default=31)
    parser.add_argument("--cases-per-day", type=float, default=6.0)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
