"""Which tests reach a line of the program, as one run of the suite showed it.

As a plugin of pytest (`-p tests.tools.reached`) it records, in the folder that `FOLDER` names; a
mutation tester asks it afterwards, so that each change is tried on the tests that could notice it.
What a fixture of a whole file did is put down to the first test that used it, and what a process of
its own did to none.
"""

import json
import os
import sys
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import coverage
import pytest

FOLDER = "REACHED_FOLDER"
_seconds: dict[str, float] = {}
_recorders: list[coverage.Coverage] = []


def pytest_load_initial_conftests() -> None:
    """Before anything of the program is imported, in each process that runs tests."""
    recorder = coverage.Coverage(
        data_file=f"{os.environ[FOLDER]}/reached",
        data_suffix=True,
        source=["automation"],
        config_file=False,
    )
    recorder.set_option("run:relative_files", True)
    recorder.start()
    _recorders.append(recorder)
    os.register_at_fork(after_in_child=lambda: sys.settrace(None))  # it would wait for our locks


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    for recorder in _recorders:
        recorder.switch_context(item.nodeid)
    begun = process_time()
    try:
        return (yield)
    finally:
        _seconds[item.nodeid] = process_time() - begun


def pytest_unconfigure() -> None:
    while _recorders:
        recorder = _recorders.pop()
        recorder.stop()
        recorder.save()
    file = Path(os.environ[FOLDER]) / f"seconds-{os.getpid()}.json"
    file.write_text(json.dumps(_seconds), "utf-8")


@dataclass(frozen=True)
class Reached:
    """`seconds` of processor time by test; `tests` by file and line."""

    seconds: dict[str, float]
    tests: dict[str, dict[int, list[str]]]

    def by(self, file: Path, line: int) -> Sequence[str]:
        """Those that reach the line or, where it runs as the file is loaded, any line of the file;
        the quickest first."""
        lines = self.tests.get(str(file), {})
        near = next((lines[at] for at in range(line, 0, -1) if at in lines), [])
        found = near or {test for tests in lines.values() for test in tests}
        return sorted(found, key=lambda test: self.seconds.get(test, 0.0))


def read(folder: Path) -> Reached:
    """What the processes of a run left in `folder`."""
    seconds: dict[str, float] = {}
    for file in folder.glob("seconds-*.json"):
        seconds |= json.loads(file.read_text("utf-8"))
    data = coverage.CoverageData(str(folder / "all"))
    for part in folder.glob("reached.*"):
        one = coverage.CoverageData(str(part))
        one.read()
        data.update(one)
    return Reached(seconds, {file: _by_line(data, file) for file in data.measured_files()})


def _by_line(data: coverage.CoverageData, file: str) -> dict[int, list[str]]:
    """Without the lines that ran outside of any test."""
    contexts = data.contexts_by_lineno(file).items()
    lines = {line: [test for test in tests if test] for line, tests in contexts}
    return {line: tests for line, tests in lines.items() if tests}
