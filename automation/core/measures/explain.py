"""How a figure of working time came about, as a person would check it by hand.

A line of the sum for each day; closed days together; three full days or more as one run, over an
ordinary weekend too. A step of 15 minutes, waiting from 18/11 15.50 to 24/11 07.45:

    Rab 18/11 15.50–16.00: 10 mnt                          the rest of a day
    Kam 19/11–Sen 23/11: 3 hari kerja penuh, 1.350 mnt     3 days of 450 and a weekend
    Sel 24/11 07.30–07.45: 15 mnt
    jumlah 1.375 dari 15 mnt
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

import numpy as np

from automation.core.office_time.office_hours import OfficeHours
from automation.core.validation.privacy import told
from automation.core.words.indonesian import clock, minutes, number, short_day

Span = tuple[datetime, datetime]

RUN = 3  # so many full days in a row are told as one
LISTED_CLOSED = 3  # more closed days in a row are told as a range


@dataclass(frozen=True)
class DayShare:
    """What one day gave to an interval."""

    day: date
    spans: tuple[Span, ...]  # worked, within the interval, outside pauses
    seconds: int
    closed: bool  # no office hours
    full: bool  # the whole working day counted
    occasion: str  # why the day is not an ordinary one


def explain(
    hours: OfficeHours, start: datetime, end: datetime, pauses: Sequence[Span], standard: float
) -> str:
    """The sum of one interval in one line; `pauses` sorted and apart, `standard` in seconds.

    "Jum 20/11 15.40–16.30: 50 mnt; Sab 21/11, Min 22/11: tutup; Sen 23/11 07.30–07.55: 25 mnt;
    jumlah 75 dari 60 mnt"
    """
    known = hours.calendar.first_instant, hours.calendar.last_instant
    shares = list(_shares(hours, *_clip((start, end), known), pauses))
    parts = [part for kind, days in _runs(shares) for part in _told(kind, days)]
    parts += [f"dijeda {_span(*pause)}" for pause in pauses if pause[0] < end and start < pause[1]]
    total = sum(share.seconds for share in shares)
    return "; ".join(
        [*parts, f"jumlah {minutes(total).removesuffix(' mnt')} dari {minutes(standard)}"]
    )


def _shares(
    hours: OfficeHours, start: datetime, end: datetime, pauses: Sequence[Span]
) -> Iterator[DayShare]:
    day = start.date()
    while day <= end.date():
        whole = hours.calendar.periods_of(day)
        spans = tuple(_without([_clip(span, (start, end)) for span in whole], pauses))
        yield DayShare(
            day=day,
            spans=spans,
            seconds=_seconds(spans),
            closed=not whole,
            full=bool(whole) and spans == tuple(whole),
            occasion=hours.occasions.get(day, ""),
        )
        day += timedelta(days=1)


def _seconds(spans: Sequence[Span]) -> int:
    return sum(int((end - start).total_seconds()) for start, end in spans)


def _clip(span: Span, bounds: Span) -> Span:
    return max(span[0], bounds[0]), min(span[1], bounds[1])


def _without(spans: Sequence[Span], pauses: Sequence[Span]) -> Iterator[Span]:
    """The parts of the spans that no pause covers; pauses sorted and apart."""
    for start, end in spans:
        for pause_start, pause_end in pauses:
            if pause_end <= start or end <= pause_start:
                continue
            if start < pause_start:
                yield start, pause_start
            start = pause_end
        if start < end:
            yield start, end


def _runs(shares: Sequence[DayShare]) -> Iterator[tuple[str, list[DayShare]]]:
    """Neighbouring days of one kind: full, closed, or part of a day. Ends without working time are
    left out."""
    worked = [place for place, share in enumerate(shares) if share.seconds]
    inner = shares[worked[0] : worked[-1] + 1] if worked else shares
    runs: list[tuple[str, list[DayShare]]] = []
    for kind, days in ((kind, list(days)) for kind, days in groupby(inner, _kind)):
        runs.append((kind, days))
        if _one_run(runs[-3:]):
            runs[-3:] = [("full", [share for _, part in runs[-3:] for share in part])]
    yield from runs


def _kind(share: DayShare) -> str:
    if share.full:
        return "full"
    return "closed" if share.closed else "part"


def _one_run(runs: Sequence[tuple[str, list[DayShare]]]) -> bool:
    """Full days, an ordinary weekend, full days: enough of them are told as one run."""
    if [kind for kind, _ in runs] != ["full", "closed", "full"]:
        return False
    days = [share for _, part in runs for share in part]
    plain = not any(share.occasion for share in days)
    return plain and sum(share.full for share in days) >= RUN


def _told(kind: str, days: list[DayShare]) -> Iterator[str]:
    if kind == "closed":
        yield f"{_closed(days)}: tutup"
    elif kind == "full" and len(days) >= RUN:
        total = sum(share.seconds for share in days)
        count = number(sum(share.full for share in days))
        yield (
            f"{short_day(days[0].day)}–{short_day(days[-1].day)}: "
            f"{count} hari kerja penuh, {minutes(total)}"
        )
    else:
        for share in days:
            spans = " dan ".join(f"{clock(a)}–{clock(b)}" for a, b in share.spans)
            when = f"{short_day(share.day)} {spans}".rstrip()
            yield f"{when}: {minutes(share.seconds)}"


def _closed(days: list[DayShare]) -> str:
    if len(days) > LISTED_CLOSED:
        named = sorted({told(share.occasion) for share in days if share.occasion})
        names = f" ({', '.join(named)})" if named else ""
        return f"{short_day(days[0].day)}–{short_day(days[-1].day)}{names}"
    return ", ".join(
        short_day(share.day) + (f" ({share.occasion})" if share.occasion else "") for share in days
    )


def _span(start: datetime, end: datetime) -> str:
    if start.date() == end.date():
        return f"{short_day(start.date())} {clock(start)}–{clock(end)}"
    return f"{short_day(start.date())} {clock(start)}–{short_day(end.date())} {clock(end)}"


def python_instant(at: np.datetime64) -> datetime:
    """A datetime64 as a naive datetime."""
    instant: datetime = at.astype("datetime64[s]").item()
    return instant
