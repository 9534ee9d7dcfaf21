"""The tabs that are plain tables: `Pengingat`, `SOP`."""

from collections.abc import Sequence

from automation.core.drawing import (
    Column,
    Label,
    Sheet,
    Table,
    wrapped_heights,
)
from automation.core.edges import SentMail
from automation.core.schema import Schema
from automation.core.versions import keys_header
from automation.core.words.indonesian import long_date
from automation.core.words.titles import PENGINGAT, SOP


def pengingat(mails: Sequence[SentMail]) -> Sheet:
    """What was sent to whom and when, newest first."""
    table = Table(
        [
            Column("Waktu", [mail.at for mail in mails], "datetime", 17),
            Column("Kepada", [mail.name for mail in mails], "text", 28),
            Column("Surel", [mail.address for mail in mails], "plain", 32),
            Column("Tahap", [mail.stages for mail in mails], "wrap", 22),
            Column("No. Register", [mail.numbers for mail in mails], "wrap", 37),
            Column("Langkah", [mail.steps for mail in mails], "wrap", 24),
            Column("Keadaan", [mail.state for mail in mails], "wrap", 36),
            Column(keys_header(), [mail.keys for mail in mails], "plain", 20, hidden=True),
        ]
    )
    return Sheet(
        title=PENGINGAT,
        tables=[table],
        heights=wrapped_heights(table),
        frozen_rows=1,
        filtered=True,
    )


def sop(schema: Schema) -> Sheet:
    """The SOP as a table, for reference."""
    steps = schema.sop.steps
    roles = [
        step.role if step.role_confirmed else f"{step.role} (belum dikonfirmasi)" for step in steps
    ]
    table = Table(
        [
            Column("No.", [step.number for step in steps], "integer", 6),
            Column("Langkah", [step.name for step in steps], "text", 14),
            Column("Uraian Prosedur", [step.activity for step in steps], "wrap", 60),
            Column("Pelaksana", roles, "wrap", 34),
            Column("Paraf", [", ".join(step.initials) or None for step in steps], "wrap", 24),
            Column("Persyaratan/Kelengkapan", [step.requirement for step in steps], "wrap", 36),
            Column(
                "Mutu Baku (menit kerja)", [step.standard_minutes for step in steps], "integer", 14
            ),
            Column("Wajib", ["Tidak" if step.optional else "Ya" for step in steps], "text", 8),
            Column("Keluaran", [step.output for step in steps], "wrap", 36),
        ],
        row=3,
    )
    facts = schema.sop
    revised = f", revisi {long_date(facts.revised)}" if facts.revised else ""
    return Sheet(
        title=SOP,
        tables=[table],
        heights=wrapped_heights(table),
        labels=[
            Label(0, 0, facts.title, "title", len(table.columns)),
            Label(
                1, 0, f"{facts.office} · SOP {facts.number}{revised}", "section", len(table.columns)
            ),
        ],
        frozen_rows=4,
    )
