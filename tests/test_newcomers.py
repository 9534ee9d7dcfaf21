"""docs/architecture.md and docs/CONTRIBUTING.md: what they name exists, and what they say holds."""

import ast
import inspect
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from automation.core import validation
from automation.core.drawing import Column, Sheet, Table
from automation.core.edges import Workbook
from automation.core.measures import progress
from automation.core.plan import plan
from automation.core.reminders import candidates, office_candidates
from automation.core.reminders.notices import Told
from automation.core.reminders.stages import STAGES, Stage
from automation.core.schema import parse_schema
from automation.core.tabs import program_sheets
from automation.core.tabs.staff import staff_sheets
from automation.core.validation.findings import Context, Hit
from automation.core.words.indonesian import clock
from automation.core.words.statuses import STATUS_WORDS, STATUSES, Status
from automation.core.words.titles import PEMANTAUAN, PROGRAM_TITLES, RINGKASAN, TEMUAN
from automation.cycle import run
from automation.workbooks.excel.reader import read_tabs
from automation.workbooks.excel.writer import write_workbook
from automation.workbooks.google.program_tabs.page import page
from tests.cycle_offices import DeskOffice
from tests.in_memory import InMemory
from tests.offices import NOW, at, case, documents, grids, seen, standard_schema
from tests.tools.rooms import PICTURE, ROOMS, drawn, uses

ROOT = Path(__file__).parents[1]
PAGES = ("architecture.md", "CONTRIBUTING.md")
NAMED = re.compile(r"`([\w./-]+\.(?:py|toml|md|j2))(?:: ([\w.]+))?`")
LONGEST_LIST = 5


