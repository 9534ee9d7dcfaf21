"""What only Google can tell, asked of Google itself, on an empty spreadsheet.

room       where a probe may work at all
course     what is typed, published, sorted, pasted and converted, and what came of it
hand       the calls that this takes
recording  every request and answer on the way
sentences  which way each doubt fell, and what follows from it
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from automation.core.edges import Check, EdgeError
from automation.core.tabs.staff import Rows
from automation.workbooks.google.probe.course import DAY, SUBJECT, Course
from automation.workbooks.google.probe.sentences import told
from automation.workbooks.google.settings import GoogleSettings
from automation.workbooks.google.wire.faults import Patience
from automation.workbooks.google.wire.sentences import FAULTS, sentence

__all__ = ["DAY", "FORMAT", "Probe"]

FORMAT = "automation probe 1"  # by which its file is known again


@dataclass
class Probe:
    """One probe: what it found out is there as far as it came."""

    settings: GoogleSettings
    rows: Mapping[str, Rows]  # of staff's tabs, by title
    report: Callable[[str], None]  # is told what is being done, in Indonesian
    sleep: Callable[[float], None] = time.sleep
    ways: dict[str, str] = field(default_factory=dict)
    calls: Sequence[Mapping[str, Any]] = ()

    def run(self) -> list[Check]:
        """One sentence for each doubt, and one for each thing tried. Raises EdgeError."""
        settings = self.settings
        patience = Patience(settings.tries, settings.patience_seconds, self.sleep)
        course = Course(settings, self.rows, patience, self.report)
        try:
            checks = course.run()
        except FAULTS as error:
            raise EdgeError(sentence(error, settings, course.connection.identity)) from error
        finally:
            self.ways, self.calls = course.ways, course.connection.record.scrubbed()
        doubts = [Check(SUBJECT, True, each) for _, each in told(course.ways)]
        return [*doubts, *checks]

    def content(self) -> dict[str, Any]:
        """What goes into its file."""
        return {"format": FORMAT, "ways": self.ways, "calls": self.calls}
