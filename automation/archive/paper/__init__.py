"""One printable A4 page of an archive: a sheet of the workbook, with room for a signature.

It is PDF/A, the kind of PDF that is made to be read decades later: fonts and colours are in it.
"""

from dataclasses import dataclass
from datetime import datetime

from automation.archive.paper.cells import draw_cells
from automation.archive.paper.pen import Pen
from automation.core.drawing import BRAND, INK, MUTED, PAPER, Sheet

MARGIN, BAND, FOOT = 42, 24, 112  # points: left and right, the coloured title, the signature
TOP, BOTTOM = 34, 30
DOTS = "." * 34
GAP = 10


@dataclass(frozen=True)
class Paper:
    """What stands around the sheet."""

    title: str  # "Laporan bulanan"
    period: str  # "November 2026"
    office: str
    role: str  # of who signs
    name: str  # "" = not known
    remarks: tuple[str, ...]  # where the figures come from
    created: datetime  # with its zone


def page(sheet: Sheet, paper: Paper) -> bytes:
    """The PDF: always one page."""
    pen = Pen(f"{paper.title} {paper.period}", paper.office, paper.created)
    width = pen.width - 2 * MARGIN
    _draw_band(pen, paper, width)
    top = TOP + BAND + GAP
    foot = pen.height - BOTTOM - FOOT
    draw_cells(pen, sheet, (MARGIN, top, width, foot - GAP - top))
    _draw_remarks(pen, paper, foot, width * 0.5)
    _draw_signature(pen, paper, foot, width)
    return pen.content()


def _draw_band(pen: Pen, paper: Paper, width: float) -> None:
    pen.fill(MARGIN, TOP, width, BAND, BRAND)
    base = TOP + BAND / 2 + 4
    pen.text(MARGIN + 8, base, paper.title.upper(), 10, PAPER, bold=True)
    pen.text(MARGIN + width - 8, base, paper.period.upper(), 11, PAPER, bold=True, side="right")


def _draw_remarks(pen: Pen, paper: Paper, top: float, room: float) -> None:
    base = top + 14
    for remark in paper.remarks:
        for line in pen.wrapped(remark, 6.5, room):
            pen.text(MARGIN, base, line, 6.5, MUTED)
            base += 8.5


def _draw_signature(pen: Pen, paper: Paper, top: float, width: float) -> None:
    middle, room = MARGIN + width * 0.78, width * 0.42
    lines = (
        (14, f"{DOTS[:22]}, {DOTS}", False),
        (28, "Mengetahui,", False),
        (39, paper.role, True),
        (92, paper.name or DOTS, bool(paper.name)),
        (105, f"NIP {DOTS}", False),
    )
    for down, text, bold in lines:
        pen.text(middle, top + down, text, 8, INK, bold=bold, side="center", room=room)
    if paper.name:
        pen.line(middle - room * 0.36, top + 94.5, middle + room * 0.36, top + 94.5, INK, 0.4)
