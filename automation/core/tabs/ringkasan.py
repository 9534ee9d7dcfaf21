"""The tab `Ringkasan`: what the head of office reads in a minute."""

from collections.abc import Iterator, Sequence

import pandas as pd

from automation.core.drawing import (
    BLUE,
    GREEN,
    GREY,
    Chart,
    Column,
    Label,
    Series,
    Sheet,
    Table,
    Value,
)
from automation.core.indonesian import duration, month_name, number, percent
from automation.core.made_at import made_at
from automation.core.progress import Progress
from automation.core.schema import Schema
from automation.core.statuses import STATUS_WORDS
from automation.core.summary import Summary
from automation.core.tabs.values import instants, minutes, numbers
from automation.core.titles import RINGKASAN

WIDTHS = {0: 36, **dict.fromkeys(range(1, 11), 14)}
COLUMNS = len(WIDTHS)
FIGURES, CAPTIONS, SENTENCES, CHARTS = 4, 5, 7, 14  # rows
CHART_ROWS = 16
TABLES = CHARTS + CHART_ROWS + 1
BOXES = ((0, 1), (1, 2), (3, 2), (5, 2), (7, 2), (9, 2))  # column, span


def ringkasan(
    summary: Summary, progress: Progress, schema: Schema, zone: str, notes: Sequence[str]
) -> Sheet:
    """Figures, sentences, charts and tables; `notes` are remarks on the run itself."""
    tables, sections = _placed(
        [
            ("Kepatuhan per Langkah", _step_table(summary, schema)),
            ("Kepatuhan per Pemegang", _holder_table(summary)),
            ("Perkembangan per Bulan", _month_table(summary)),
            ("Berkas Terbuka Terlama", _oldest_table(summary, progress, schema)),
        ]
    )
    return Sheet(
        title=RINGKASAN,
        tables=tables,
        labels=[
            *_heading(summary, schema, zone),
            *_figures(summary),
            *_sentences(summary, notes),
            *sections,
        ],
        widths=WIDTHS,
        heights={0: 30, FIGURES: 36, CAPTIONS: 20},
        charts=_charts(tables[0], tables[2]),
        color=BLUE,
    )


def unreadable(schema: Schema, now: str) -> Sheet:
    """`Ringkasan` when the register could not be made sense of: no figures from guesses."""
    return Sheet(
        title=RINGKASAN,
        labels=[
            Label(0, 0, "Ringkasan Kepatuhan Mutu Baku", "title", COLUMNS),
            Label(1, 0, schema.sop.office, "section", COLUMNS),
            Label(2, 0, now, "note", COLUMNS),
            Label(4, 0, "Buku Register tidak dapat dibaca.", "bad", COLUMNS),
            Label(
                5,
                0,
                "Perbaiki tajuk kolom menurut tab Temuan. Tidak ada angka yang dihitung dan "
                "tidak ada pengingat yang dikirim.",
                "text",
                COLUMNS,
            ),
        ],
        widths=WIDTHS,
        heights={0: 30},
        color=BLUE,
    )


def _heading(summary: Summary, schema: Schema, zone: str) -> list[Label]:
    sop = schema.sop
    return [
        Label(0, 0, "Ringkasan Kepatuhan Mutu Baku", "title", COLUMNS),
        Label(1, 0, f"{sop.office} · SOP {sop.number} {sop.title}", "section", COLUMNS),
        Label(2, 0, made_at(summary.now, zone), "note", COLUMNS),
    ]


def _figures(summary: Summary) -> Iterator[Label]:
    totals = summary.totals
    compliance = totals.compliance
    figures: list[tuple[str, Value, str]] = [
        ("Berkas masuk seluruhnya", totals.cases, "figure"),
        ("Masih terbuka", totals.open, "figure"),
        ("Terlambat sekarang", totals.overdue, "figure_bad" if totals.overdue else "figure_good"),
        ("Selesai", totals.finished, "figure"),
        ("Selesai tepat waktu", "–" if compliance is None else compliance, "figure_percent"),
        ("Perlu diperbaiki", totals.invalid, "figure_bad" if totals.invalid else "figure_good"),
    ]
    for (column, span), (caption, value, look) in zip(BOXES, figures, strict=True):
        yield Label(FIGURES, column, value, look, span)
        yield Label(CAPTIONS, column, caption, "caption", span)


def _sentences(summary: Summary, notes: Sequence[str]) -> Iterator[Label]:
    sentences = [
        _compliance(summary),
        _bottleneck(summary),
        _legal(summary),
        _quality(summary),
        *_later_entries(summary),
    ]
    for place, text in enumerate([*sentences, *notes][: CHARTS - SENTENCES]):
        yield Label(SENTENCES + place, 0, text, "text", COLUMNS)


def _compliance(summary: Summary) -> str:
    if not summary.measured_steps:
        return "Mutu baku: belum ada langkah yang dapat diukur."
    share = percent(summary.kept_steps / summary.measured_steps)
    return (
        f"Mutu baku: {share} dari {number(summary.measured_steps)} langkah yang diukur selesai "
        f"dalam waktu yang ditetapkan."
    )


