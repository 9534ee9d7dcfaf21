"""A whole run on workbooks: what it sends, publishes, and survives."""

import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from automation.core.edges import EdgeError
from automation.core.staff_tabs import staff_sheets
from automation.cycle import Outcome, run
from automation.installation import Installation
from automation.settings import Settings
from automation.workbooks.excel_writer import write_workbook
from tests.offices import NOW, STAFF, Row, at, case, grids, standard_schema


class DeskOffice:
    """An office in a folder of its own, as a restarted program finds it each time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, cases: Sequence[Row], staff: Sequence[Row] = STAFF) -> None:
        rows: dict[str, Any] = {title: grid[1:] for title, grid in grids(cases, staff).items()}
        write_workbook(self.folder / "register.xlsx", staff_sheets(standard_schema(), rows), NOW)

    def run(self, now: datetime = NOW) -> Outcome:
        installation = Installation(Settings().in_folder(self.folder), standard_schema(), now)
        with installation.alone():
            return run(installation.office, now)

    @property
    def mails(self) -> list[str]:
        return sorted(file.name for file in (self.folder / "outbox").glob("*.eml"))

    def tab(self, title: str, file: str = "ringkasan.xlsx") -> list[list[Any]]:
        book = CalamineWorkbook.from_path(str(self.folder / file))
        return book.get_sheet_by_name(title).to_python()


@pytest.fixture
def office(tmp_path: Path) -> DeskOffice:
    return DeskOffice(tmp_path)


def test_a_run_publishes_five_tabs_and_writes_one_mail_a_person(office: DeskOffice) -> None:
    office.write([case(), case("0002/ADU/XI/2026", Diterima=at("23/11 09.50"))])
    outcome = office.run()
    assert outcome.complete
    book = CalamineWorkbook.from_path(str(office.folder / "ringkasan.xlsx"))
    assert book.sheet_names == ["Ringkasan", "Pemantauan", "Temuan", "Pengingat", "SOP"]
    assert len(office.mails) == 2  # the holder, and the superior of a step far overdue
    assert [row[6] for row in office.tab("Pengingat")[1:]] == ["Terkirim", "Terkirim"]


def test_a_second_run_sends_nothing_new_also_after_a_restart(office: DeskOffice) -> None:
    office.write([case()])
    office.run()
    before = office.mails
    office.run(NOW + timedelta(minutes=5))
    assert office.mails == before


def test_a_lost_memory_is_rebuilt_from_pengingat(office: DeskOffice) -> None:
    office.write([case()])
    office.run()
    before = office.mails
    shutil.rmtree(office.folder / "state")
    office.run(NOW + timedelta(minutes=5))
    assert office.mails == before


def test_a_summary_that_is_open_keeps_the_new_one_beside_it_and_mails_nonetheless(
    office: DeskOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.write([case()])
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if Path(target).name == "ringkasan.xlsx":
            raise PermissionError
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    outcome = office.run()
    assert not outcome.complete
    assert "ringkasan (baru).xlsx" in outcome.published.note
    assert office.tab("Pemantauan", "ringkasan (baru).xlsx")[1][0] == "0001/ADU/XI/2026"
    assert office.mails


def test_a_register_that_was_misread_mails_nobody_and_shows_no_figures(office: DeskOffice) -> None:
    tabs = dict(grids([case()]))
    tabs["Register"] = [["Nomor", *tabs["Register"][0][1:]], *tabs["Register"][1:]]
    sheets = staff_sheets(standard_schema(), {title: grid[1:] for title, grid in tabs.items()})
    renamed = sheets[0].tables[0].columns[0]
    object.__setattr__(renamed, "header", "Nomor")
    write_workbook(office.folder / "register.xlsx", sheets, NOW)
    outcome = office.run()
    assert outcome.plan.figures is None
    assert office.mails == []
    assert any("No. Register" in str(row) for row in office.tab("Temuan"))


def test_a_missing_register_is_one_sentence(office: DeskOffice) -> None:
    with pytest.raises(EdgeError, match="setup"):
        office.run()


def test_two_programs_never_work_on_one_office_at_once(office: DeskOffice) -> None:
    office.write([case()])
    settings = Settings().in_folder(office.folder)
    with (
        Installation(settings, standard_schema(), NOW).alone(),
        pytest.raises(EdgeError, match="Program lain"),
    ):
        office.run()


def test_text_from_cells_stays_text_in_the_summary(office: DeskOffice) -> None:
    office.write([case("=1+1"), case("0002/ADU/XI/2026", **{"Disposisi Kepada": "=HYPERLINK(1)"})])
    office.run()
    assert "=1+1" in [row[0] for row in office.tab("Pemantauan")]


def test_a_step_that_was_stamped_while_its_mail_waited_is_not_mailed(
    office: DeskOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mail folder cannot be written at first; by the next run the case is withdrawn."""
    office.write([case(Diterima=at("23/11 09.55"))])
    (office.folder / "outbox").write_text("in the way")
    assert not office.run().complete
    (office.folder / "outbox").unlink()
    office.write([case(Diterima=at("23/11 09.55"), Keputusan="Dicabut")])
    office.run(NOW + timedelta(minutes=30))
    assert office.mails == []
