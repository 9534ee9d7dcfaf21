"""A run that finds its state folder empty is as good as any: the workbook's own tabs remember."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random

from automation.core.drawing import Sheet
from automation.core.edges import Published
from automation.cycle import UNREMEMBERED, run
from automation.settings import Settings, load_schema
from benchmarks.year.forgetful import compared
from benchmarks.year.office import Memory, Simulated
from benchmarks.year.world import Book, Desk, staff_edits


def test_an_empty_state_folder_in_each_run_sends_the_same_mails_and_none_twice() -> None:
    """Some days of an office, a run every two hours; what differs is named."""
    runs = list(compared(days=7, cases_per_day=3.0, seed=4, every=120))
    assert [(kept, lost) for kept, lost in runs if kept != lost] == []
    mails = [each for _, lost in runs for each in lost]
    assert len(mails) > 15
    assert len({(each.to, each.text) for each in mails}) == len(mails)


class Unwritable(Memory):
    """A register that can be read, and tabs that nobody may write to."""

    def publish(self, sheets: Sequence[Sheet], now: datetime) -> Published:
        return Published(complete=False, note="Tab tidak dapat ditulisi.")


def test_what_nothing_would_remember_is_not_mailed(tmp_path: Path) -> None:
    """Else each run on an empty disk would send the same mails again."""
    schema = load_schema(Settings())
    book = Book(schema)
    for edit in staff_edits(Desk(schema, 6, Random(4))):
        book.apply(edit)
    simulated = Simulated(schema, book, tmp_path)
    simulated.office = replace(simulated.office, workbook=Unwritable(book))
    done = run(simulated.office, datetime(2026, 1, 5, 9))
    assert (simulated.recorder.mails, done.delivery.sent) == ([], 0)
    assert done.delivery.failed == (UNREMEMBERED,)
    assert done.delivery.waiting > 0


def test_a_kept_memory_mails_whether_or_not_the_tabs_can_be_written(tmp_path: Path) -> None:
    schema = load_schema(Settings())
    book = Book(schema)
    for edit in staff_edits(Desk(schema, 6, Random(4))):
        book.apply(edit)
    simulated = Simulated(schema, book, tmp_path)
    simulated.run(datetime(2026, 1, 4, 9))
    simulated.office = replace(simulated.office, workbook=Unwritable(book))
    done = run(simulated.office, datetime(2026, 1, 5, 9))
    assert done.delivery.sent > 0
