"""Facts are one contract: what the program cannot work with is refused when it is loaded."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from automation.core.plan import plan
from automation.core.schema.tabs import NEEDED, READ
from automation.core.tabs import program_sheets
from automation.core.words.titles import LIST_TAB, PROGRAM_TITLES, RESERVED_TITLES
from automation.settings import SettingsError
from tests.offices import NOW, case, seen, standard_schema
from tests.schema_folders import Documents, load, standard_documents

Change = Callable[[Documents], Any]


def column(documents: Documents, tab: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        each for each in documents["tabs"][tab]["columns"] if each["key"] == key
    )
    return found


def put(*path: Any) -> Change:
    """The last of `path` put at the place that the others name."""
    *within, key, value = path

    def change(documents: Documents) -> None:
        table: Any = documents
        for part in within:
            table = table[part]
        table[key] = value

    return change


def in_column(tab: str, key: str, /, **values: Any) -> Change:
    return lambda documents: column(documents, tab, key).update(values)


def refused(folder: Path, change: Change) -> list[str]:
    documents = standard_documents()
    change(documents)
    with pytest.raises(SettingsError) as caught:
        load(folder, documents)
    return str(caught.value).splitlines()


NUMBER = ("sop", "case_number")


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        (
            lambda d: d["findings"].update(number_malformd=d["findings"].pop("number_malformed")),
            "findings.toml, number_malformd",
            "apakah maksud Anda number_malformed",
        ),
        (
            put("findings", "stamp_before_receipt", "message", "{recieved}"),
            "findings.toml, stamp_before_receipt.message",
            "{recieved} tidak dikenal; yang ada: {column}, {tab}, {stamp}, {received}",
        ),
        (
            put("findings", "required", "suggestion", "{column!r} {"),
            "findings.toml, required.suggestion",
            "{column!r} tidak dikenal",
        ),
        (
            put("findings", "required", "message", "{column}}"),
            "findings.toml, required.message",
            "tidak berpasangan",
        ),
        (
            put("findings", "required", "severty", "error"),
            "findings.toml, required.severty",
            "apakah maksud Anda severity",
        ),
        (
            put("working_hours", "holidays", "country", "XX"),
            "working_hours.toml, holidays.country",
            "tidak dikenal",
        ),
        (
            put("working_hours", "holidays", "country", "HolidayBase"),
            "working_hours.toml, holidays.country",
            "tidak dikenal",
        ),
        (
            put("working_hours", "holidays", "categories", ["publik"]),
            "working_hours.toml, holidays.categories",
            "'publik' tidak ada di antara",
        ),
        (
            put("working_hours", "holidays", "language", "zz"),
            "working_hours.toml, holidays.language",
            "'zz' tidak ada di antara",
        ),
        (
            put("working_hours", "regimes", 1, "monday", ["8.00-12.00"]),
            'working_hours.toml, regimes[2] "Ramadan 1447 H".monday[1]',
            "bukan rentang jam",
        ),
        (put(*NUMBER, "pattern", "("), "sop.toml, case_number.pattern", "ekspresi reguler"),
        (put(*NUMBER, "pattern", r"a(?i)b"), "sop.toml, case_number.pattern", "ekspresi reguler"),
        (put(*NUMBER, "pattern", r"(\d+)+/x"), "sop.toml, case_number.pattern", "pengulangan"),
        (put(*NUMBER, "pattern", r"(a|aa)+"), "sop.toml, case_number.pattern", "pengulangan"),
        (put(*NUMBER, "pattern", r"(a?){30}"), "sop.toml, case_number.pattern", "pengulangan"),
        (put(*NUMBER, "pattern", r"\d*" * 6), "sop.toml, case_number.pattern", "pengulangan"),
        (put(*NUMBER, "example", "123"), "sop.toml, case_number.example", "tidak sesuai"),
        (put("tabs", "cases", "title", "Buku/Register"), "tabs.toml, cases.title", "judul tab"),
        (put("tabs", "cases", "title", "'Register"), "tabs.toml, cases.title", "judul tab"),
        (put("tabs", "cases", "title", "R" * 32), "tabs.toml, cases.title", "31 huruf"),
        (put("tabs", "cases", "title", " "), "tabs.toml, cases.title", "satu baris"),
        (put("tabs", "cases", "title", "a\nb"), "tabs.toml, cases.title", "satu baris"),
        (put("tabs", "staff", "title", "history"), "tabs.toml, staff.title", "judul lain"),
        (put("tabs", "staff", "title", "ringkasan"), "tabs.toml, staff.title", "judul lain"),
        (put("tabs", "staff", "title", "LIBUR"), "tabs.toml, title", "disebut dua kali"),
        (in_column("cases", "received", type="text"), '"received".type', "moment atau datetime"),
        (in_column("staff", "leave_end", type="moment"), '"leave_end".type', "isi dengan date"),
        (in_column("closures", "opens", type="text"), '"opens".type', "isi dengan time"),
        (in_column("cases", "kind", choices_from="channels"), '"kind".choices_from', "kinds"),
        (in_column("staff", "active", choices=[]), '"active".choices', "memerlukan choices"),
        (in_column("staff", "active", key="actve"), '"actve".key', "apakah maksud Anda active"),
        (in_column("staff", "active", key="row"), '"row".key', "dipakai program"),
        (in_column("staff", "active", key="Aktif?"), '"Aktif?".key', "huruf kecil"),
        (in_column("staff", "active", header=""), '"active".header', "satu baris"),
        (in_column("staff", "active", header='"'), '"active".header', "tajuk"),
        (in_column("staff", "active", header="N A M A"), "staff.columns.header", "dua kali"),
        (in_column("staff", "active", width=256), '"active".width', "paling banyak 255"),
        (in_column("staff", "active", widht=9), '"active".widht', "apakah maksud Anda width"),
        (
            put("reminders", "turn", "quiet_minutes", 10**9),
            "reminders.toml, turn.quiet_minutes",
            "paling banyak 1440",
        ),
        (put("reminders", "legal", "days_before", []), "legal.days_before", "paling sedikit 1"),
        (put("reminders", "legal", "days_before", [-1]), "legal.days_before[1]", "sedikit 0"),
        (put("reminders", "escalation", "factor", float("inf")), "escalation.factor", "banyak"),
        (put("reminders", "soon", "share", float("nan")), "soon.share", "harus"),
        (put("sop", "channels", []), '"channel".required', "sop.toml tidak memuat channels"),
        (put("sop", "office", "Dinas\nBcc: x@y.id"), "sop.toml, office", "satu baris"),
        (put("sop", "steps", 0, "name", ""), 'sop.toml, steps[1] "".name', "satu baris"),
    ],
)
def test_what_does_not_fit_is_refused_with_document_key_and_reason(
    tmp_path: Path, change: Change, key: str, reason: str
) -> None:
    assert any(key in line and reason in line for line in refused(tmp_path, change))


@pytest.mark.parametrize(
    "change",
    [
        put("reminders", "findings", "listed", 1),
        put("reminders", "findings", "listed", 1000),
        put("reminders", "busy", "mails", 1),
        put("reminders", "turn", "quiet_minutes", 0),
        put("reminders", "turn", "quiet_minutes", 1440),
        put("reminders", "turn", "share", 0.0),
        put("reminders", "turn", "share", 1.0),
        put("reminders", "escalation", "factor", 1.0),
        put("reminders", "legal", "days_before", [0]),
        put("reminders", "memory", "afterwards_minutes", 1),
    ],
)
def test_a_limit_itself_is_taken(tmp_path: Path, change: Change) -> None:
    documents = standard_documents()
    change(documents)
    load(tmp_path, documents)


def test_all_faults_of_all_documents_are_told_at_once(tmp_path: Path) -> None:
    def change(documents: Documents) -> None:
        put("sop", "roles", 1, "superior", "Lurah")(documents)
        put("sop", "steps", 2, "role", "Camat")(documents)
        put("working_hours", "holidays", "country", "XX")(documents)
        put("reminders", "findings", "listed", 0)(documents)
        put("tabs", "staff", "title", "SOP")(documents)
        put("findings", "required", "message", "{colum}")(documents)

    lines = refused(tmp_path, change)
    assert [line.split(": ", 1)[1].split(":")[0] for line in lines] == [
        'sop.toml, roles "Kasubbag Umum".superior',
        'sop.toml, steps "Disposisi"',
        "tabs.toml, staff.title",
        "working_hours.toml, holidays.country",
        "reminders.toml, findings.listed",
        "findings.toml, required.message",
    ]


@pytest.mark.parametrize(
    ("pattern", "example"),
    [
        (r"(?i)adu-(?P<serial>\d+)", "ADU-7"),
        (r"(\d)\1/(?P<year>\d{4})", "77/2026"),
        (r"(?P<_number>\d+)", "12"),
        (r"(?P<serial>-?\w+)", "-inf"),
        (r"\d+", "12"),
    ],
)
def test_a_pattern_may_have_groups_flags_and_references_of_its_own(
    tmp_path: Path, pattern: str, example: str
) -> None:
    documents = standard_documents()
    documents["sop"]["case_number"] = {"pattern": pattern, "example": example}
    form = load(tmp_path, documents).sop.case_number
    assert form.fits(example)
    assert not form.fits("9" * 61 + "/")


def test_the_programs_own_titles_are_known() -> None:
    """A tab that is drawn but not listed would be published once, and refused ever after."""
    misread = plan({"Register": [["tanpa", "judul"]]}, standard_schema(), NOW)
    for looked in seen([case()]), misread:
        drawn = program_sheets(looked, standard_schema(), (), lambda tab, cell: None, "WIB")
        assert tuple(sheet.title for sheet in drawn) == PROGRAM_TITLES
    assert {*PROGRAM_TITLES, LIST_TAB} < set(RESERVED_TITLES)


def test_a_title_of_a_program_tab_stands_in_one_file() -> None:
    """`Temuan` and `Ringkasan` are also the words of a column and of two stages."""
    also = {"titles.py", "stages.py", "temuan.py"}
    for file in (Path(__file__).parents[1] / "automation").rglob("*.py"):
        literals = {title for title in RESERVED_TITLES if f'"{title}"' in file.read_text("utf-8")}
        assert not literals or file.name in also, file


def test_every_column_of_the_standard_tabs_is_one_that_the_program_reads() -> None:
    documents = standard_documents()["tabs"]
    for tab, table in documents.items():
        keys = [each["key"] for each in table["columns"] if each["key"] != "steps"]
        assert keys == list(READ[tab])
        assert set(NEEDED[tab]) <= set(keys)
