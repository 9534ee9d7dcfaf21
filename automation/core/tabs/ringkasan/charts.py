"""Better or worse: compliance by month against the target, and cases in and out."""

from collections.abc import Sequence

from automation.core.drawing import BLUE, GREY, SILVER, Chart, Column, Series, Table
from automation.core.measures.performance import Performance
from automation.core.words.indonesian import MONTHS

MONTHS_SHOWN = 12
WIDTH, HEIGHT = 450, 260  # pixels
FEWEST_MONTHS = 2  # that a course needs


def chart_table(months: Sequence[Performance], target: int | None, column: int) -> Table:
    """The hidden cells that feed the charts, the earliest month first."""
    shown = months[:MONTHS_SHOWN][::-1]
    aim = [target / 100] * len(shown) if target is not None else [None] * len(shown)
    columns = [
        Column("Bulan", [_short(month) for month in shown], hidden=True),
        Column("Langkah sesuai mutu baku", [month.kept.share for month in shown], hidden=True),
        Column("Target", aim, hidden=True),
        Column("Masuk", [month.received for month in shown], hidden=True),
        Column("Keluar", [month.left for month in shown], hidden=True),
    ]
    return Table(columns, row=0, column=column)


def charts(table: Table, target: int | None, row: int) -> list[Chart]:
    """None before there is a course to be seen."""
    if table.height < FEWEST_MONTHS:
        return []
    name = "Langkah sesuai mutu baku"
    kept = [Series(name, table.area(name), BLUE)]
    kept += [Series("Target", table.area("Target"), GREY)] * (target is not None)
    cases = [
        Series("Masuk", table.area("Masuk"), SILVER),
        Series("Keluar", table.area("Keluar"), BLUE),
    ]
    months = table.area("Bulan")
    return [
        Chart("line", f"{name} per bulan", months, kept, row, 0, WIDTH, HEIGHT,
              number_format="0%", maximum=1),
        Chart("column", "Berkas masuk dan keluar per bulan", months, cases, row, 6, WIDTH, HEIGHT),
    ]  # fmt: skip


def _short(month: Performance) -> str:
    """ "Nov 26"."""
    return f"{MONTHS[month.days.start.month - 1][:3]} {month.days.start:%y}"
