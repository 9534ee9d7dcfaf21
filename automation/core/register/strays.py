"""What staff typed where the program shows columns of its own in their tabs."""

from dataclasses import dataclass
from typing import Literal

# "filled"    cells below a header, so that the whole column shows nothing
# "headless"  the header is gone, or something else was typed over it
# "taken"     both: somebody uses the column as their own
# "tabled"    the tab was converted to a table, whose headers hold no formulas
# "unmarked"  filled cells in a column that the program cannot find again by itself
Kind = Literal["filled", "headless", "taken", "tabled", "unmarked"]


@dataclass(frozen=True)
class Stray:
    """Neighbouring cells of such columns. The next publication clears "filled" and "headless".

    What was typed is not told: it may be anything.
    """

    tab: str  # its title
    header: str  # of the program's column; of neighbouring ones all, "Status, Pemegang"
    kind: Kind
    row: int  # of the first cell, from 1
    cell: str  # the first cell, "R14"
    cells: str  # all of them, "R14" or "R14:U20"
