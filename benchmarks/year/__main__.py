"""A year of an office, run by run, and the table of what the reminders promise.

    python -m benchmarks.year [--days N] [--cases-per-day X] [--seed S] [--nights] [--details]

The program's own cycle runs every quarter of an hour in working hours, on a register in memory and
with its real outbox. Outside working hours it runs at every sixth hour, and every quarter of an
hour on the first of each month; with --nights always. Finished cases leave the register after six
weeks, as offices archive them. A year takes some twenty minutes, hence it is no part of
`make benchmark`. Exit code 1 if a promise is not kept; --details lists where.
"""

import gc
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from automation.settings import Settings, load_schema
from benchmarks.year.measure import Tally, Watch
from benchmarks.year.office import Simulated
from benchmarks.year.staff import case_edits
from benchmarks.year.world import (
    START,
    Book,
    Desk,
    Edit,
    arrivals,
    closure_edits,
    in_order,
    staff_edits,
)

QUARTER = timedelta(minutes=15)
MEMORY = Path("/dev/shm")  # where there is one, the outbox need not wait for a disk
SHOWN = 40


@dataclass(frozen=True)
class Promise:
    text: str
    target: str
    measured: str
    kept: bool


def main() -> int:
    options = _options()
    began = perf_counter()
    gc.set_threshold(50_000)
    tally, runs = simulate(options)
    print(f"{runs:,} runs, {len(tally.overdue):,} overdue steps, {perf_counter() - began:.0f} s\n")
    table = list(promises(tally))
    print("| promise | target | measured | |\n| --- | --- | --- | --- |")
    for each in table:
        print(
            f"| {each.text} | {each.target} | {each.measured} | {'' if each.kept else 'MISSED'} |"
        )
    if options.details:
        _print_details(tally)
    return int(not all(each.kept for each in table))


def _options() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks.year")
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--cases-per-day", type=float, default=6.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--nights", action="store_true")
    parser.add_argument("--details", action="store_true")
    return parser.parse_args()


def simulate(options: Namespace) -> tuple[Tally, int]:
    """The year, and how often the program ran in it."""
    schema = load_schema(Settings())
    desk = Desk(schema, options.days, Random(options.seed))
    cases = arrivals(desk, options.cases_per_day)
    edits = in_order([*staff_edits(desk), *closure_edits(), *case_edits(desk, cases, options.seed)])
    book, runs = Book(schema), 0
    watch = Watch(book)
    memory = MEMORY if MEMORY.is_dir() else None
    with TemporaryDirectory(dir=memory) as folder:
        simulated = Simulated(schema, book, Path(folder))
        waiting = iter([*edits, Edit(datetime.max, "", "", None)])
        edit = next(waiting)
        for now in instants(desk, options.nights):
            while edit.at <= now:
                book.apply(edit)
                edit = next(waiting)
            outcome, mails = simulated.run(now)
            watch.see(now, outcome, mails)
            runs += 1
    return watch.end(), runs


def instants(desk: Desk, nights: bool) -> Iterator[datetime]:
    """When the program runs."""
    start = datetime.combine(START, time())
    for place in range(desk.days * 96):
        now = start + place * QUARTER
        at_night = nights or now.day == 1 or now.time() in map(time, range(0, 24, 6))
        ordinary = now.weekday() < 5 and time(7, 15) <= now.time() <= time(16, 30)
        if at_night or ordinary or desk.calendar.is_working(now):
            yield now


def promises(tally: Tally) -> Iterator[Promise]:
    """The table, row by row."""
    counts = sorted(tally.mails.values()) or [0]
    by_person: dict[str, list[int]] = {}
    for (person, _), count in tally.mails.items():
        by_person.setdefault(person, []).append(count)
    busiest = max((median(each) for each in by_person.values()), default=0)
    mails = "mails to one person a working day"
    for text, value, most in (
        (f"{mails}, median", median(counts), 3),
        (f"{mails}, 95th percentile", counts[int(0.95 * (len(counts) - 1))], 6),
        (f"{mails}, most", counts[-1], 8),
        ("the busiest person's median", busiest, 5),
    ):
        yield Promise(text, f"≤ {most}", f"{value:g}", value <= most)
    once = sum(count == 1 for count in tally.mornings.values())
    days = len(tally.mornings)
    yield Promise("morning figures, once a working day", f"{days}", f"{once}", once == days)
    for text, found in _failures(tally).items():
        yield Promise(text, "0", f"{len(found):,}", not found)
    yield Promise(
        "told late, but after the quiet time",
        "(for information)",
        f"{len(tally.told_late):,}",
        True,
    )


def _failures(tally: Tally) -> dict[str, Sequence[str]]:
    return {
        "overdue for more than the quiet time, the holder heard nothing of it": tally.silent,
        "late since it could be seen, the same, never told to be late": tally.untold,
        "notices about the past": tally.past,
        "mails outside working hours": tally.outside,
        "mails to people on leave": tally.on_leave,
        "news told twice to one person": tally.twice,
        "lines of mails that this benchmark could not read": tally.unread,
    }


def _print_details(tally: Tally) -> None:
    for text, found in _failures(tally).items():
        print(f"\n{text}: {len(found)}", *found[:SHOWN], sep="\n  ")
    missing = [f"{day}: {count}" for day, count in tally.mornings.items() if count != 1]
    print("\nmorning figures not once:", *missing[:SHOWN], sep="\n  ")


if __name__ == "__main__":
    sys.exit(main())
