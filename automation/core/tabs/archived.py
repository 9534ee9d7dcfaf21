"""A month as it is put into the files: its page of `Ringkasan`, its cases, what was wrong in them.

The page tells what it told the head, with all that the office did in that month, whenever the cases
came in; the cases are those that were received in it. Nothing here leads into the Register: by the
time it is opened, the rows have moved.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from automation.core.drawing import Sheet
from automation.core.drawing import Table as Drawn
from automation.core.measures.summary import told_of
from automation.core.office_time.months import Days
from automation.core.office_time.periods import Period
from automation.core.plan import FOR_EVER, Plan, follow
from automation.core.register.headers import Grid
from automation.core.register.received import received_within
from automation.core.register.register import NO, Table
from automation.core.schema import Schema
from automation.core.tabs.lists import sop
from automation.core.tabs.pemantauan import pemantauan
from automation.core.tabs.register_copy import register_copy
from automation.core.tabs.ringkasan import ringkasan
from automation.core.tabs.temuan import temuan
from automation.core.words.indonesian import moment, number


@dataclass(frozen=True)
class Archived:
    """What goes into the files."""

    page: Sheet  # one sheet of paper
    sheets: tuple[Sheet, ...]  # the workbook, the page among them
    measures: Drawn  # of the cases
    cases: int
    notes: tuple[str, ...]  # what a reader must know of it, in Indonesian


def archived_month(
    seen: Plan,
    grids: Mapping[str, Grid | None],
    schema: Schema,
    month: Period,
    zone: str,
) -> Archived:
    """`seen` is the whole Register, `grids` the cells that it was read from.

    Raises EdgeError where it could not be made sense of.
    """
    figures = seen.understood()
    days = Days(month.start, min(month.end, seen.now.date()))
    notes = tuple(_notes(seen, month))
    page = ringkasan(
        told_of(figures.summary, figures.progress, days),
        schema,
        zone,
        (*notes, *seen.notes),
        _no_row_link,
        days.words,
        FOR_EVER,
    )
    cases = archived_cases(seen, grids, schema, month)
    return Archived(page, (page, *cases), cases[1].tables[0], cases[0].tables[0].height, notes)


def archived_cases(
    seen: Plan, grids: Mapping[str, Grid | None], schema: Schema, period: Period
) -> tuple[Sheet, Sheet, Sheet, Sheet]:
    """The cases received in the period: as typed, measured, what is wrong in them; the SOP."""
    cases_tab = schema.tabs.cases.title
    part = follow(received_within(seen.register, period), schema, seen.now)
    table = part.register.cases
    rows = {*table.frame["row"].tolist(), 0}  # 0: the tab as a whole
    found = [each for each in seen.findings if each.tab != cases_tab or each.row in rows]
    figures = part.understood()
    measured = pemantauan(
        figures.progress,
        figures.deadlines,
        schema,
        part.hours,
        [None] * len(table.frame),
        {},
        np.datetime64(seen.now, "s"),
    )
    copy = register_copy(table, grids.get(cases_tab) or [])
    return copy, measured, temuan(found, schema, _no_cell_link), sop(schema)


def head_of(staff: Table, schema: Schema) -> str:
    """The name of whoever heads the office; "" where nobody, or not one person alone, does."""
    frame = staff.frame
    here = (frame["role"] == schema.reminders.head_role) & (frame["active"] != NO)
    names = set(frame["name"][here]) - {""}
    return names.pop() if len(names) == 1 else ""


def _notes(seen: Plan, period: Period) -> list[str]:
    received = seen.register.cases.frame["received"]
    undated = int(received.isna().sum())
    notes = []
    if not period.is_over(seen.now.date()):
        notes.append(
            f"{period.words[0].upper()}{period.words[1:]} belum berakhir: laporan ini memuat "
            f"keadaan sampai {moment(seen.now.replace(second=0))}."
        )
    if undated:
        notes.append(
            f"{number(undated)} berkas tanpa tanggal Diterima yang dapat dibaca tidak termasuk "
            "laporan mana pun; perbaiki menurut tab Temuan."
        )
    return notes


def _no_row_link(row: int) -> None:
    """An archive leads nowhere."""


def _no_cell_link(tab: str, cell: str) -> None:
    """Likewise."""
