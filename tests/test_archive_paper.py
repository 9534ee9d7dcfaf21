"""The page for the paper archive: one A4 sheet, whatever it tells, with all of it on it."""

import io
import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from automation.archive import paper
from automation.archive.paper import MARGIN, Paper, page
from automation.archive.paper.charts import _ticks
from automation.archive.paper.conditions import painted
from automation.archive.paper.pen import Pen
from automation.core.drawing import Area, Condition, Label, Sheet
from automation.core.office_time.periods import whole_month
from automation.core.plan import plan
from automation.core.tabs.archived import archived_month
from automation.core.tabs.ringkasan.months import BOTTLENECK
from tests.commands import printed_alone
from tests.offices import Row, at, case, grids, standard_schema

NOVEMBER = whole_month(datetime(2026, 11, 1).date())
AROUND = Paper(
    title="Laporan bulanan",
    period="November 2026",
    office="Kantor",
    role="Kepala Dinas",
    name="Retno",
    remarks=("Disusun dari Buku Register.",),
    created=datetime(2026, 12, 1, 7, 30, tzinfo=UTC),
)


@cache
def busy(count: int) -> tuple[Row, ...]:
    """Cases of two months, of which each seventh waits at the head's step, each third is done."""
    months = ("X", "XI")
    return tuple(
        case(
            f"{place + 1:04}/ADU/{months[place % 2]}/2026",
            Diterima=at(f"{place % 20 + 2:02}/{10 + place % 2} 08.{place % 60:02}"),
            **{f"step_{step}": at(f"{place % 20 + 2:02}/{10 + place % 2} 1{step}.00")
               for step in range(1, (2 if place % 7 == 0 else 7 if place % 3 == 0 else 4) + 1)},
        )
        for place in range(count)
    )  # fmt: skip


def sheet(cases: Sequence[Row]) -> Sheet:
    tabs = grids(cases)
    seen = plan(tabs, standard_schema(), datetime(2026, 12, 1, 7, 30))
    return archived_month(seen, tabs, standard_schema(), NOVEMBER, "WIB").page


class Watched(Pen):
    """A pen that knows what it wrote, and where."""

    written: list[tuple[float, float, str]]
    last: "Watched"

    def __init__(self, *facts: Any) -> None:
        super().__init__(*facts)
        self.written = []
        Watched.last = self

    def text(self, x: float, y: float, text: str, *style: Any, **more: Any) -> None:
        self.written.append((x, y, text))
        super().text(x, y, text, *style, **more)


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", content))


@pytest.mark.parametrize("count", [0, 1, 40, 600])
def test_it_is_one_page_with_everything_above_the_signature(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "Pen", Watched)
    drawn = sheet(busy(count))
    content = page(drawn, AROUND)
    assert pages(content) == 1
    pen = Watched.last
    signature = next(y for _, y, text in pen.written if text == "Mengetahui,")
    body = [each for each in pen.written if each[1] < signature - 20]
    told = {text for _, _, text in body}
    assert {str(label.value) for label in drawn.labels if label.look == "part"} <= told
    assert all(MARGIN <= x <= pen.width - MARGIN and 0 < y < pen.height for x, y, _ in pen.written)


def test_it_is_made_to_be_archived_with_its_fonts_in_it() -> None:
    content = page(sheet([]), AROUND)
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert content.count(b"/FontFile2") == 2
    assert b"+LiberationSans" in content


def test_it_paints_what_the_tab_paints() -> None:
    """A passed deadline in red, figures of what is late, the bottleneck, and nothing as old."""
    drawn = sheet(busy(40))
    looks = painted(drawn)
    texts = {(label.row, label.column): label for label in drawn.labels}
    late = [place for place, label in texts.items() if str(label.value).startswith("● Tenggat")]
    assert {looks[place] for place in late} == {"alarm"}
    figures = [label for label in drawn.labels if label.look == "figure"]
    assert [looks.get((each.row, each.column)) for each in figures[:3]] == ["bad", "bad", None]
    assert "bad" not in [looks.get((2, column)) for column in range(12)]
    slow = [r for (r, c), label in texts.items()
            if c == 0 and BOTTLENECK in str(getattr(label.value, "value", label.value))]  # fmt: skip
    assert [looks[row, 0] for row in slow] == ["alarm"]


@pytest.mark.parametrize(
    ("formula", "holds"),
    [
        ("$A$1>0", [True, True]),
        ("A1>0", [True, False]),
        ('LEFT($B1,1)="●"', [True, False]),
        ('ISNUMBER(SEARCH("ham",$B1))', [False, True]),
        ("NOW()>$A$1", [False, False]),
    ],
)
def test_a_condition_is_seen_from_each_row(formula: str, holds: list[bool]) -> None:
    labels = [Label(0, 0, 1), Label(0, 1, "● x"), Label(1, 0, 0), Label(1, 1, "hambatan")]
    area = Area(0, 0, 1, 0)
    looks = painted(Sheet("S", labels=labels, conditions=[Condition(area, formula, "bad")]))
    assert [(row, 0) in looks for row in (0, 1)] == holds


def test_a_condition_that_paper_does_not_know_is_a_fault_and_no_white_page() -> None:
    with pytest.raises(ValueError, match="no such condition"):
        painted(Sheet("S", conditions=[Condition(Area(0, 0, 0, 0), "ISBLANK(A1)", "bad")]))


@pytest.mark.parametrize(
    ("most", "finest", "ticks"),
    [
        (0, 1, [0, 1]),
        (1, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (1, 1, [0, 1]),  # half a case is none
        (3, 1, [0, 1, 2, 3]),
        (27, 1, [0, 10, 20, 30]),
        (50, 1, [0, 10, 20, 30, 40, 50]),
        (3000, 1, [0, 1000, 2000, 3000]),
    ],
)
def test_an_axis_has_few_round_marks_up_to_its_largest_value(
    most: float, finest: float, ticks: list[float]
) -> None:
    assert _ticks(most, finest) == pytest.approx(ticks)


def test_names_that_the_font_lacks_letters_of_leave_gaps_and_stop_nothing() -> None:
    odd = replace(AROUND, name="Śrī 李 \u0061\u0301 👩‍👩‍👧 \ud800", role="")
    assert pages(page(sheet([]), odd)) == 1


def test_whoever_draws_it_says_nothing_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    """A `watch` logs what the libraries say."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        page(sheet(busy(1)), AROUND)
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    assert heard.getvalue() == ""
    assert capsys.readouterr() == ("", "")


def test_the_library_is_loaded_only_for_a_page() -> None:
    script = (
        "import sys\n"
        "from automation import commands, tasks\n"
        "import automation.archive\n"
        "print([name for name in ('fpdf', 'fontTools', 'PIL') if name in sys.modules])\n"
    )
    assert printed_alone(script) == "[]\n"
