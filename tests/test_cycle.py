"""A whole run on either kind of workbook: what it sends, publishes, and survives."""

import gc
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from automation.core.edges import EdgeError, Published
from tests.cycle_offices import PROGRAM_TABS, CycleOffice, DeskOffice, cycle_office
from tests.offices import NOW, STAFF, at, case, grids


@pytest.fixture(params=["excel", "google"])
def office(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CycleOffice]:
    with cycle_office(request.param, tmp_path, monkeypatch) as office:
        yield office


def test_a_run_publishes_five_tabs_and_writes_one_mail_a_person(office: CycleOffice) -> None:
    office.write([case(), case("0002/ADU/XI/2026", Diterima=at("23/11 09.50"))])
    outcome = office.run()
    assert outcome.complete
    assert all(office.tab(title) for title in PROGRAM_TABS)
    assert len(office.mails) == 2  # the holder, and the superior of a step far overdue
    assert [row[6] for row in office.tab("Pengingat")[1:]] == ["Terkirim", "Terkirim"]


def test_no_run_looks_for_circles_and_each_leaves_that_as_it_found_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with cycle_office("excel", tmp_path, monkeypatch) as office:
        office.write([case()])
        monkeypatch.setattr("automation.cycle.program_sheets", lambda *_: [gc.isenabled()])
        monkeypatch.setattr(
            "automation.workbooks.excel.workbook.ExcelWorkbook.publish",
            lambda self, sheets, now: Published(complete=not sheets[0]),
        )
        assert office.run().complete
        assert gc.isenabled()
        (tmp_path / "register.xlsx").unlink()
        with pytest.raises(EdgeError):
            office.run()
        assert gc.isenabled()


def test_a_second_run_sends_nothing_new_also_after_a_restart(office: CycleOffice) -> None:
    office.write([case()])
    office.run()
    before = office.mails
    office.run(NOW + timedelta(minutes=5))
    assert office.mails == before


def test_a_lost_memory_is_rebuilt_from_pengingat(office: CycleOffice) -> None:
    office.write([case()])
    office.run()
    before = office.mails
    shutil.rmtree(office.folder / "state")
    office.run(NOW + timedelta(minutes=5))
    assert office.mails == before


def test_a_register_that_was_misread_mails_nobody_and_shows_no_figures(
    office: CycleOffice,
) -> None:
    tabs = dict(grids([case()]))
    tabs["Register"] = [["Nomor", *tabs["Register"][0][1:]], *tabs["Register"][1:]]
    office.write_grids(tabs)
    outcome = office.run()
    assert outcome.plan.measures is None
    assert office.mails == []
    assert any("No. Register" in str(row) for row in office.tab("Temuan"))


def test_two_programs_never_work_on_one_office_at_once(office: CycleOffice) -> None:
    office.write([case()])
    with office.installation().alone(), pytest.raises(EdgeError, match="Program lain"):
        office.run()


def test_text_from_cells_stays_text_in_the_summary(office: CycleOffice) -> None:
    keeper = dict(STAFF[0]) | {"Nama": "=1+1"}
    office.write([case()], [keeper, *STAFF[1:]])
    office.run()
    assert "=1+1" in [row[4] for row in office.tab("Pemantauan")]


def test_a_step_that_was_stamped_while_its_mail_waited_is_not_mailed(
    office: CycleOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mail folder cannot be written at first; by the next run the case is withdrawn."""
    office.write([case(Diterima=at("23/11 09.55"))])
    (office.folder / "outbox").write_text("in the way")
    assert not office.run().complete
    (office.folder / "outbox").unlink()
    office.write([case(Diterima=at("23/11 09.55"), Keputusan="Dicabut")])
    office.run(NOW + timedelta(minutes=30))
    sent = [(office.folder / "outbox" / name).read_text() for name in office.mails]
    assert len(sent) == 1, "the morning's figures, to the head"
    assert "0001/ADU" not in sent[0]


def test_special_hours_a_pause_and_leave_that_staff_enter_count_from_the_next_run(
    office: CycleOffice,
) -> None:
    """The office opens an hour late today, and the case waited for its applicant."""
    received = case(Diterima=at("20/11 11.00"), step_1=at("20/11 11.05"))
    office.write([received])
    office.run()
    before = office.tab("Pemantauan")[1]
    opening = {"Mulai": datetime(2026, 11, 23), "Keterangan": "Apel", "Jam Masuk": 9 / 24}
    pause = {"No. Register": "0001/ADU/XI/2026", "Mulai": at("20/11 11.05"),
             "Selesai": at("23/11 09.55"), "Alasan": "Menunggu pemohon"}  # fmt: skip
    office.write([received], closures=[opening | {"Jam Pulang": 15.5 / 24}], pauses=[pause])
    office.run(NOW + timedelta(minutes=1))
    after = office.tab("Pemantauan")[1]
    assert before != after
    assert "Terlambat" in before
    assert "Terlambat" not in after


def test_a_case_that_is_stamped_is_spoken_of_to_the_next_holder(office: CycleOffice) -> None:
    office.write([case(Diterima=at("23/11 09.55"))])
    office.run()
    office.write([case(Diterima=at("23/11 09.55"), step_1=at("23/11 10.02"))])
    office.run(NOW + timedelta(minutes=5))
    assert office.tab("Pemantauan")[1][0] == "0001/ADU/XI/2026"
    assert any("2. Register" in str(cell) for cell in office.tab("Pemantauan")[1])


def test_a_case_that_is_gone_is_gone_from_the_tabs(office: CycleOffice) -> None:
    office.write([case(), case("0002/ADU/XI/2026")])
    office.run()
    office.write([case("0002/ADU/XI/2026")])
    office.run(NOW + timedelta(minutes=5))
    assert [row[0] for row in office.tab("Pemantauan")[1:]] == ["0002/ADU/XI/2026"]
    assert not any("0001/" in str(row) for row in office.tab("Temuan"))


def test_whatever_stands_in_a_cell_the_run_goes_on(office: CycleOffice) -> None:
    """Numbers, truth values, huge and odd texts, in every column."""
    odd = [True, 1e300, -1, "\u0000\u202e\ud7ff", "=1/0", "x" * 40000, "31/02/2026 25.61", "'"]
    rows = [list(case(f"{place:04d}/ADU/XI/2026").values()) for place in range(len(odd))]
    headers, *_ = grids()["Register"]
    cells = [[row[0], *[value] * (len(headers) - 1)] for row, value in zip(rows, odd, strict=True)]
    office.write_grids(dict(grids()) | {"Register": [headers, *cells]})
    outcome = office.run()
    assert outcome.published.complete, outcome.published.note
    assert len(office.tab("Pemantauan")) == len(odd) + 1


def test_a_summary_that_is_open_keeps_the_new_one_beside_it_and_mails_nonetheless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = DeskOffice(tmp_path)
    office.write([case()])
    office.run(NOW - timedelta(days=3))  # so that there is a summary that somebody can have open
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


def test_a_missing_workbook_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EdgeError, match="setup"):
        DeskOffice(tmp_path).run()
