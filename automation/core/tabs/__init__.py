"""What the program found, drawn as the tabs that people look at."""

from collections.abc import Sequence

import numpy as np

from automation.core.drawing import Sheet
from automation.core.edges import SentMail
from automation.core.plan import Plan
from automation.core.register.made_at import made_at
from automation.core.schema import Schema
from automation.core.tabs.lists import pengingat, sop
from automation.core.tabs.pemantauan import pemantauan, unmeasured
from automation.core.tabs.ringkasan import ringkasan, unreadable
from automation.core.tabs.temuan import CellLink, temuan


def program_sheets(
    plan: Plan, schema: Schema, mails: Sequence[SentMail], cell_link: CellLink, zone: str
) -> tuple[Sheet, ...]:
    """The program's tabs at the plan's `now`; without figures where the Register is unreadable."""
    found = temuan(plan.findings, schema, cell_link)
    always = found, pengingat(mails), sop(schema)
    figures = plan.measures
    if figures is None:
        return unreadable(schema, made_at(plan.now, zone)), unmeasured(plan.memory, schema), *always
    rows = figures.progress.cases["row"]

    def row_link(row: int) -> str | None:
        return cell_link(schema.tabs.cases.title, f"A{row}")

    links = [row_link(row) for row in rows]
    return (
        ringkasan(
            figures.summary,
            schema,
            zone,
            (*plan.unreached, *plan.notes),
            row_link,
            plan.chosen_month,
            plan.fresh_until,
            plan.successor,
        ),
        pemantauan(
            figures.progress,
            figures.deadlines,
            schema,
            plan.snapshot.hours,
            links,
            plan.memory,
            np.datetime64(plan.now, "s"),
        ),
        *always,
    )
