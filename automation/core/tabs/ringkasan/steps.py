"""The steps of the SOP in the chosen month, and what waits there now."""

from collections.abc import Iterator, Sequence

from automation.core.drawing import Area, Condition, Label, cell_name
from automation.core.measures.workload import StepLoad
from automation.core.schema import Sop
from automation.core.tabs.ringkasan.grid import COLUMNS, Cell, line, title
from automation.core.tabs.ringkasan.months import BAR_MARGIN, BOTTLENECK, MonthTexts, short_duration

HEADERS = (
    ("Langkah", 3, "head"),
    ("Mutu baku", 1, "head_right"),
    ("Median", 1, "head_right"),
    ("90% dalam", 1, "head_right"),
    (f"{BAR_MARGIN}Sesuai mutu baku", 3, "head"),
    ("Perubahan", 1, "head_right"),
    ("Menunggu", 1, "head_right"),
    ("Terlambat", 1, "head_right"),
)


def steps_height(sop: Sop) -> int:
    """Rows: title, headers, steps, all of them together."""
    return 2 + len(sop.steps) + 1


def step_labels(
    row: int, loads: Sequence[StepLoad], month: MonthTexts, sop: Sop
) -> Iterator[Label]:
    """The table from `row` on."""
    yield title(row, _title(sop))
    yield from line(row + 1, [Cell(text, span, look) for text, span, look in HEADERS])
    for place, (step, load) in enumerate(zip(sop.steps, loads, strict=True)):
        name = f"step {place}"
        cells = [
            Cell(month.shown(name), 3),
            Cell(short_duration(step.standard_seconds), 1, "line_right"),
            Cell(month.shown(f"{name} median"), 1, "line_right"),
            Cell(month.shown(f"{name} ninety"), 1, "line_right"),
            *_share(month, name, ""),
            Cell(load.waiting, 1, "line_count"),
            Cell(load.late, 1, "line_count"),
        ]
        yield from line(row + 2 + place, cells)
    yield from line(row + 2 + len(sop.steps), _together(loads, month, sop))


def _title(sop: Sop) -> str:
    aim = f"; garis │ = target {sop.target_percent}%" if sop.target_percent is not None else ""
    return f"Langkah (j = jam kerja, m = menit kerja{aim})"


def _share(month: MonthTexts, name: str, bold: str) -> Iterator[Cell]:
    yield Cell(month.shown(f"{name} bar"), 2, "bar")
    yield Cell(month.shown(f"{name} share"), 1, f"line_right{bold}")
    yield Cell(month.shown(f"{name} change"), 1, f"line_right{bold}")


def _together(loads: Sequence[StepLoad], month: MonthTexts, sop: Sop) -> Iterator[Cell]:
    standard = short_duration(sop.standard_seconds)
    yield Cell("Seluruh langkah", 3, "line_bold")
    yield Cell(standard, 1, "line_right_bold")
    yield Cell(None, 2, "line")
    yield from _share(month, "all", "_bold")
    yield Cell(sum(load.waiting for load in loads), 1, "line_count_bold")
    yield Cell(sum(load.late for load in loads), 1, "line_count_bold")


def step_conditions(row: int, sop: Sop) -> list[Condition]:
    """The bottleneck's line stands out."""
    area = Area(row + 2, 0, row + 1 + len(sop.steps), COLUMNS - 1)
    return [Condition(area, f'ISNUMBER(SEARCH("{BOTTLENECK}",${cell_name(area.top, 0)}))', "alarm")]
