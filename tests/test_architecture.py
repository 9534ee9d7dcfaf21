"""The folders tell the architecture, and these tests hold the imports to it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / "automation"

# The rooms in the order of a cycle: each imports only from those that stand above it.
CORE = (
    "once",
    "versions",
    "arrays",
    "words",
    "tables",
    "schema",
    "drawing",
    "office_time",
    "watch",
    "register",
    "people",
    "snapshot",
    "validation",
    "measures",
    "reminders",
    "edges",
    "plan",
    "tabs",
)
GOOGLE = (
    "settings",
    "wire",
    "login",
    "drawing",
    "program_tabs",
    "staff_tabs",
    "reading",
    "look_ups",
    "publishing",
    "sending",
    "setup",
    "doctor",
    "workbook",
    "year_end",
    "probe",
    "__init__",
)
EDGES = ("workbooks", "mail")
SHARED = ("files",)  # what edges have in common
WIRING = (
    "collisions",
    "settings",
    "upgrade",
    "setting_types",
    "setting_sections",
    "toml_file",
    "clock",
    "mishap",
    "unattended",
    "archive",
    "rollover",
    "doctor",
    "installation",
    "answers",
    "probing",
    "say",
    "say_status",
    "tasks",
    "terminal",
    "commands",
    "schema_commands",
    "archive_commands",
    "service",
    "service_commands",
    "offices",
    "schema_check",
    "schema_new",
    "schema_text",
    "demo",
    "__main__",
)


def imported(file: Path) -> set[str]:
    """The modules of the program that a file imports, by their full names."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in names if name.split(".")[0] in ("automation", "tests")}


def parts(package: str) -> list[tuple[str, Path]]:
    """(name of the module or package directly in `package`, file) for each file below it."""
    folder = PROGRAM / package
    return [
        (file.relative_to(folder).parts[0].removesuffix(".py"), file)
        for file in sorted(folder.rglob("*.py"))
    ]


@pytest.mark.parametrize(("name", "file"), parts("core"), ids=lambda value: str(value)[-40:])
def test_a_core_module_imports_only_core_rooms_above_it(name: str, file: Path) -> None:
    if name == "__init__":
        return
    above = CORE[: CORE.index(name) + 1]
    for module in imported(file):
        path = module.split(".")
        if path == ["automation"]:  # its version
            continue
        assert path[:2] == ["automation", "core"], f"{file} imports {module}"
        assert len(path) == 2 or path[2] in above, f"{file} imports {module}"


def test_a_module_for_google_imports_only_google_rooms_above_it() -> None:
    for name, file in parts("workbooks/google"):
        above = GOOGLE[: GOOGLE.index(name) + 1]
        for module in imported(file):
            path = module.split(".")
            if path[1:3] == ["workbooks", "google"] and len(path) > 3:
                assert path[3] in above or path[3][0].isupper(), f"{file} imports {module}"


def test_no_module_imports_itself_in_a_circle() -> None:
    files = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
        for file in PROGRAM.rglob("*.py")
    }
    left = {name: imported(file) & files.keys() - {name} for name, file in files.items()}
    while free := {name for name, needs in left.items() if not needs & left.keys()}:
        left = {name: needs for name, needs in left.items() if name not in free}
    assert not left, f"circle among: {', '.join(sorted(left))}"


@pytest.mark.parametrize("edge", EDGES)
def test_an_edge_imports_the_core_itself_and_what_edges_share(edge: str) -> None:
    for _, file in parts(edge):
        for module in imported(file):
            path = module.split(".")
            assert path == ["automation"] or path[1] in ("core", edge, *SHARED), (
                f"{file} imports {module}"
            )


def test_what_edges_share_imports_the_core_only() -> None:
    for name in SHARED:
        for module in imported(PROGRAM / f"{name}.py"):
            assert module.split(".")[:2] == ["automation", "core"], f"{name} imports {module}"


def test_the_cycle_imports_only_the_core() -> None:
    for module in imported(PROGRAM / "cycle.py"):
        assert module.split(".")[:2] in (["automation"], ["automation", "core"]), module


def test_the_core_touches_neither_disk_nor_network_nor_clock() -> None:
    forbidden = {"os", "pathlib", "socket", "sqlite3", "smtplib", "time", "gspread", "requests"}
    for _, file in parts("core"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert not forbidden & {alias.name.split(".")[0] for alias in node.names}, file
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in forbidden, file
            elif isinstance(node, ast.Attribute):
                assert (
                    node.attr not in ("now", "today", "utcnow")
                    or not isinstance(node.value, ast.Name)
                    or node.value.id not in ("datetime", "date")
                ), file


def test_no_cached_property_is_worked_out_under_a_lock_of_all_objects() -> None:
    """Each office works in a thread of its own."""
    files = [file for file in PROGRAM.rglob("*.py") if "cached_property" in file.read_text("utf-8")]
    assert len(files) > 5
    for file in files:
        assert "functools.cached_property" not in _from_functools(file), file


def _from_functools(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {
        f"functools.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "functools"
        for alias in node.names
    }


def test_the_program_never_imports_from_the_tests() -> None:
    for file in PROGRAM.rglob("*.py"):
        assert not any(module.startswith("tests") for module in imported(file)), file


def test_every_part_of_the_program_is_known_here() -> None:
    names = {file.stem for file in PROGRAM.glob("*.py")} | {
        folder.name for folder in PROGRAM.iterdir() if folder.is_dir()
    }
    assert names - {"__pycache__"} <= {"__init__", "core", "cycle", *EDGES, *SHARED, *WIRING}
