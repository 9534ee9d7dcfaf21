"""Which spreadsheet, with which credentials, and how patient."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from automation.core.schema import Schema
from automation.workbooks.quota import Quotas

ADDRESS = "https://docs.google.com/spreadsheets/d/{}/edit"
SETTING = "[workbook] spreadsheet pada pengaturan"


@dataclass(frozen=True)
class Answers:
    """What a probe found out about Google; "" for what is not known."""

    locale: Literal["", "id_ID", "in_ID"] = ""  # that Google takes for Indonesia
    # What becomes there of `23/11/2026 08.15` and `08.15`, and of the same with a colon.
    dotted_times: Literal["", "dates", "text"] = ""
    coloned_times: Literal["", "dates", "text"] = ""


@dataclass(frozen=True)
class GoogleSettings:
    """A spreadsheet that holds the staff's tabs of `schema` and the program's own."""

    spreadsheet: str  # the id in its address
    schema: Schema
    key_file: Path | None = None  # credentials of any kind; None: the machine's own identity
    timeout_seconds: float = 30.0  # the longest wait for the answer to a read
    write_timeout_seconds: float = 150.0  # to a write: on a large change Google works for minutes
    tries: int = 6  # of one call, the first included
    patience_seconds: float = 150.0  # for all tries of one call together
    timezone: str = "Asia/Jakarta"
    locale: str = "id_ID"
    answers: Answers = Answers()
    named_by: str = SETTING  # where the spreadsheet's id was written
    quotas: Quotas | None = None  # shared with other offices; None: calls wait for no turn

    @property
    def staff_titles(self) -> tuple[str, ...]:
        """The Register first."""
        return tuple(tab.title for tab in self.schema.tabs.all())

    @property
    def number_header(self) -> str:
        """The header of the case number, in the Register and in the program's tabs."""
        return self.schema.tabs.cases.column("number").header
