"""The tab `Pemantauan`: the working list, open cases on top, the most urgent first."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from automation.core.drawing import (
    Area,
    Column,
    Condition,
    Paper,
    Sheet,
    Table,
    Value,
    cell_name,
)
from automation.core.measures.attention import near_deadlines
from automation.core.measures.deadlines import Deadlines
from automation.core.measures.explain import explain, python_instant
from automation.core.measures.progress import MeasuredCase, Progress
from automation.core.measures.urgency import working_order
from automation.core.office_time.office_hours import OfficeHours
from automation.core.register.memory import MEMORY_HEADER, Memory
from automation.core.schema import Schema, Sop
from automation.core.tables import rows
from automation.core.tabs.values import instants, minutes
from automation.core.words.indonesian import duration
from automation.core.words.statuses import OPEN, STATUS_WORDS, STATUSES
from automation.core.words.titles import PEMANTAUAN

LEGAL = "Tenggat Hukum"
LATE_MARK = "Tanda"  # hidden: the late steps as "|3|5|", and how the legal deadline stands
PASSED, NEAR = "lewat", "dekat"
HOLDER_WIDTH = 30
MOST_LINES = 20  # of a note, which is to be seen as a whole
LEFT_NOTE = (
    "Sisa waktu kerja sampai batas waktu langkah saat ini, atau sudah lewat berapa lama. Untuk "
    "mengurutkannya, urutkan kolom Batas Waktu. Hitungannya ada pada catatan sel berkas yang "
    "terlambat."
)

Notes = list[str | None]


def pemantauan(
    progress: Progress,
    deadlines: Deadlines,
    schema: Schema,
    hours: OfficeHours,
    links: Sequence[str | None],
    memory: Memory,
    now: np.datetime64,
) -> Sheet:
    """One row for each case, filterable; `links` lead to the case's row in the Register.

    On paper the open cases alone, without the times of the steps.
    """
    case_columns = _case_columns(progress, deadlines, schema, hours, links, now)
    columns = [
        *case_columns,
        *_step_columns(progress, schema.sop, hours),
        _total_column(progress, schema.sop),
        Column(LATE_MARK, _marks(progress, deadlines, schema), "text", 8, hidden=True),
        Column(MEMORY_HEADER, _notes(progress, memory), "plain", 8, hidden=True),
    ]
    order = working_order(progress, deadlines, schema).tolist()
    table = Table([_in_order(column, order) for column in columns], key=case_columns[0].header)
    return Sheet(
        title=PEMANTAUAN,
        tables=[table],
        frozen_rows=1,
        frozen_columns=1,
        filtered=True,
        conditions=_conditions(table, schema.sop) if order else (),
        paper=Paper(Area(0, 0, _last_open(progress, order), len(case_columns) - 1)),
        color="2E7D32",
    )


def _in_order(column: Column, order: Sequence[int]) -> Column:
    """The column with its rows in another order."""
    return replace(
        column,
        values=[column.values[place] for place in order],
        links=column.links and [column.links[place] for place in order],
        notes=column.notes and [column.notes[place] for place in order],
    )


def _last_open(progress: Progress, order: Sequence[int]) -> int:
    """The last row with an open case; 0, the header's, where there is none."""
    is_open = progress.cases["status"].isin(OPEN).to_numpy(bool)[order]
    return int(np.flatnonzero(is_open).max(initial=-1)) + 1


def unmeasured(memory: Memory, schema: Schema) -> Sheet:
    """The tab when the Register could not be made sense of: it says so, and forgets nothing."""
    number = schema.tabs.cases.column("number").header
    notes = [remembered.note(identity) for identity, remembered in memory.items()]
    table = Table(
        [
            Column(number, list(memory), "plain", 21),
            Column("Status", ["Belum dapat diukur"] * len(memory), "text", 20),
            Column(MEMORY_HEADER, notes, "plain", 8, hidden=True),
        ]
    )
    return Sheet(title=PEMANTAUAN, tables=[table], frozen_rows=1, filtered=True, color="2E7D32")


def _case_columns(
    progress: Progress,
    deadlines: Deadlines,
    schema: Schema,
    hours: OfficeHours,
    links: Sequence[str | None],
    now: np.datetime64,
) -> list[Column]:
    cases = progress.cases
    number = schema.tabs.cases.column("number").header
    headers = ["", *(step.header for step in schema.sop.steps)]
    nearest = deadlines.nearest.reindex(cases.index)
    holders, all_holders = _holders(progress)
    running = _running_sums(progress, schema.sop, hours, now)
    return [
        Column(number, cases["reference"].tolist(), "plain", 20, links=links),
        Column("Status", [STATUS_WORDS[status] for status in cases["status"]], "text", 19),
        Column("Sisa", _left(progress), "text", 25, note=LEFT_NOTE, notes=running),
        Column(
            "Langkah Saat Ini",
            [headers[step] for step in cases["step"]],
            "text",
            min(max(16, *map(len, headers)), 30),
        ),
        Column("Pemegang", holders, "text", HOLDER_WIDTH, notes=all_holders),
        Column("Sejak", instants(cases["since"]), "datetime", 16),
        Column("Batas Waktu", instants(cases["due"]), "datetime", 16),
        Column(LEGAL, instants(nearest["due"].astype("datetime64[s]")), "date", 15),
        Column("Jenis", cases["kind"].tolist(), "text", 20),
        Column("Diterima", instants(cases["received"]), "datetime", 16),
    ]


