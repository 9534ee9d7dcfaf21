"""The tab `Pemantauan`: every case with its times against the standards."""

from collections.abc import Sequence

import numpy as np

from automation.core.deadlines import Deadlines
from automation.core.drawing import (
    Area,
    Column,
    Condition,
    Sheet,
    Table,
    Value,
    cell_name,
    wrapped_heights,
)
from automation.core.explain import explain, python_instant
from automation.core.memory import MEMORY_HEADER, Memory
from automation.core.office_hours import OfficeHours
from automation.core.progress import Progress
from automation.core.schema import Schema, Sop
from automation.core.statuses import STATUS_WORDS, STATUSES
from automation.core.tabs.values import instants, minutes
from automation.core.titles import PEMANTAUAN

LATE_MARK = "Tanda"  # hidden: the late steps as "|3|5|", for the colours


def pemantauan(
    progress: Progress,
    deadlines: Deadlines,
    sop: Sop,
    hours: OfficeHours,
    links: Sequence[str | None],
    memory: Memory,
    now: np.datetime64,
) -> Sheet:
    """One row for each case, filterable; `links` lead to the case's row in the Register."""
    cases = progress.cases
    table = Table(
        [
            *_case_columns(progress, sop, links),
            *_step_columns(progress, sop),
            *_total_columns(progress, deadlines, sop, hours, now),
            Column(MEMORY_HEADER, _notes(progress, memory), "plain", 8, hidden=True),
        ]
    )
    return Sheet(
        title=PEMANTAUAN,
        tables=[table],
        heights=wrapped_heights(table),
        frozen_rows=1,
        frozen_columns=1,
        filtered=True,
        conditions=_conditions(table, sop) if len(cases) else (),
        color="2E7D32",
    )


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


def _case_columns(progress: Progress, sop: Sop, links: Sequence[str | None]) -> list[Column]:
    cases = progress.cases
    headers = ["", *(step.header for step in sop.steps)]
    left = (cases["standard"] - cases["elapsed"]).where(cases["status"] != "paused")
    return [
        Column("No. Register", cases["reference"].tolist(), "plain", 21, links=links),
        Column("Jenis", cases["kind"].tolist(), "text", 20),
        Column("Diterima", instants(cases["received"]), "datetime", 16),
        Column("Status", [STATUS_WORDS[status] for status in cases["status"]], "text", 20),
        Column("Langkah Saat Ini", [headers[step] for step in cases["step"]], "text", 16),
        Column("Pemegang", _holder_names(progress), "text", 30),
        Column("Sejak", instants(cases["since"]), "datetime", 16),
        Column("Batas Waktu", instants(cases["due"]), "datetime", 16),
        Column(
            "Sisa (menit kerja)",
            minutes(left),
            "minutes",
            12,
            note="Sisa mutu baku langkah saat ini. Negatif: terlewati.",
        ),
    ]


def _step_columns(progress: Progress, sop: Sop) -> list[Column]:
    return [
        Column(
            header=f"{step.header} (mutu baku {step.standard_minutes})",
            values=minutes(progress.intervals.elapsed[:, place]),
            look="minutes",
            width=13,
            note=f"Menit kerja yang dipakai; mutu baku {step.standard_minutes} menit. Setelah "
            "langkah yang dilewati, waktu seluruh celah dihitung di sini. Kosong: belum selesai "
            "atau tidak dapat diukur.",
        )
        for place, step in enumerate(sop.steps)
    ]


def _total_columns(
    progress: Progress, deadlines: Deadlines, sop: Sop, hours: OfficeHours, now: np.datetime64
) -> list[Column]:
    cases = progress.cases
    nearest = deadlines.nearest().reindex(cases.index)
    standard = sum(step.standard_minutes for step in sop.steps)
    return [
        Column(f"Jumlah (mutu baku {standard})", minutes(cases["total"]), "minutes", 13),
        Column("Tenggat Hukum", instants(nearest["due"].astype("datetime64[s]")), "date", 13),
        Column("Hitungan Langkah yang Terlambat", _sums(progress, sop, hours, now), "wrap", 90),
        Column(LATE_MARK, _late_marks(progress), "text", 8, hidden=True),
    ]


def _holder_names(progress: Progress) -> list[Value]:
    names = [", ".join(h.name for h in holding.holders) for holding in progress.holdings]
    return [names[place] if place >= 0 else None for place in progress.cases["holding"]]


def _notes(progress: Progress, memory: Memory) -> list[Value]:
    identities = progress.cases["identity"]
    return [memory[each].note(each) if each in memory else None for each in identities]


def _late_marks(progress: Progress) -> list[Value]:
    marks: list[Value] = [None] * len(progress.cases)
    late = progress.intervals.late
    for index in np.flatnonzero(late.any(axis=1)).tolist():
        steps = (np.flatnonzero(late[index]) + 1).tolist()
        marks[index] = f"|{'|'.join(map(str, steps))}|"
    return marks


def _sums(progress: Progress, sop: Sop, hours: OfficeHours, now: np.datetime64) -> list[Value]:
    """How the time of each late step came about, one line a step."""
    lines: dict[int, list[str]] = {}
    intervals, cases = progress.intervals, progress.cases
    late = np.nonzero(intervals.late)
    starts, ends, standards = intervals.starts[late], intervals.ends[late], intervals.standard[late]
    for index, place, start, end, standard in zip(
        *(axis.tolist() for axis in (*late, starts, ends, standards)), strict=True
    ):
        told = explain(hours, start, end, progress.pauses.spans(index), standard)
        lines.setdefault(index, []).append(f"{sop.steps[place].header}: {told}")
    for case in cases[cases["status"] == "overdue"].itertuples():
        told = explain(
            hours,
            case.since.to_pydatetime(),
            python_instant(now),
            progress.pauses.spans(case.Index),
            case.standard,
        )
        lines.setdefault(case.Index, []).append(f"{sop.steps[case.step - 1].header}: {told}")
    return ["\n".join(lines[index]) if index in lines else None for index in range(len(cases))]


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
    first = table.area(f"{sop.steps[0].header} (mutu baku {sop.steps[0].standard_minutes})").left
    for place, step in enumerate(sop.steps):
        area = Area(status.top, first + place, status.bottom, first + place)
        cell = cell_name(area.top, area.left)
        conditions.append(
            Condition(area, f'ISNUMBER(SEARCH("|{step.number}|",{mark_cell}))', "bad")
        )
        conditions.append(Condition(area, f"ISNUMBER({cell})", "good"))
    return conditions