def text(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def file_named(path: str) -> Path | None:
    """Files of the program are named from `automation/` on."""
    return next((top / path for top in (ROOT, ROOT / "automation") if (top / path).is_file()), None)


@cache
def declared(file: Path) -> frozenset[str]:
    """What a file declares: functions, classes, constants, and "Class.member"."""
    content = file.read_text("utf-8")
    if file.suffix == ".toml":
        return frozenset(re.findall(r"^\[?(\w+)", content, re.MULTILINE))
    return frozenset(_names(ast.parse(content).body))


def _names(body: Sequence[ast.stmt], before: str = "") -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield before + node.name
        if isinstance(node, ast.ClassDef):
            yield from _names(node.body, f"{node.name}.")
        for target in getattr(node, "targets", [getattr(node, "target", None)]):
            if isinstance(target, ast.Name):
                yield before + target.id


@pytest.mark.parametrize("name", PAGES)
def test_every_file_and_name_on_the_page_exists(name: str) -> None:
    named = NAMED.findall(" ".join(text(name).split()))
    assert len(named) > 20
    for path, symbol in named:
        file = file_named(path)
        assert file, path
        assert not symbol or symbol in declared(file), f"{path}: {symbol}"


@pytest.mark.parametrize("name", [*PAGES, "../README.md"])
def test_every_link_of_the_page_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", text(name))
    assert links
    missing = [link for link in links if not (ROOT / "docs" / name).parent.joinpath(link).exists()]
    assert [link for link in missing if "://" not in link] == []


def test_the_readme_leads_to_both_pages() -> None:
    assert all(f"](docs/{name})" in text("../README.md") for name in PAGES)


def test_the_picture_of_the_rooms_is_the_one_that_the_code_draws() -> None:
    """`make architecture` draws it."""
    assert PICTURE.read_text("utf-8") == drawn(), "make architecture"


def test_no_room_of_the_picture_uses_one_below_it() -> None:
    rooms = list(ROOMS)
    for place, room in enumerate(rooms):
        assert uses(room) <= set(rooms[:place]), room
    assert uses("core/snapshot") >= {"core/register", "core/people", "core/schema"}


def sections() -> dict[str, str]:
    parts = re.split(r"^## ", text("CONTRIBUTING.md"), flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in parts}


@pytest.mark.parametrize("heading", sections())
def test_a_list_is_short_names_a_place_in_each_line_and_says_what_holds_it(heading: str) -> None:
    steps, _, held = sections()[heading].partition("Held by")
    lines = re.split(r"^\d\. ", steps, flags=re.MULTILINE)[1:]
    assert 1 <= len(lines) <= LONGEST_LIST
    assert all("`" in line for line in lines)
    assert any(path.startswith("tests/") for path, _ in NAMED.findall(" ".join(held.split())))


def test_the_way_of_a_cell_is_as_told() -> None:
    """K2 of the page, through one plan: each value that the page gives comes out."""
    stamps = {"1. Unduh": at("23/11 07.40"), "3. Disposisi": "23/11/2026 08.20"}
    row = case(Diterima=at("23/11 07.30")) | stamps
    found = plan(grids([row]), standard_schema(), at("23/11 08.30"))
    case_, measured = found.understood().progress.cases.iloc[0], found.understood().progress
    (letter,) = (each for each in found.letters(Told()) if each.to.name == "Joko")
    (finding,) = found.findings
    page_ = text("architecture.md")
    tabs = {
        sheet.title: sheet
        for sheet in program_sheets(found, standard_schema(), (), lambda tab, cell: None, "WIB")
    }
    values = {column.header: column.values[0] for column in tabs[PEMANTAUAN].tables[0].columns}
    figures = {c.header: c.values[0] for table in tabs[RINGKASAN].tables for c in table.columns}
    (interval,) = measured.intervals.elapsed[0, 2:3] / 60
    assert grids([row])["Register"][0].index("3. Disposisi") == ord("K") - ord("A")
    assert values["3. Disposisi (mutu baku 15)"] == interval == 40
    assert (measured.intervals.standard[0, 2] / 60, measured.intervals.late[0, 2]) == (30, True)
    assert tabs[TEMUAN].tables[0].columns[4].values == ["J2"] and finding.cell == "J2"
    for said in (
        found.snapshot.register.cases.frame["step_3"].iloc[0].isoformat(),
        f"`{STATUS_WORDS[case_['status']]}`, due {clock(case_['due'])}",
        finding.message,
        letter.notices[0].key.partition("|turn")[0].replace("|", "\\|"),
        f"`{next(fact.word for fact in STAGES if fact.key == letter.notices[0].stage)}`",
        f"median `{figures['step 2 median']}`, `{figures['step 2 share']}`",
        f"{interval:.0f} minutes since 07.40, against the 30 of",
    ):
        assert str(said) in page_, said


def test_a_rule_is_a_function_a_line_and_a_wording(monkeypatch: pytest.MonkeyPatch) -> None:
    def subject_shouted(context: Context) -> Iterator[Hit]:
        """A subject is not written in capitals only."""
        cases = context.register.cases
        for row, subject in zip(cases.frame["row"], cases.frame["subject"], strict=True):
            if subject.isupper():
                yield Hit("Register", row, "Perihal", f"G{row}", values={"length": "4"})

    facts = documents()
    facts["findings"]["subject_shouted"] = {
        "severity": "info",
        "title": "Huruf besar semua",
        "message": "{column} ditulis dengan {length} huruf besar.",
        "suggestion": "Tulis dengan huruf biasa.",
    }
    monkeypatch.setattr(validation, "RULES", {**validation.RULES, subject_shouted: ("length",)})
    assert list(validation.unfit_wordings(facts["findings"])) == []
    schema = parse_schema(facts)
    found = plan(grids([case(Perihal="AKTA"), case("0002/ADU/XI/2026")]), schema, NOW).findings
    told = [each.message for each in found if each.rule == "subject_shouted"]
    assert told == ["Perihal ditulis dengan 4 huruf besar."]


def test_a_column_of_an_office_is_a_line() -> None:
    facts = documents()
    facts["tabs"]["cases"]["columns"].append(
        {"key": "answered_on", "header": "Tanggal Surat", "type": "date", "required": True}
    )
    schema = parse_schema(facts)
    header, row = grids([case()])["Register"]
    tabs = {"Register": [[*header, "Tanggal Surat"], [*row, "31/02/2026"]]}
    found = plan({**grids(), **tabs}, schema, NOW)
    assert found.snapshot.register.cases.frame["answered_on"].isna().tolist() == [True]
    assert [each.rule for each in found.findings if each.column == "Tanggal Surat"] == [
        "unreadable_date"
    ]
    columns = next(s for s in staff_sheets(schema) if s.title == "Register").tables[0].columns
    assert columns[-1].header == "Tanggal Surat"


def test_a_column_of_a_program_tab_is_drawn_by_both_workbooks(tmp_path: Path) -> None:
    drawn_tab = Sheet(PEMANTAUAN, [Table([Column("No.", ["1"]), Column("Baru", ["lihat"])])])
    assert page(drawn_tab, {}).rows[1][:2] == ["1", "lihat"]
    write_workbook(tmp_path / "drawn.xlsx", [drawn_tab], NOW)
    kept = read_tabs(tmp_path / "drawn.xlsx", [PEMANTAUAN])
    assert kept[PEMANTAUAN] == [["No.", "Baru"], ["1", "lihat"]]


def test_a_status_has_a_row_and_a_line() -> None:
    assert sorted(get_args(Status)) == sorted(fact.key for fact in STATUSES)
    lines = inspect.getsource(progress._statuses)
    assert [fact.key for fact in STATUSES if f'"{fact.key}"' not in lines] == []


def test_a_stage_has_a_row_a_template_and_a_function() -> None:
    keys = [fact.key for fact in STAGES]
    assert list(get_args(Stage)) == keys
    templates = (ROOT / "automation/mail/templates/stages").glob("*.j2")
    assert {file.stem for file in templates} == {*keys, "common"}
    functions = inspect.getsource(candidates) + inspect.getsource(office_candidates)
    assert [key for key in keys if f'"{key}"' not in functions] == []


def test_a_chart_is_fed_from_columns_of_its_own_tab() -> None:
    months = [at(f"0{day}/10 09.00") for day in (5, 6)]
    rows = [
        case(f"000{place}/ADU/X/2026", Diterima=received)
        for place, received in enumerate(months, start=1)
    ]
    found = seen(rows)
    sheets = program_sheets(found, standard_schema(), (), lambda tab, cell: None, "WIB")
    ringkasan = sheets[PROGRAM_TITLES.index(RINGKASAN)]
    fed = {
        (column, table.row + 1)
        for table in ringkasan.tables
        for column in range(table.column, table.column + len(table.columns))
    }
    assert len(ringkasan.charts) == 2
    for chart in ringkasan.charts:
        for area in (chart.categories, *(series.values for series in chart.series)):
            assert (area.left, area.top) in fed and area.bottom > area.top


def test_any_workbook_that_keeps_the_promise_has_its_cycle(tmp_path: Path) -> None:
    workbook = InMemory(grids([case()]))
    kept: Workbook = workbook
    office = DeskOffice(tmp_path)
    outcome = run(replace(office.installation().office, workbook=kept), NOW)
    assert outcome.complete and len(office.mails) == 2
    assert tuple(sheet.title for sheet in workbook.published) == PROGRAM_TITLES


def test_the_hooks_are_what_the_tests_check() -> None:
    hooks = re.findall(r"entry: \.venv/bin/python -m (.+)", text("../.pre-commit-config.yaml"))
    source = (ROOT / "tests/test_code_style.py").read_text("utf-8")
    checks: Any = ast.literal_eval(re.search(r"\[\(.*\)\]", source)[0])  # type: ignore[index]
    assert [tuple(hook.split()) for hook in hooks] == checks
