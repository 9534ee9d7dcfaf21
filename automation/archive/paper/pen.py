"""The few marks that a page is made of, in points from its upper left corner.

The fonts lie beside this file, so that a page looks the same on every machine.
"""

import logging
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

from fpdf import FPDF
from fpdf.enums import DocumentCompliance
from fpdf.fonts import TTFFont

FONTS = Path(__file__).with_name("fonts")
FAMILY = "LiberationSans"
STAND_INS = str.maketrans("◆◀", "♦◄")  # of signs that the font lacks
UNKNOWN = "?"
SMALLEST = 0.7  # to which a text is made smaller before it is cut

Side = Literal["left", "center", "right"]


class Pen:
    """Draws on one A4 page. Colours are RRGGBB, `y` of a text is that of its base line."""

    def __init__(self, title: str, author: str, created: datetime) -> None:
        self._pdf = FPDF(unit="pt", format="A4", enforce_compliance=DocumentCompliance.PDFA_2B)
        self._pdf.set_auto_page_break(False)
        self._pdf.set_creation_date(created)
        self._pdf.set_lang("id")
        self._pdf.set_title(title)
        self._pdf.set_author(author)
        for style, name in (("", "Regular"), ("B", "Bold")):
            self._pdf.add_font(FAMILY, style, FONTS / f"LiberationSans-{name}.ttf")
        self._pdf.add_page()
        font = self._pdf.fonts[FAMILY.lower()]
        assert isinstance(font, TTFFont)
        self._known = set(font.cmap)
        self.width, self.height = self._pdf.w, self._pdf.h

    def fill(self, x: float, y: float, width: float, height: float, color: str) -> None:
        self._pdf.set_fill_color(f"#{color}")
        self._pdf.rect(x, y, width, height, "F")

    def line(
        self, x: float, y: float, x2: float, y2: float, color: str, width: float = 0.5
    ) -> None:
        self._pdf.set_draw_color(f"#{color}")
        self._pdf.set_line_width(width)
        self._pdf.line(x, y, x2, y2)

    @contextmanager
    def dashed(self) -> Iterator[None]:
        self._pdf.set_dash_pattern(3, 2)
        yield
        self._pdf.set_dash_pattern()

    def dot(self, x: float, y: float, radius: float, color: str) -> None:
        self._pdf.set_fill_color(f"#{color}")
        self._pdf.ellipse(x - radius, y - radius, 2 * radius, 2 * radius, "F")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        color: str,
        *,
        bold: bool = False,
        side: Side = "left",
        room: float | None = None,
    ) -> None:
        """Left of, around or right of `x`; smaller, and then cut, where it needs more `room`."""
        written = self._writable(text)
        size, written = self._fitted(written, size, bold, room)
        width = self._measured(written, size, bold)
        self._pdf.set_text_color(f"#{color}")
        self._pdf.text(x - width * {"left": 0, "center": 0.5, "right": 1}[side], y, written)

    def wrapped(self, text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
        """A text in lines that fit."""
        lines = [""]
        for word in self._writable(text).split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self._measured(longer, size, bold) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def content(self) -> bytes:
        with _quiet("fontTools"), _quiet("fpdf"):
            return bytes(self._pdf.output())

    def _writable(self, text: str) -> str:
        """What the font has; what it lacks is an obvious gap, and no guess."""
        composed = unicodedata.normalize("NFC", text).translate(STAND_INS)
        return "".join(sign if ord(sign) in self._known else UNKNOWN for sign in composed)

    def _fitted(self, text: str, size: float, bold: bool, room: float | None) -> tuple[float, str]:
        needed = self._measured(text, size, bold)
        if room is None or needed <= room:
            return size, text
        size *= max(SMALLEST, room / needed)
        cut = text
        while len(cut) > 1 and self._measured(text, size, bold) > room:
            cut = cut[:-1]
            text = f"{cut.rstrip()}…"
        return size, text

    def _measured(self, text: str, size: float, bold: bool) -> float:
        self._pdf.set_font(FAMILY, "B" if bold else "", size)
        return float(self._pdf.get_string_width(text))


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Without a library's reports on its own work."""
    log = logging.getLogger(name)
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)
