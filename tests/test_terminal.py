"""The command line speaks Indonesian, says what was meant, and answers before anything is loaded."""

import re
import sys
from pathlib import Path

import pytest

from automation import VERSION, __main__
from automation.commands import app
from tests.commands import printed_alone

COMMANDS = (
    *("setup", "login", "check", "status", "run", "watch"),
    *("report", "rollover", "mail", "doctor", "demo"),
)
SCHEMA = ("schema check", "schema new")
SERVICE = ("service install", "service status", "service remove")
ENGLISH = re.compile(
    r"\b(usage|options?|commands?|show|this|message|exit|error|missing|such|invalid|value|argument"
    r"|arguments|required|default|try|help for|got|unexpected|text|path|integer|not|the|for|is)\b",
    re.IGNORECASE,
)  # fmt: skip


def said(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[object, str, str]:
    """Exit code, what came on stdout, what on stderr."""
    monkeypatch.setattr(sys, "argv", ["automation", *line.split()])
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    told = capsys.readouterr()
    return ended.value.code, told.out, told.err


def without_examples(page: str) -> str:
    """A page without the names that are the program's own."""
    return re.sub(r"--[\w-]+|python -m automation.*|\bautomation \w+", "", page)


@pytest.mark.parametrize(
    "line",
    [
        "--help",
        *(f"{command} --help" for command in (*COMMANDS, "schema", *SCHEMA, "service", *SERVICE)),
    ],
)
def test_no_page_has_an_english_word(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, page, complaint = said(line, monkeypatch, capsys)
    assert (code, complaint) in ((0, ""), (None, ""))
    assert page.startswith("Pemakaian: ")
    assert "Tampilkan halaman ini." in page
    assert ENGLISH.findall(without_examples(page)) == []


def test_every_command_has_its_page() -> None:
    names = [
        each.name or each.callback.__name__ for each in app.registered_commands if each.callback
    ]
    assert sorted(names) == sorted(COMMANDS)


PAGE = "Lihat python -m automation"
FAULTS = {
    "stauts": f"Perintah stauts tidak dikenal. Apakah maksud Anda status? {PAGE} --help.",
    "zzz": f"Perintah zzz tidak dikenal. {PAGE} --help.",
    "--confg x status": f"Opsi --confg tidak dikenal. Apakah maksud Anda --config? {PAGE} --help.",
    "status --opne": f"Opsi --opne tidak dikenal. Apakah maksud Anda --open? {PAGE} status --help.",
    "status -x": f"Opsi -x tidak dikenal. {PAGE} status --help.",
    "status --json=1": "Opsi --json berdiri sendiri, tanpa isi.",
    "status --explain": "Opsi --explain: isinya belum ditulis.",
    "status lebih banyak": f"lebih banyak: bukan opsi perintah ini. {PAGE} status --help.",
    "report": "Pakai salah satu: --month BULAN, --year TAHUN, atau --verify FOLDER. "
    f"{PAGE} report --help.",
    "report --month 2026-11 --year 2026": "Pakai salah satu: --month BULAN, --year TAHUN, atau "
    f"--verify FOLDER. {PAGE} report --help.",
    "report --month": "Opsi --month: isinya belum ditulis.",
    "demo --cases x": "Opsi --cases: isinya tidak dapat dipakai; banyaknya berkas, 1 sampai 20000; "
    f"bawaannya 40. {PAGE} demo --help.",
    "demo --cases 0": "Opsi --cases: isinya tidak dapat dipakai; banyaknya berkas, 1 sampai 20000; "
    f"bawaannya 40. {PAGE} demo --help.",
    "mail": f"Pakai salah satu: --preview FOLDER atau --test ALAMAT. {PAGE} mail --help.",
    "mail --preview a --test b": "Pakai salah satu: --preview FOLDER atau --test ALAMAT. "
    f"{PAGE} mail --help.",
    "status --now": "--now: isinya belum ditulis; contoh --now 2026-11-23T10:00.",
    "status --now kemarin": "--now kemarin: bukan tanggal dan jam; tulis seperti 2026-11-23T10:00.",
}


@pytest.mark.parametrize("line", FAULTS)
def test_what_is_wrong_with_a_line_is_said_in_indonesian_with_what_was_meant(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, complaint = said(line, monkeypatch, capsys)
    assert (code, out) == (2, "")
    assert complaint == FAULTS[line] + "\n"


def test_no_command_at_all_shows_the_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, page = said("", monkeypatch, capsys)
    assert code == 2
    assert page.startswith("Pemakaian: python -m automation [OPSI] PERINTAH")


def test_the_version_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said("--version", monkeypatch, capsys)[1] == f"automation {VERSION}\n"


def test_pages_and_mistyped_lines_load_neither_tables_nor_google() -> None:
    """In a fresh interpreter, since this one has loaded everything."""
    lines = ["--help"], ["status", "--help"], ["--version"], ["stauts"], ["status", "--opne"]
    script = (
        "import sys\n"
        "from automation import __main__\n"
        f"for line in {lines!r}:\n"
        "    sys.argv = ['automation', *line]\n"
        "    try:\n        __main__.main()\n    except SystemExit:\n        pass\n"
        "heavy = ['pandas', 'numpy', 'gspread', 'google', 'holidays', 'jinja2']\n"
        "print('loaded', [name for name in heavy if name in sys.modules])\n"
    )
    assert printed_alone(script).splitlines()[-1] == "loaded []"


def test_an_office_with_excel_and_a_folder_for_mail_loads_neither_google_nor_smtp(
    tmp_path: Path,
) -> None:
    script = (
        "import sys\n"
        "from automation import tasks\n"
        "tasks.installation(None, '2026-11-23T10:00').office\n"
        "print([name for name in ('gspread', 'yagmail', 'keyring') if name in sys.modules])\n"
    )
    assert printed_alone(script) == "[]\n"
