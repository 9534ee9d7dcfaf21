"""The month that a reader chose on `Ringkasan`: kept for the day, then the present one again."""

from collections.abc import Sequence

CAPTION = "Bulan yang ditampilkan:"
PRESENT = "Bulan ini"
LOOKED_AT = 60  # rows


def read_chosen_month(grid: Sequence[Sequence[object]] | None) -> str:
    """What stands beside the caption, whatever it is; the present month where nothing does."""
    for row in (grid or ())[:LOOKED_AT]:
        if CAPTION in row:
            beside = row[row.index(CAPTION) + 1 :]
            return next((cell for cell in beside if isinstance(cell, str) and cell), PRESENT)
    return PRESENT
