"""A month, or a year, as it is put into the files: its page, its cases, what was wrong in them.

The page of a month tells what `Ringkasan` told the head, with all that the office did in it,
whenever the cases came in; that of a year tells of the cases that were received in it, and so do
the other tabs of both. Nothing here leads into the Register: by the time it is opened, the rows
have moved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from automation.core.drawing import Sheet, Table
from automation.core.measures.annual import annual
from automation.core.measures.summary import told_of
from automation.core.office_time.months import Days
from automation.core.office_time.periods import Period
from automation.core.plan import FOR_EVER, Plan, follow
from automation.core.register.headers import Grid
from automation.core.register.made_at import made_at
from automation.core.register.reading import NO
from automation.core.register.received import received_within
from automation.core.register.register import Entries
from automation.core.schema import Schema
from automation.core.tabs.annual import annual_page, annual_table
from automation.core.tabs.lists import sop
from automation.core.tabs.pemantauan import pemantauan
from automation.core.tabs.register_copy import register_copy
from automation.core.tabs.ringkasan import ringkasan
from automation.core.tabs.temuan import temuan
from automation.core.words.indonesian import moment, number
from automation.core.words.titles import PEMANTAUAN


@dataclass(frozen=True)
class Archived:
    """What goes into the files."""

    page: Sheet  # one sheet of paper
    sheets: tuple[Sheet, ...]  # the workbook, the page among them
    measures: Table  # of the cases
    cases: int
    notes: tuple[str, ...]  # what a reader must know of it, in Indonesian
    figures: Table | None = None  # of a year


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
    measures = seen.understood()
    days = Days(month.start, min(month.end, seen.now.date()))
    notes = tuple(_notes(seen, month))
    page = ringkasan(
        told_of(measures.summary, measures.progress, days),
        schema,
        zone,
        (*notes, *seen.notes),
        _no_row_link,
        days.words,
        FOR_EVER,
    )
    part = follow(received_within(seen.snapshot.register, month), schema, seen.now)
    return _archived(seen, part, grids, schema, page, notes)


def archived_year(
    seen: Plan,
    grids: Mapping[str, Grid | None],
    schema: Schema,
    period: Period,
    zone: str,
) -> Archived:
    """Likewise."""
    part = follow(received_within(seen.snapshot.register, period), schema, seen.now)
    progress, calendar = part.understood().progress, part.calendar
    year = annual(part.snapshot.register, progress, schema, calendar, seen.now)
    notes = tuple(_notes(seen, period))
    page = annual_page(year, schema.sop, period, made_at(seen.now, zone), notes)
    return replace(_archived(seen, part, grids, schema, page, notes), figures=annual_table(year))


def _archived(
    seen: Plan,
    part: Plan,
    grids: Mapping[str, Grid | None],
    schema: Schema,
    page: Sheet,
    notes: tuple[str, ...],
) -> Archived:
    """`part` of what was seen, as typed and measured, and what is wrong in it."""
    cases_tab, table = schema.tabs.cases.title, part.snapshot.register.cases
    measures = part.understood()
    rows = {*table.frame["row"].tolist(), 0}  # 0: the tab as a whole
    found = [each for each in seen.findings if each.tab != cases_tab or each.row in rows]
    measured = pemantauan(
        measures.progress,
        measures.deadlines,
        schema,
        part.snapshot.hours,
        [None] * len(table.frame),
        {},
        np.datetime64(seen.now, "s"),
    )
    copy = register_copy(table, grids.get(cases_tab) or [], grids.get(PEMANTAUAN) or [])
    sheets = (page, copy, measured, temuan(found, schema, _no_cell_link), sop(schema))
    return Archived(page, sheets, measured.tables[0], len(table.frame), notes)


def head_of(staff: Entries, schema: Schema) -> str:
    """The name of whoever heads the office; "" where nobody, or not one person alone, does."""
    frame = staff.frame
    here = (frame["role"] == schema.reminders.head_role) & (frame["active"] != NO)
    names = set(frame["name"][here]) - {""}
    return names.pop() if len(names) == 1 else ""


def _notes(seen: Plan, period: Period) -> list[str]:
    received = seen.snapshot.register.cases.frame["received"]
    undated = int(received.isna().sum())
    notes = []
    if not period.is_over(seen.now.date()):
        notes.append(
            f"{period.opening} belum berakhir: laporan ini memuat keadaan sampai "
            f"{moment(seen.now.replace(second=0))}."
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
