"""What `status` prints: every case measured, or how one case's figures came about."""

import json
import shutil
import sys
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from automation.core.measures.explain import explain, python_instant
from automation.core.measures.progress import MeasuredCase
from automation.core.measures.urgency import working_order
from automation.core.plan import Measures, Plan
from automation.core.schema import Schema
from automation.core.tables import rows
from automation.core.words.indonesian import (
    duration,
    moment,
    number,
    percent,
)
from automation.core.words.statuses import OPEN, STATUS_WORDS
from automation.core.words.texts import case_number

HEADERS = ("No. Register", "Status", "Langkah", "Batas Waktu", "Terlambat", "Pemegang")


def status(
    measures: Measures, seen: Plan, schema: Schema, *, as_json: bool, only_open: bool
) -> None:
    """Every case, most urgent first; in JSON all of them, in the order of the Register."""
    if as_json:
        print(json.dumps(status_object(measures, seen, schema)))
        return
    cases = _most_urgent_first(measures, schema)
    shown = [case for case in cases if case.status in OPEN or not only_open]
    one_line_each([HEADERS, *(_status_row(case, measures, schema) for case in shown)])
    totals = measures.summary.totals
    kept = "" if totals.compliance is None else f", {percent(totals.compliance)} tepat waktu"
    print(
        f"{number(totals.cases)} berkas: {number(totals.open)} terbuka, {number(totals.overdue)} "
        f"terlambat, {number(totals.finished)} selesai{kept}."
    )


def _most_urgent_first(measures: Measures, schema: Schema) -> list[MeasuredCase]:
    order = working_order(measures.progress, measures.deadlines, schema)
    return list(rows(measures.progress.cases.iloc[order], MeasuredCase))


def _status_row(case: MeasuredCase, measures: Measures, schema: Schema) -> tuple[str, ...]:
    late = f"lewat {duration(case.elapsed - case.standard)}" if case.status == "overdue" else ""
    return (
        case.reference,
        STATUS_WORDS[case.status],
        schema.sop.steps[case.step - 1].header if case.step else "",
        "" if pd.isna(case.due) else moment(case.due),
        late,
        ", ".join(holder.name for holder in measures.progress.holding(case.Index).holders),
    )


def one_line_each(table: Sequence[tuple[str, ...]]) -> None:
    """A row a line: whole in a pipe, and as far as it has room in a terminal."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        line = "  ".join(cells).rstrip()
        print(line if room is None or len(line) <= room else f"{line[: room - 1]}…")


def status_object(measures: Measures, seen: Plan, schema: Schema) -> dict[str, object]:
    """What `status --json` prints."""
    totals = measures.summary.totals
    compliance = totals.compliance
    return {
        "now": seen.now.isoformat(),
        "sop": schema.sop.number,
        "cases": [*_cases(measures, schema)],
        "summary": {
            "cases": totals.cases,
            "open": totals.open,
            "overdue": totals.overdue,
            "finished": totals.finished,
            "on_time": totals.on_time,
            "compliance": None if compliance is None else round(compliance, 3),
        },
    }


def _cases(measures: Measures, schema: Schema) -> Iterator[dict[str, object]]:
    progress = measures.progress
    standards = [step.standard_seconds for step in schema.sop.steps]
    for case, elapsed in zip(
        rows(progress.cases, MeasuredCase), progress.intervals.elapsed.tolist(), strict=True
    ):
        holders = [holder.name for holder in progress.holding(case.Index).holders]
        yield {
            "number": case.number,
            "row": case.row,
            "kind": case.kind,
            "received": _iso(case.received),
            "status": case.status,
            "step": case.step or None,
            "holders": holders if case.step else None,
            "since": _iso(case.since),
            "due": _iso(case.due),
            "elapsed_seconds": [None if value != value else int(value) for value in elapsed],
            "standard_seconds": standards,
            "total_seconds": int(case.total),
        }


def _iso(instant: pd.Timestamp) -> str | None:
    return None if pd.isna(instant) else instant.isoformat()


def explanation(measures: Measures, seen: Plan, schema: Schema, wanted: str) -> bool:
    """How each figure of one case came about; False where the register has no such case."""
    cases = measures.progress.cases
    number_wanted = case_number(wanted, schema.sop.case_number.fits)
    found = cases.index[cases["number"] == number_wanted]
    for index in found:
        _explain_case(measures, seen, schema, int(index))
    return len(found) > 0


def _explain_case(measures: Measures, seen: Plan, schema: Schema, index: int) -> None:
    progress = measures.progress
    case = next(rows(progress.cases.loc[[index]], MeasuredCase))
    intervals, spans = progress.intervals, progress.pauses.spans(index)
    received = "tidak diketahui" if pd.isna(case.received) else moment(case.received)
    kind = case.kind or "jenis belum dikenali"
    print(f"{case.reference} ({kind}), baris {case.row}: {STATUS_WORDS[case.status]}")
    print(f"Diterima {received}")
    for place, step in enumerate(schema.sop.steps):
        elapsed, standard = intervals.elapsed[index, place], intervals.standard[index, place]
        if intervals.unmeasurable[index, place]:
            print(f"{step.header}: tidak dapat diukur; lihat temuan pada berkas ini.")
        elif not np.isnan(elapsed):
            start = python_instant(intervals.starts[index, place])
            end = python_instant(intervals.ends[index, place])
            over = f" — terlambat {duration(elapsed - standard)}" if elapsed > standard else ""
            print(
                f"{step.header}: {explain(seen.snapshot.hours, start, end, spans, standard)}{over}"
            )
        elif step.number == case.step and not pd.isna(case.since):
            since = case.since.to_pydatetime()
            told = explain(seen.snapshot.hours, since, seen.now, spans, case.standard)
            due = "belum diketahui" if pd.isna(case.due) else moment(case.due)
            print(f"{step.header} (sekarang): {told}; batas waktu {due}")
        elif step.optional:
            print(f"{step.header}: tidak wajib, belum dikerjakan.")
        elif not case.step or step.number < case.step:
            print(f"{step.header}: dilewati; waktunya dihitung pada langkah berikut yang terisi.")
    print(f"Jumlah langkah yang diukur: {duration(case.total)} kerja")
