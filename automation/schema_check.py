"""`schema check`: whether an office's folder of facts can be used, and its SOP as one reads it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from automation import say
from automation.core.schema import Regime, Schema, Sop, WorkingHours
from automation.core.words.indonesian import DAYS, duration
from automation.setting_sections import OfficeSection
from automation.settings import Settings, load_schema

MINUTE = 60
GAP = "  "


def check(folder: Path) -> None:
    """Prints the facts. Raises SettingsError with all that is wrong in them, a line each."""
    say.lines(drawn(load_schema(Settings(office=OfficeSection(schema=folder.absolute())))))
    print(f"Skema {folder} sah.")


def drawn(schema: Schema) -> Iterator[str]:
    """The SOP as a table, the hours, and what the office has not confirmed."""
    sop = schema.sop
    yield f"{sop.office}: SOP {sop.number} {sop.title}"
    yield ""
    yield from _table(_steps(sop))
    yield ""
    yield from _hours(schema.working_hours)
    unsure = [*_unconfirmed(schema)]
    if unsure:
        yield f"Belum dikonfirmasi kantor: {'; '.join(unsure)}."


def _steps(sop: Sop) -> Iterator[Sequence[str]]:
    yield "Langkah", "Pelaksana", "Mutu baku", "Wajib"
    for step in sop.steps:
        needed = "tidak" if step.optional else "ya"
        yield step.header, step.role, duration(step.standard_seconds), needed
    yield "Jumlah langkah wajib", "", duration(sop.standard_seconds), ""


def _table(rows: Iterator[Sequence[str]]) -> Iterator[str]:
    cells = [*rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield GAP.join(padded).rstrip()


def _hours(hours: WorkingHours) -> Iterator[str]:
    for regime in hours.regimes:
        minutes = sum(end - start for day in range(7) for start, end in regime.periods(day))
        yield f"{regime.name}{_days(regime)}: {duration(minutes * MINUTE)} seminggu"
        for periods, days in groupby(range(7), regime.periods):
            names = [DAYS[day] for day in days]
            named = names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}"
            times = ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in periods)
            yield f"{GAP}{named}: {times or 'tutup'}"


def _days(regime: Regime) -> str:
    start = f" mulai {regime.start:%d/%m/%Y}" if regime.start else ""
    end = f" sampai {regime.end:%d/%m/%Y}" if regime.end else ""
    return start + end


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}.{minutes % 60:02}"


def _unconfirmed(schema: Schema) -> Iterator[str]:
    for step in schema.sop.steps:
        if not step.role_confirmed:
            yield f"pelaksana langkah {step.header}"
    for kind in schema.sop.kinds:
        yield from (f"tenggat {each.name}" for each in kind.deadlines if not each.confirmed)
    for regime in schema.working_hours.regimes:
        if not regime.confirmed:
            yield f"jam kerja {regime.name}"
