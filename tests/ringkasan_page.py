"""`Ringkasan` as a reader sees it: its parts by their titles, line by line."""

from collections.abc import Sequence
from dataclasses import replace

from automation.core.drawing import Sheet
from automation.core.plan import Plan
from automation.core.register.chosen_month import CAPTION
from automation.core.tabs import program_sheets
from automation.core.words.titles import RINGKASAN
from tests.offices import standard_schema
from tests.runs import cells

PAGE = 12  # columns; what stands beyond is hidden


def page_of(plan: Plan) -> Sheet:
    sheets = program_sheets(plan, standard_schema(), (), lambda tab, cell: f"#{tab}!{cell}", "WIB")
    return next(sheet for sheet in sheets if sheet.title == RINGKASAN)


class ReadPage:
    def __init__(self, plan: Plan) -> None:
        self.sheet = page_of(plan)
        self.grid = [row[:PAGE] for row in cells(self.sheet)]

    def row(self, start: str) -> int:
        """The row whose first cell begins with this."""
        return next(
            place
            for place, row in enumerate(self.grid)
            if isinstance(row[0], str) and row[0].startswith(start)
        )

    def attention(self) -> list[list[object]]:
        """The lines under the title, without the headers."""
        first = self.row("Perlu perhatian") + 2
        return [filled(row) for row in self.grid[first : first + 10] if row[0]]

    def figures(self) -> dict[str, list[object]]:
        """For each box its figure, its change and its detail."""
        first = self.row(CAPTION) + 1
        captions, *lines = self.grid[first : first + 4]
        return {
            str(captions[column]): [line[column] for line in lines] for column in range(0, PAGE, 2)
        }

    def sums(self) -> list[object]:
        first = self.row(CAPTION) + 5
        return [row[0] for row in self.grid[first : first + 2]]

    def compared(self) -> object:
        return self.grid[self.row(CAPTION)][5]

    def steps(self) -> list[list[object]]:
        """Name, standard, median, ninety, bar, share, change, waiting, late."""
        first = self.row("Langkah (") + 2
        columns = 0, 3, 4, 5, 6, 8, 9, 10, 11
        return [[row[column] for column in columns] for row in self.grid[first : first + 8]]

    def people(self) -> list[list[object]]:
        """Name, waiting, late, oldest."""
        first = self.row("Siapa") + 2
        rows = [row for row in self.grid[first : first + 8] if row[0]]
        return [[row[column] for column in (0, 3, 4, 5)] for row in rows]

    def trust(self) -> list[object]:
        first = self.row("Siapa") + 1
        return [row[7] for row in self.grid[first : first + 6] if row[7]]


def filled(row: Sequence[object]) -> list[object]:
    return [cell for cell in row if cell is not None]


def chosen(plan: Plan, month: str) -> ReadPage:
    """The page as it is after the reader chose a month and the program ran again that day."""
    return ReadPage(replace(plan, chosen_month=month))
