"""The tabs that are plain tables: `Temuan`, `Pengingat`, `SOP`."""

from collections.abc import Mapping, Sequence

from automation.core.drawing import (
    Column,
    Condition,
    Label,
    Sheet,
    Table,
    cell_name,
    wrapped_heights,
)
from automation.core.edges import SentMail
from automation.core.indonesian import long_date
from automation.core.schema import Schema, Severity
from automation.core.titles import PENGINGAT, SOP, TEMUAN
from automation.core.validation import Finding

KEYS_HEADER = "Kode"  # hidden: what a mail said, from which a lost memory is rebuilt

SEVERITY_WORDS: Mapping[Severity, str] = {
    "error": "Kesalahan",
    "warning": "Peringatan",
    "info": "Catatan",
}


def temuan(findings: Sequence[Finding], links: Sequence[str | None]) -> Sheet:
    """What is wrong in the register, most serious first, and how to mend it."""
    table = Table(
        [
            Column("Tingkat", [SEVERITY_WORDS[f.severity] for f in findings], "text", 12),
            Column("Tab", [f.tab for f in findings], "text", 12),
            Column("Sel", [f.cell or None for f in findings], "text", 8, links=links),
            Column("No. Register", [f.number or None for f in findings], "plain", 21),
            Column("Kolom", [f.column or None for f in findings], "text", 18),
            Column("Temuan", [f.message for f in findings], "wrap", 70),
            Column("Saran Perbaikan", [f.suggestion for f in findings], "wrap", 70),
            Column("Aturan", [f.rule for f in findings], "text", 26),
        ]
    )
    level = table.area("Tingkat")
    cell = "$" + cell_name(level.top, level.left)
    return Sheet(
        title=TEMUAN,
        tables=[table],
        heights=wrapped_heights(table),
        frozen_rows=1,
        filtered=True,
        conditions=[
            Condition(level, f'{cell}="{SEVERITY_WORDS["error"]}"', "bad"),
            Condition(level, f'{cell}="{SEVERITY_WORDS["warning"]}"', "warn"),
            Condition(level, f'{cell}="{SEVERITY_WORDS["info"]}"', "off"),
        ],
        color="C0392B",
    )


def pengingat(mails: Sequence[SentMail]) -> Sheet:
    """What was sent to whom and when, newest first."""
    table = Table(
        [
            Column("Waktu", [mail.at for mail in mails], "datetime", 17),
            Column("Kepada", [mail.name for mail in mails], "text", 28),
            Column("Surel", [mail.address for mail in mails], "plain", 34),
            Column("Tahap", [mail.stages for mail in mails], "wrap", 22),
            Column("No. Register", [mail.numbers for mail in mails], "wrap", 24),
            Column("Langkah", [mail.steps for mail in mails], "wrap", 18),
            Column("Keadaan", [mail.state for mail in mails], "wrap", 44),
            Column(KEYS_HEADER, [mail.keys for mail in mails], "plain", 20, hidden=True),
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
