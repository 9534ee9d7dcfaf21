"""The smallest workbook that keeps the promise of `core.edges.Workbook`."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from automation.core.drawing import Sheet
from automation.core.edges import Check, Published
from automation.core.register.clock import Signs
from automation.core.register.headers import Grid
from automation.core.register.strays import Stray


class InMemory:
    """A kind of workbook that nobody knows: grids in, sheets out."""

    def __init__(self, tabs: Mapping[str, Grid]) -> None:
        self.tabs: dict[str, Grid] = dict(tabs)
        self.published: Sequence[Sheet] = ()

    def read(self) -> Mapping[str, Grid | None]:
        return self.tabs

    def time_signs(self) -> Signs:
        return Signs()

    def successor(self) -> None:
        return None

    def strays(self) -> Sequence[Stray]:
        return ()

    def publish(self, sheets: Sequence[Sheet], now: datetime) -> Published:
        self.published = sheets
        return Published(complete=True)

    def setup(self, sheets: Sequence[Sheet]) -> list[str]:
        return []

    def checks(self) -> Sequence[Check]:
        return ()

    def cell_link(self, tab: str, cell: str) -> str | None:
        return None

    def case_link(self, row: int) -> str | None:
        return None

    def place(self) -> str:
        return "di ingatan"