def _bottleneck(summary: Summary) -> str:
    step = summary.bottleneck
    if step is None:
        return "Hambatan terbesar: tidak ada langkah yang melewati mutu baku."
    missed = step["measured"] - step["kept"]
    return (
        f"Hambatan terbesar: {step['step']}, {percent(missed / step['measured'])} pelaksanaannya "
        f"melewati mutu baku, seluruhnya {duration(step['excess'])} kerja; sekarang "
        f"{number(step['waiting'])} berkas menunggu di sana."
    )


def _legal(summary: Summary) -> str:
    passed = int(summary.legal["late"].sum())
    near = len(summary.legal) - passed
    if not len(summary.legal):
        return "Tenggat hukum: tidak ada berkas yang mendekati atau melewati tenggat."
    return f"Tenggat hukum: {number(passed)} berkas terlewati, {number(near)} berkas dalam 7 hari."


def _quality(summary: Summary) -> str:
    quality = summary.quality
    if not (quality.errors or quality.warnings):
        return "Buku Register: bersih, tidak ada kesalahan."
    return (
        f"Buku Register: {number(quality.errors)} kesalahan dan {number(quality.warnings)} "
        f"peringatan (tab Temuan); {number(quality.unmeasurable)} langkah tidak dapat diukur; "
        f"{number(quality.afterwards)} berkas diragukan karena beberapa langkah diisi sekaligus."
    )


def _later_entries(summary: Summary) -> Iterator[str]:
    quality = summary.quality
    if quality.entered_late or quality.changed:
        yield (
            f"Riwayat isian: {number(quality.entered_late)} isian baru dicatat lama sesudah "
            f"waktunya, {number(quality.changed)} isian diubah atau dihapus kemudian."
        )


def _step_table(summary: Summary, schema: Schema) -> list[Column]:
    steps = summary.steps
    standards: list[Value] = [step.standard_minutes for step in schema.sop.steps]
    return [
        Column("Langkah", steps["step"].tolist()),
        Column("Mutu Baku (menit)", standards, "integer"),
        *_compliance_columns(steps),
    ]


def _holder_table(summary: Summary) -> list[Column]:
    holders = summary.holders
    return [Column("Pemegang", holders["holder"].tolist()), *_compliance_columns(holders)]


def _compliance_columns(figures: pd.DataFrame) -> list[Column]:
    return [
        Column("Diukur", numbers(figures["measured"]), "integer"),
        Column("Tepat Waktu", numbers(figures["kept"]), "integer"),
        Column("Kepatuhan", numbers(figures["compliance"]), "percent"),
        Column("Median (menit)", minutes(figures["median"]), "minutes"),
        Column("Terlama (menit)", minutes(figures["longest"]), "minutes"),
        Column("Menunggu", numbers(figures["waiting"]), "integer"),
        Column("Terlambat", numbers(figures["overdue"]), "integer"),
    ]


def _month_table(summary: Summary) -> list[Column]:
    months = summary.months
    return [
        Column("Bulan", [month_name(m.year, m.month) for m in months["month"]]),
        Column("Masuk", numbers(months["received"]), "integer"),
        Column("Selesai", numbers(months["finished"]), "integer"),
        Column("Tepat Waktu", numbers(months["on_time"]), "integer"),
        Column("Kepatuhan", numbers(months["compliance"]), "percent"),
    ]


def _oldest_table(summary: Summary, progress: Progress, schema: Schema) -> list[Column]:
    oldest = summary.oldest
    headers = ["", *(step.header for step in schema.sop.steps)]
    holders = [
        ", ".join(holder.name for holder in progress.holding(index).holders)
        for index in oldest.index
    ]
    return [
        Column("No. Register", oldest["reference"].tolist(), "plain"),
        Column("Diterima", instants(oldest["received"]), "date"),
        Column("Status", [STATUS_WORDS[status] for status in oldest["status"]]),
        Column("Langkah", [headers[step] for step in oldest["step"]]),
        Column("Batas Waktu", instants(oldest["due"]), "datetime"),
        Column("Pemegang", holders),
    ]


def _placed(parts: Sequence[tuple[str, list[Column]]]) -> tuple[list[Table], list[Label]]:
    """The tables below each other, each under its section's title."""
    row, tables, titles = TABLES, [], []
    for title, columns in parts:
        titles.append(Label(row, 0, title, "section", COLUMNS))
        tables.append(Table(columns, row=row + 1))
        row += tables[-1].height + 4
    return tables, titles


def _charts(steps: Table, months: Table) -> list[Chart]:
    return [
        Chart(
            "bar",
            "Kepatuhan per langkah",
            steps.area("Langkah"),
            [Series("Kepatuhan", steps.area("Kepatuhan"), BLUE)],
            row=CHARTS,
            column=0,
            width=590,
            height=310,
            number_format="0%",
            maximum=1,
        ),
        Chart(
            "column",
            "Berkas per bulan",
            months.area("Bulan"),
            [
                Series("Masuk", months.area("Masuk"), GREY),
                Series("Selesai", months.area("Selesai"), BLUE),
                Series("Tepat waktu", months.area("Tepat Waktu"), GREEN),
            ],
            row=CHARTS,
            column=4,
            width=700,
            height=310,
        ),
    ]
