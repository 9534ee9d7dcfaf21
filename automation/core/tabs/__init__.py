"""What the program found, drawn as the tabs that people look at."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from automation.core.drawing import Sheet
from automation.core.edges import SentMail
from automation.core.plan import Plan
from automation.core.schema import Schema
from automation.core.tabs.lists import pengingat, sop, temuan
from automation.core.tabs.pemantauan import pemantauan
from automation.core.tabs.ringkasan import made_at, ringkasan, unreadable

PENGINGAT = "Pengingat"
# The program's tabs in the order they stand in; the first one sums the others up.
PROGRAM_TITLES = ("Ringkasan", "Pemantauan", "Temuan", PENGINGAT, "SOP")
ALWAYS = ("Ringkasan", "Temuan", "SOP")  # of them: also where the Register is unreadable, archived

# Where a cell of a staff tab is: (tab, cell name) -> link, None where the workbook has no links.
CellLink = Callable[[str, str], str | None]


def program_sheets(
    plan: Plan, schema: Schema, mails: Sequence[SentMail], cell_link: CellLink, zone: str
) -> tuple[Sheet, ...]:
    """The program's tabs at the plan's `now`; without figures where the Register is unreadable."""
    found = temuan(plan.findings, [cell_link(each.tab, each.cell) for each in plan.findings])
    always = found, pengingat(mails), sop(schema)
    figures = plan.figures
    if figures is None:
        return unreadable(schema, made_at(pd.Timestamp(plan.now), zone)), *always
    rows = figures.progress.cases["row"]
    links = [cell_link(schema.tabs.cases.title, f"A{row}") for row in rows]
    return (
        ringkasan(figures.summary, figures.progress, schema, zone, (*plan.unreached, *plan.notes)),
        pemantauan(
            figures.progress,
            figures.deadlines,
            schema.sop,
            plan.hours,
            links,
            np.datetime64(plan.now, "s"),
        ),
        *always,
    )
