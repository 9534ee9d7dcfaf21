"""The tab `Ringkasan`: one page by which the head judges the office, read from top to bottom.

Its parts stand in fixed rows, so that what changes from run to run are values and heights; a row in
which nothing stands is as good as closed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from automation.core.drawing import (
    BLUE,
    Area,
    Choice,
    Condition,
    Formula,
    Label,
    Paper,
    Sheet,
    cell_name,
)
from automation.core.edges import Successor
from automation.core.measures.summary import Summary
from automation.core.plan import FOR_EVER
from automation.core.register.chosen_month import CAPTION
from automation.core.register.made_at import made_at
from automation.core.schema import Schema, Sop
from automation.core.tabs.ringkasan import attention, figures, present
from automation.core.tabs.ringkasan.charts import chart_table, charts
from automation.core.tabs.ringkasan.grid import COLUMNS, GAP, LINE, UNUSED, WIDTHS, title
from automation.core.tabs.ringkasan.months import MonthTexts
from automation.core.tabs.ringkasan.steps import step_conditions, step_labels, steps_height
from automation.core.words.titles import RINGKASAN

CHART_ROWS = 11
NOTES = 3  # rows kept for remarks on the run
LONG_TITLE = 60  # characters of a title that fit into one line
CHOICE = Area(17, 3, 17, 4)  # where the reader chooses a month
CLOSED_ROW = 3  # a gap in a register that is open
STALE = "● Belum diperbarui; hubungi petugas TI."


@dataclass(frozen=True)
class Rows:
    """Where the parts of the page begin."""

    steps: int  # the table of the steps
    present: int
    charts: int
    notes: int
    attention: int = 4
    month: int = CHOICE.top

    @classmethod
    def of(cls, sop: Sop) -> "Rows":
        steps = CHOICE.top + 1 + figures.HEIGHT + 1
        now = steps + steps_height(sop) + 1
        course = now + present.HEIGHT + 1
        return cls(steps, now, course, course + 1 + CHART_ROWS)


def ringkasan(
    summary: Summary,
    schema: Schema,
    zone: str,
    notes: Sequence[str],
    row_link: attention.RowLink,
    chosen: str,
    fresh_until: datetime,
    successor: Successor | None = None,
) -> Sheet:
    """The page. `notes` are remarks on the run itself, `row_link` leads to a row of the Register,
    `chosen` is the month that the reader chose; after `fresh_until` the page calls itself old.
    `successor` is the register in which this one goes on, if it was closed."""
    sop, rows = schema.sop, Rows.of(schema.sop)
    month = MonthTexts(summary, sop, chosen, fresh_until)
    hidden = month.table(_fixed(CHOICE.top, CHOICE.left))
    course = chart_table(summary.months, sop.target_percent, hidden.column + len(hidden.columns))
    drawn = charts(course, sop.target_percent, rows.charts + 1)
    labels = [
        *_heading(summary, sop, zone, month.fresh_until, fresh_until < FOR_EVER),
        *_closed(successor),
        *attention.attention_labels(rows.attention, summary.attention, summary.now, row_link),
        *_chooser(rows.month, month),
        *figures.figure_labels(rows.month + 1, summary, month, sop),
        *step_labels(rows.steps, summary.steps, month, sop),
        *present.people_labels(rows.present, summary.people, summary.now),
        *present.trust_labels(rows.present, summary.quality),
        *_course(rows.charts, bool(drawn)),
        *(Label(rows.notes + place, 0, f"● {text}", "wrap", COLUMNS)
          for place, text in enumerate(notes[:NOTES])),
    ]  # fmt: skip
    return Sheet(
        title=RINGKASAN,
        tables=[hidden, course],
        labels=labels,
        widths=WIDTHS,
        heights=_heights(summary, sop, rows, bool(drawn), len(notes))
        | ({CLOSED_ROW: LINE} if successor else {}),
        conditions=_conditions(rows, sop, month),
        choices=[Choice(CHOICE, source=month.choices, hint="Pilih bulan dari daftar.")],
        charts=drawn,
        landscape=False,
        paper=Paper(Area(0, 0, rows.notes + NOTES - 1, COLUMNS - 1), one_page=True),
        color=BLUE,
    )


def unreadable(schema: Schema, now: str) -> Sheet:
    """`Ringkasan` when the register could not be made sense of: no figures from guesses."""
    return Sheet(
        title=RINGKASAN,
        labels=[
            Label(0, 0, _title(schema.sop), "title", COLUMNS),
            Label(1, 0, schema.sop.office, "note", COLUMNS),
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
        heights={0: _title_height(schema.sop)},
        color=BLUE,
    )


def _title(sop: Sop) -> str:
    return f"Ringkasan {sop.title}"


def _title_height(sop: Sop) -> int:
    return 30 * -(-len(_title(sop)) // LONG_TITLE)


def _heading(
    summary: Summary, sop: Sop, zone: str, fresh_until: str, ages: bool
) -> Iterator[Label]:
    yield Label(0, 0, _title(sop), "title", COLUMNS)
    yield Label(1, 0, f"{sop.office} · SOP {sop.number}", "note", COLUMNS)
    yield Label(2, 0, made_at(summary.now, zone), "stamp" if ages else "note", 7)
    yield Label(2, 7, Formula(f'IF(NOW()>{fresh_until},"{STALE}","")', "", moves=True), "note", 5)


def _closed(successor: Successor | None) -> Iterator[Label]:
    if successor:
        way = "klik di sini untuk membuka lanjutannya"
        rest = way if successor.link else f"lanjutannya {successor.place}"
        told = f"Buku Register ini sudah ditutup; {rest}."
        yield Label(CLOSED_ROW, 0, told, "bad", COLUMNS, link=successor.link or None)


def _chooser(row: int, month: MonthTexts) -> Iterator[Label]:
    yield Label(row, 0, CAPTION, "part", CHOICE.left)
    yield Label(row, CHOICE.left, month.chosen, "choice", CHOICE.right - CHOICE.left + 1)
    rest = CHOICE.right + 1
    yield Label(row, rest, month.shown("days"), "part_note", COLUMNS - rest)


def _course(row: int, drawn: bool) -> Iterator[Label]:
    yield title(row, "Membaik atau memburuk?")
    if not drawn:
        yield Label(row + 1, 0, "Grafik muncul setelah ada dua bulan.", "line", COLUMNS)


def _heights(summary: Summary, sop: Sop, rows: Rows, drawn: bool, notes: int) -> dict[int, int]:
    """Row -> points: lines, gaps, and next to nothing where nothing stands."""
    lines = attention.rows_taken(summary.attention)
    people = max(present.people_rows(summary.people), present.TRUST_HEIGHT)
    used = {
        rows.attention: (lines, attention.HEIGHT),
        rows.present: (people, present.HEIGHT),
        rows.charts + 1: (CHART_ROWS if drawn else 1, CHART_ROWS),
        rows.notes: (min(notes, NOTES), NOTES),
    }
    heights = dict.fromkeys(range(1, rows.notes + NOTES), LINE)
    for first, (taken, kept) in used.items():
        heights |= dict.fromkeys(range(first + taken, first + kept), UNUSED)
    heights |= dict.fromkeys(range(rows.notes, rows.notes + min(notes, NOTES)), 2 * LINE)
    gaps = (CLOSED_ROW, rows.month - 1, rows.steps - 1, rows.present - 1, rows.charts - 1)
    heights |= dict.fromkeys(gaps, GAP)
    titles = (rows.attention, rows.month, rows.steps, rows.present, rows.charts)
    heights |= dict.fromkeys(titles, 20)
    return heights | {0: _title_height(sop), rows.month + 2: 32}


def _conditions(rows: Rows, sop: Sop, month: MonthTexts) -> list[Condition]:
    """What is red: an old page, a passed deadline, anything late, the bottleneck."""
    old = f"NOW()>{month.fresh_until}"
    first = rows.attention + 2
    reasons = Area(first, 0, first + attention.MOST - 1, 2)
    late = rows.month + 2
    return [
        Condition(Area(2, 0, 2, COLUMNS - 1), old, "bad"),
        Condition(reasons, f'LEFT(${cell_name(first, 0)},1)="{attention.LEGAL}"', "alarm"),
        *(
            Condition(Area(late, column, late, column + figures.SPAN - 1), f"{cell}>0", "bad")
            for column in (0, figures.SPAN)
            for cell in [_fixed(late, column)]
        ),
        *step_conditions(rows.steps, sop),
    ]


def _fixed(row: int, column: int) -> str:
    letters = cell_name(row, column).rstrip("0123456789")
    return f"${letters}${row + 1}"
