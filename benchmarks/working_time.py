"""Working time beside workclock, a package with a Rust core, in one run.

A million random intervals of up to a week (the peer is faster on these than on longer ones) and a
million due times, within one year, with breaks, Indonesia's public holidays and cuti bersama.
Prints the least processor time of each in seconds and how many times as fast ours is. Exits with 1
if a result differs, or if ours is less than 30 times (elapsed) or 10 times (due) as fast.

    python -m benchmarks.working_time
"""

import sys
from collections.abc import Callable, Collection, Sequence
from datetime import date, time, timedelta
from time import process_time

import holidays
import numpy as np
import numpy.typing as npt
import workclock

from automation.core.office_time.working_time import DayHours, WorkCalendar

YEAR = 2026
COUNT = 1_000_000
RUNS = 5
WEEK = 7 * 24 * 60 * 60  # seconds
LONGEST_AMOUNT = 200 * 60  # working seconds: all steps of the SOP together
LEAST_RATIO = {"elapsed": 30, "due": 10}

Question = Callable[[], npt.NDArray[np.generic]]
# For some weekdays (0 = Monday) their working periods, in minutes from midnight
WeekHours = tuple[tuple[Sequence[int], tuple[tuple[int, int], ...]], ...]

ORDINARY: WeekHours = (  # Perpres 21/2023 Pasal 3-4
    (range(4), ((450, 720), (780, 960))),
    ([4], ((450, 690), (780, 990))),
)
MINUTE_LATER: WeekHours = (  # so that nothing rests on hours being multiples of half an hour
    (range(4), ((450, 720), (780, 961))),
    ([4], ((450, 690), (780, 991))),
)


def main() -> int:
    closed = holidays.country_holidays("ID", categories=("public", "government"), years=YEAR)
    kept = [
        holds(f"{question}, {name}", ours, peer, LEAST_RATIO[question])
        for name, hours in (("Perpres 21/2023", ORDINARY), ("a minute later", MINUTE_LATER))
        for question, ours, peer in questions(hours, closed)
    ]
    return 0 if all(kept) else 1


def questions(hours: WeekHours, closed: Collection[date]) -> list[tuple[str, Question, Question]]:
    """Each question's name, with our way and the peer's way to answer it."""
    ours, peer = our_calendar(hours, closed), peer_schedule(hours, closed)
    random = np.random.default_rng(YEAR)
    year = (ours.last - ours.first).astype(np.int64)
    starts = ours.first + random.integers(0, year - 2 * WEEK, COUNT)
    ends = starts + random.integers(0, WEEK, COUNT)
    amounts = random.integers(0, LONGEST_AMOUNT, COUNT)
    return [
        (
            "elapsed",
            lambda: ours.elapsed(starts, ends).view("m8[s]"),
            lambda: peer.between_many(starts, ends),
        ),
        (
            "due",
            lambda: ours.due(starts, amounts),
            lambda: peer.add_many(starts, amounts.view("m8[s]")),
        ),
    ]


def our_calendar(hours: WeekHours, closed: Collection[date]) -> WorkCalendar:
    periods = {weekday: periods for weekdays, periods in hours for weekday in weekdays}
    first = date(YEAR, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(YEAR + 1, 1, 1) - first).days)]
    open_on = [() if day in closed else periods.get(day.weekday(), ()) for day in days]
    return WorkCalendar(first, [DayHours(periods) for periods in open_on])


def peer_schedule(hours: WeekHours, closed: Collection[date]) -> workclock.Schedule:
    """In UTC and with two periods a day instead of one and a break, which it answers fastest."""
    work = [
        workclock.WorkDay(clock_time(start), clock_time(end), weekdays)
        for weekdays, periods in hours
        for start, end in periods
    ]
    return workclock.Schedule([*work, workclock.Holidays(closed)])


def clock_time(minutes: int) -> time:
    return time(*divmod(minutes, 60))


def holds(name: str, ours: Question, peer: Question, least_ratio: float) -> bool:
    """Whether both give the same and ours is as much faster as promised; prints the figures."""
    seconds, answer = best_of_runs(ours)
    peer_seconds, peer_answer = best_of_runs(peer)
    same = np.array_equal(answer, peer_answer)
    ratio = peer_seconds / seconds
    print(
        f"{name:24} ours {seconds:.4f} s, workclock {peer_seconds:.4f} s: {ratio:.0f} times as fast"
        f" (at least {least_ratio}), results {'identical' if same else 'DIFFER'}"
    )
    return same and ratio >= least_ratio


def best_of_runs(question: Question) -> tuple[float, npt.NDArray[np.generic]]:
    seconds = []
    for _ in range(RUNS):
        begin = process_time()
        answer = question()
        seconds.append(process_time() - begin)
    return min(seconds), answer


if __name__ == "__main__":
    sys.exit(main())
