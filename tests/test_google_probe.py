"""`doctor --probe`: which way each doubt falls, found out on an empty spreadsheet."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pytest

from automation.answers import remember, remembered
from automation.core.edges import Check, EdgeError
from automation.core.office_time.office_hours import office_hours
from automation.core.register.reading import read_register
from automation.demo import sample_rows
from automation.workbooks.google import GoogleSettings
from automation.workbooks.google.probe import DAY, Probe
from automation.workbooks.google.probe.sentences import DOUBTS
from automation.workbooks.google.settings import Answers
from tests.commands import Done, program
from tests.google_office import (
    SERVICE_ACCOUNT,
    GoogleOffice,
    register_rows,
    service_account_key,
)
from tests.offices import standard_schema
from tests.sheets_emulator import Doubts, Emulator
from tests.sheets_emulator.__main__ import played
from tests.sheets_emulator.doubts import ways
from tests.sheets_emulator.play import differences

UNSETTLED = {"protected_filters"}  # it takes somebody else's account
SETTLED = [each.name for each in fields(Doubts) if each.name not in UNSETTLED]
OTHER_WAYS = {name: ways(name)[1] for name in SETTLED}
HALVES = [{name: OTHER_WAYS[name] for name in SETTLED[first::2]} for first in range(2)]


def rows() -> Mapping[str, Any]:
    schema = standard_schema()
    nothing = read_register({}, schema).closures.frame
    hours = office_hours(schema.working_hours, nothing, DAY.year - 3, DAY.year)
    return sample_rows(schema, cases=8, seed=1, now=DAY, calendar=hours.calendar)


@pytest.fixture
def emulator(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """In which the doubts fall as the test says."""
    with Emulator(doubts=Doubts(**getattr(request, "param", {}))) as emulator:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        yield emulator


def probe(spreadsheet: str, **settings: Any) -> tuple[Probe, list[Check]]:
    chosen = GoogleSettings(spreadsheet, standard_schema(), **settings)
    trial = Probe(chosen, rows(), lambda step: None, lambda seconds: None)
    return trial, trial.run()


@pytest.fixture(scope="module")
def probed() -> str:
    """The file of one probe, as text."""
    with Emulator() as emulator, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHEETS_EMULATOR_HOST", emulator.url)
        trial, _ = probe(emulator.new_spreadsheet().id)
        return json.dumps(trial.content())


def expected(doubts: Doubts) -> dict[str, str]:
    found = {name: way for name, way in asdict(doubts).items() if name in SETTLED}
    return {**found, "coloned_times": "dates"}


@pytest.mark.parametrize("emulator", [{}, *HALVES, OTHER_WAYS], ids=len, indirect=True)
def test_each_doubt_is_settled_as_it_is_and_the_program_works_either_way(
    emulator: Emulator,
) -> None:
    trial, checks = probe(emulator.new_spreadsheet().id)
    assert trial.ways == expected(emulator.doubts)
    assert [check.sentence for check in checks if not check.healthy] == []
    assert len(checks) == len(SETTLED) + len(UNSETTLED) + 1 + 4
    assert all(check.sentence.endswith(".") for check in checks)


def test_every_way_has_its_sentence() -> None:
    sentences = tomllib.loads(DOUBTS.read_text("utf-8"))
    assert sentences.keys() == {*asdict(Doubts()), "coloned_times"}
    for each in fields(Doubts):
        settled = () if each.name in UNSETTLED else ways(each.name)
        assert {*settled, "unsettled"} <= sentences[each.name].keys()


def test_a_probe_can_be_repeated_on_its_own_spreadsheet(emulator: Emulator, tmp_path: Path) -> None:
    spreadsheet = emulator.new_spreadsheet().id
    first, _ = probe(spreadsheet)
    again, checks = probe(spreadsheet)
    assert again.ways == first.ways
    assert all(check.healthy for check in checks)
    file = tmp_path / "probe.json"
    file.write_text(json.dumps(again.content()), "utf-8")
    assert differences(file) == []


def refused(emulator: Emulator, office: GoogleOffice) -> Probe:
    """A probe on a spreadsheet that it must not touch, and does not."""
    before = office.snapshot()
    chosen = GoogleSettings(office.id, standard_schema())
    trial = Probe(chosen, rows(), lambda step: None, lambda seconds: None)
    with pytest.raises(EdgeError, match="tidak kosong, jadi tidak disentuh"):
        trial.run()
    assert office.snapshot() == before
    return trial


def test_a_real_register_is_never_touched_and_nothing_of_it_written_down(
    emulator: Emulator,
) -> None:
    office = GoogleOffice(emulator)
    office.set_up({"Register": register_rows(2)})
    assert refused(emulator, office).calls == []


def test_somebody_s_other_spreadsheet_is_not_touched(emulator: Emulator) -> None:
    office = GoogleOffice(emulator)
    office.type("A1", [["catatan"]])
    refused(emulator, office)


@pytest.mark.parametrize("work", ["case", "tab"])
def test_a_register_that_grew_out_of_a_probe_is_not_touched(emulator: Emulator, work: str) -> None:
    """Somebody took the spreadsheet of a probe for the real one, and began to work in it."""
    office = GoogleOffice(emulator)
    probe(office.id)
    if work == "case":
        office.type("Register!A15", [["0777/ADU/XII/2026"]])
    else:
        office.staff({"addSheet": {"properties": {"title": "Catatan rapat"}}})
    refused(emulator, office)


def test_the_file_has_neither_the_spreadsheet_nor_addresses_nor_tokens(
    emulator: Emulator, tmp_path: Path
) -> None:
    spreadsheet = emulator.new_spreadsheet().id
    key = service_account_key(tmp_path, f"{emulator.url}/token")
    emulator.access.require_token = True
    trial, _ = probe(spreadsheet, key_file=key)
    text = json.dumps(trial.content(), ensure_ascii=False)
    assert len(trial.calls) > 40
    assert spreadsheet not in text
    assert SERVICE_ACCOUNT not in text
    assert {*re.findall(r"[\w.+-]+@[\w.-]+", text)} == {"alamat@example.id"}
    assert not any(token in text for token in emulator.access.tokens)
    assert "Authorization" not in text
    assert {call["step"] for call in trial.calls} > {"Menyiapkan tab", "Menempel baris"}
    assert all(call["answer"] for call in trial.calls)


def test_an_answer_that_the_emulator_gives_otherwise_is_listed(probed: str, tmp_path: Path) -> None:
    content = json.loads(probed)
    calls = content["calls"]
    place = next(at for at, call in enumerate(calls) if call["path"].endswith("values:batchGet"))
    calls[place]["answer"]["valueRanges"][0]["range"] = "Register!A1:B2"
    answered = [call for call in calls if call["path"].endswith(":batchUpdate") and call["answer"]]
    next(call for call in answered if call["status"] == 200).update(
        {"status": 400, "answer": {"message": "No.", "reason": "INVALID"}}
    )
    file = tmp_path / "probe.json"
    file.write_text(json.dumps(content), "utf-8")
    told = differences(file)
    assert len(told) == 2
    assert any("status 400, here 200" in line for line in told)
    assert any('range is "Register!A1:B2", here ' in line for line in told)


def test_a_file_is_played_from_the_command_line(probed: str, tmp_path: Path) -> None:
    file = tmp_path / "probe.json"
    file.write_text(probed, "utf-8")
    assert played(file) is None
    file.write_text("{}", "utf-8")
    assert played(file) == f"{file} is no file of a probe."


def doctor(emulator: Emulator, folder: Path, spreadsheet: str, *more: str) -> "Done[str]":
    (folder / "settings.toml").write_text(
        '[workbook]\nkind = "google"\nspreadsheet = "buku-register"\n', "utf-8"
    )
    return program(folder, "--config", "settings.toml", "doctor", "--probe", spreadsheet, *more)


@pytest.mark.parametrize(
    "emulator", [{"dotted_times": "text", "indonesian": "in_ID"}], ids=str, indirect=True
)
def test_the_command_tells_leaves_a_file_and_later_setups_follow_what_was_found(
    emulator: Emulator, tmp_path: Path
) -> None:
    spreadsheet = emulator.new_spreadsheet().id
    address = f"https://docs.google.com/spreadsheets/d/{spreadsheet}/edit#gid=0"
    done = doctor(emulator, tmp_path, address)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Lokal Indonesia bernama in_ID" in done.stdout
    assert "`23/11/2026 08.15` atau `08.15` tetap teks" in done.stdout
    assert differences(tmp_path / "probe.json") == []
    found = remembered(tmp_path / "state")
    assert asdict(found) == {
        "locale": "in_ID",
        "dotted_times": "text",
        "coloned_times": "dates",
    }

    office = GoogleOffice(emulator)
    office.book = office.workbook(answers=found)
    with office.counted() as made:
        office.set_up()
    hints = [
        office.tab("Register").cell(3, place)["dataValidation"]["inputMessage"] for place in (1, 8)
    ]
    assert all("contoh 23/11/2026 08:15." in hint for hint in hints)
    assert "contoh 08:15" in office.tab("Libur").cell(3, 3)["dataValidation"]["inputMessage"]
    assert made["batchUpdate"] == 1, "the locale is named rightly at once"


def test_where_google_reads_what_staff_type_its_own_check_with_a_calendar_is_used(
    emulator: Emulator,
) -> None:
    office = GoogleOffice(emulator)
    office.book = office.workbook(answers=Answers(dotted_times="dates"))
    office.set_up()
    rule = office.tab("Register").cell(3, 1)["dataValidation"]
    assert rule["condition"]["type"] == "DATE_IS_VALID"
    assert "contoh 23/11/2026 08.15." in rule["inputMessage"]


def test_what_was_found_for_another_locale_is_not_applied(emulator: Emulator) -> None:
    """A register that staff filled before the program came, in English, stays so."""
    office = GoogleOffice(emulator, locale="en_US")
    office.type("A1:B2", [["No. Register", "Diterima"], ["0001/ADU/XI/2026", "11/23/2026"]])
    sheet = {"sheetId": 0, "title": "Register"}
    office.staff({"updateSheetProperties": {"properties": sheet, "fields": "title"}})
    office.book = office.workbook(answers=Answers(dotted_times="dates"))
    office.set_up()
    condition = office.tab("Register").cell(3, 1)["dataValidation"]["condition"]
    assert condition["type"] == "CUSTOM_FORMULA"


def test_a_file_of_somebody_else_s_is_not_written_over(emulator: Emulator, tmp_path: Path) -> None:
    (tmp_path / "probe.json").write_text('{"milik": "orang lain"}', "utf-8")
    done = doctor(emulator, tmp_path, emulator.new_spreadsheet().id)
    assert done.returncode == 2
    assert "probe.json sudah ada dan bukan hasil percobaan" in done.stderr
    assert (tmp_path / "probe.json").read_text("utf-8") == '{"milik": "orang lain"}'


@pytest.mark.parametrize(
    ("spreadsheet", "told"),
    [
        ("buku-register", "itu Buku Register kantor ini"),
        ("https://contoh.go.id/buku register", "bukan alamat spreadsheet"),
        ("tidak-ada", "tidak-ada tidak ada"),
    ],
)
def test_a_wrong_spreadsheet_is_one_sentence(
    emulator: Emulator, tmp_path: Path, spreadsheet: str, told: str
) -> None:
    done = doctor(emulator, tmp_path, spreadsheet)
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "probe.json").exists()


def test_a_probe_that_was_broken_off_leaves_what_it_knew(
    emulator: Emulator, tmp_path: Path
) -> None:
    emulator.script([{"kind": "spreadsheets.batchUpdate", "nth": 6, "times": 99, "status": 403}])
    done = doctor(emulator, tmp_path, emulator.new_spreadsheet().id)
    assert done.returncode == 2
    content = json.loads((tmp_path / "probe.json").read_text("utf-8"))
    assert content["ways"]["indonesian"] == emulator.doubts.indonesian
    assert content["calls"][-1]["status"] == 403


@pytest.mark.parametrize("kept", ["", "[]", '{"locale": "xx"}', '{"locale": 3}', "\x00"])
def test_answers_that_cannot_be_read_are_not_known(tmp_path: Path, kept: str) -> None:
    (tmp_path / "google.json").write_text(kept, "utf-8")
    assert remembered(tmp_path) == Answers()


def test_a_later_probe_keeps_what_it_could_not_settle(tmp_path: Path) -> None:
    remember(tmp_path, {"indonesian": "in_ID", "dotted_times": "text", "far_indirect": "error"})
    remember(tmp_path, {"dotted_times": "dates"})
    assert remembered(tmp_path) == Answers(locale="in_ID", dotted_times="dates")
