"""The old and the new register of one kind: what a close asks of both."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from automation.core.drawing import Sheet
from automation.core.register.headers import Grids
from automation.installation import Installation
from automation.rollover.excel_books import ExcelBooks


class Books(Protocol):
    """Names are those that the settings use. Raises EdgeError."""

    vacant: str  # what --to may name, in Indonesian

    def successor(self) -> str:
        """The new register's name, where the old one says that it was closed; "" where not."""

    def named(self, asked: str | None, year: int) -> str:
        """The new register's name for the close of a year."""

    def is_same(self, one: str, other: str) -> bool: ...

    def is_current(self, name: str) -> bool:
        """Whether the settings name it."""

    def there(self, name: str) -> Grids | None:
        """The new register's cells; None where it is not filled, or nobody has saved it since."""

    def told(self, grids: Grids) -> Grids:
        """Of the old one's cells those of staff, as they travel."""

    def prepare(self, name: str, sheets: Sequence[Sheet]) -> None:
        """Makes room for `sheets` in the new one, before the old one is closed."""

    def close(self, year: int, name: str) -> str:
        """Closes the old one; a sentence where somebody has to do it by hand."""

    def whole(self) -> Mapping[str, bytes]:
        """All of the old one, as files."""

    def fill(self, name: str, sheets: Sequence[Sheet]) -> None: ...

    def remember(self, name: str, grids: Grids) -> None:
        """Takes along what the program's tabs among the old one's `grids` remember."""


def books_of(installation: Installation) -> Books:
    if installation.settings.workbook.kind == "excel":
        return ExcelBooks(installation)
    from automation.rollover.google_books import GoogleBooks

    return GoogleBooks(installation)