def _left(progress: Progress) -> list[Value]:
    """How long until the step is late, or since when, in words; none while it is paused."""
    cases = progress.cases
    left = (cases["standard"] - cases["elapsed"]).where(cases["status"] != "paused")
    return [
        None
        if seconds != seconds
        else f"lewat {duration(-seconds)}"
        if seconds < 0
        else f"sisa {duration(seconds)}"
        for seconds in left.tolist()
    ]


def _holders(progress: Progress) -> tuple[list[Value], Notes]:
    """Who holds each case, as far as a cell has room; all of them as a note where it has not."""
    told: list[tuple[Value, str | None]] = [
        _told([holder.name for holder in h.holders]) for h in progress.holdings
    ]
    told.append((None, None))
    cells = [told[place] for place in progress.cases["holding"]]
    return [cell for cell, _ in cells], [note for _, note in cells]


def _told(names: Sequence[str]) -> tuple[Value, str | None]:
    whole = ", ".join(names)
    if len(whole) <= HOLDER_WIDTH or len(names) == 1:
        return whole or None, None
    return f"{names[0]} dan {len(names) - 1} lainnya", whole


def _step_columns(progress: Progress, sop: Sop, hours: OfficeHours) -> list[Column]:
    sums = _sums(progress, hours)
    return [
        Column(
            header=f"{step.header} (mutu baku {step.standard_minutes})",
            values=minutes(progress.intervals.elapsed[:, place]),
            look="minutes",
            width=16,
            note=f"Menit kerja yang dipakai; mutu baku {step.standard_minutes} menit. Setelah "
            "langkah yang dilewati, waktu seluruh celah dihitung di sini. Kosong: belum selesai "
            "atau tidak dapat diukur. Hitungannya ada pada catatan sel yang merah.",
            notes=sums[place],
        )
        for place, step in enumerate(sop.steps)
    ]


def _total_column(progress: Progress, sop: Sop) -> Column:
    standard = sop.standard_seconds // 60
    return Column(f"Jumlah (mutu baku {standard})", minutes(progress.cases["total"]), "minutes", 13)


def _notes(progress: Progress, memory: Memory) -> list[Value]:
    identities = progress.cases["identity"]
    return [memory[each].note(each) if each in memory else None for each in identities]


def _marks(progress: Progress, deadlines: Deadlines, schema: Schema) -> list[Value]:
    parts: list[list[str]] = [[] for _ in range(len(progress.cases))]
    for index, place in np.argwhere(progress.intervals.late).tolist():
        parts[index].append(str(place + 1))
    near = near_deadlines(deadlines, schema)
    for index, left in near["left"].items():
        parts[index].append(PASSED if left < 0 else NEAR)
    return [f"|{'|'.join(each)}|" if each else None for each in parts]


def _sums(progress: Progress, hours: OfficeHours) -> list[Notes]:
    """How the time of each late step came about: for each step a note for each case."""
    intervals = progress.intervals
    notes: list[Notes] = [[None] * len(progress.cases) for _ in range(intervals.late.shape[1])]
    late = np.nonzero(intervals.late)
    spans = (axis[late].tolist() for axis in (intervals.starts, intervals.ends, intervals.standard))
    for index, place, *span in zip(*(axis.tolist() for axis in late), *spans, strict=True):
        start, end, standard = span
        told = explain(hours, start, end, progress.pauses.spans(index), standard)
        notes[place][index] = _lines(told)
    return notes


def _running_sums(progress: Progress, sop: Sop, hours: OfficeHours, now: np.datetime64) -> Notes:
    """The same for the step at which a case is late now."""
    notes: Notes = [None] * len(progress.cases)
    late = progress.cases[progress.cases["status"] == "overdue"]
    for case in rows(late, MeasuredCase):
        told = explain(
            hours,
            case.since.to_pydatetime(),
            python_instant(now),
            progress.pauses.spans(case.Index),
            case.standard,
        )
        notes[case.Index] = f"{sop.steps[case.step - 1].header}\n{_lines(told)}"
    return notes


def _lines(told: str) -> str:
    """A sum as a note on a cell: a part of it a line, of a very long one the two ends."""
    parts = told.split("; ")
    if len(parts) > MOST_LINES:
        parts = [*parts[: MOST_LINES // 2], "…", *parts[-MOST_LINES // 2 + 1 :]]
    return "\n".join(parts)


def _conditions(table: Table, sop: Sop) -> list[Condition]:
    status, mark = table.area("Status"), table.area(LATE_MARK)
    status_cell = "$" + cell_name(status.top, status.left)
    mark_cell = "$" + cell_name(mark.top, mark.left)
    conditions = [
        Condition(status, f'{status_cell}="{fact.word}"', fact.look)
        for fact in STATUSES
        if fact.look
    ]
    due = table.area("Batas Waktu")
    late = STATUS_WORDS["overdue"]
    conditions.append(Condition(due, f'{status_cell}="{late}"', "bad"))
    legal = table.area(LEGAL)
    for mark_word, look in ((PASSED, "bad"), (NEAR, "warn")):
        conditions.append(Condition(legal, f'ISNUMBER(SEARCH("|{mark_word}|",{mark_cell}))', look))
    first = table.area(f"{sop.steps[0].header} (mutu baku {sop.steps[0].standard_minutes})").left
    for place, step in enumerate(sop.steps):
        area = Area(status.top, first + place, status.bottom, first + place)
        cell = cell_name(area.top, area.left)
        conditions.append(
            Condition(area, f'ISNUMBER(SEARCH("|{step.number}|",{mark_cell}))', "bad")
        )
        conditions.append(Condition(area, f"ISNUMBER({cell})", "good"))
    return conditions
