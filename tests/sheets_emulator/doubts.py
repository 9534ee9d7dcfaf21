"""Which way Google falls where only Google can tell: switches with names.

    Emulator(doubts=Doubts(indonesian="id_ID"))           # in a test; may be set later, too
    python -m tests.sheets_emulator --doubt indonesian=id_ID

The first way of each is the default. What is known of it stands beside it; where nothing does,
nobody outside Google's offices could find out.
"""

from dataclasses import dataclass, fields
from typing import Any, Literal, get_args, get_type_hints


@dataclass
class Doubts:
    """The switches; those of tables only matter on tabs that somebody converted."""

    # The locale that Google takes for Indonesia; the other one is refused as unsupported. Public
    # programs set either; of two that say how it went, one set in_ID and read it back, the other
    # was told `Unsupported locale: id_ID` by spreadsheets.create.
    indonesian: Literal["in_ID", "id_ID"] = "in_ID"
    # `08.15` and `23/11/2026 08.15`, typed in an Indonesian spreadsheet.
    dotted_times: Literal["dates", "text"] = "dates"
    # INDIRECT("Tab!A:Z") on a tab of fewer columns: what there is of them, or #REF!.
    far_indirect: Literal["clipped", "error"] = "clipped"
    # INDIRECT that came to #REF! because its tab was not there yet: looks again when the tab
    # comes, or only when the formula is written anew.
    early_indirect: Literal["followed", "stale"] = "followed"
    # A link over all of a cell's text: in the cell's format, or in its runs as it was sent.
    whole_links: Literal["format", "runs"] = "format"
    # A copied cell that another cell's array formula fills: pasted as its value, or as nothing.
    pasted_arrays: Literal["values", "nothing"] = "values"
    # A filter that somebody sets on a tab that is protected from him; filter views are taken.
    protected_filters: Literal["refused", "taken"] = "refused"
    # A formula in the header of a table. Measured: it becomes the text `Column 3`.
    table_headers: Literal["replaced", "refused"] = "replaced"
    # A protection that meets a table.
    table_protections: Literal["refused", "taken"] = "refused"
    # A number format for a column of a table that has a type. Apps Script is refused it.
    table_formats: Literal["taken", "refused"] = "taken"

    def __post_init__(self) -> None:
        for each in fields(self):
            if getattr(self, each.name) not in ways(each.name):
                told = " or ".join(ways(each.name))
                raise ValueError(f"{each.name} is {told}, not {getattr(self, each.name)}.")


NAMES = tuple(each.name for each in fields(Doubts))


def ways(name: str) -> tuple[str, ...]:
    """The ways that a doubt may fall, the default first."""
    hints: dict[str, Any] = get_type_hints(Doubts)
    return get_args(hints[name])


def named(settings: list[str]) -> Doubts:
    """Doubts as the command line sets them, `NAME=WAY` each; a ValueError says what is wrong."""
    chosen: dict[str, Any] = dict(each.partition("=")[::2] for each in settings)
    if strange := chosen.keys() - set(NAMES):
        raise ValueError(f"There is no doubt {min(strange)}; there are {', '.join(NAMES)}.")
    return Doubts(**chosen)
