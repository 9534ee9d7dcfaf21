"""Kills `report` at random moments, many times, and looks at what lies in the archive.

    python -m tests.tools.kill_reports --count 200 --seed 1

Each time a folder with a final name must be whole, and nothing else may have changed; a clean run at
the end must find its number and leave nothing unfinished. Ends with an error otherwise. The suite
has the same for each single step (`tests/archive_driver.py`); this is the whole program.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from automation.archive.folder import LOCK_FILE
from automation.archive.manifest import verify
from tests.offices import ROOT

NOW = "2026-12-01T07:30"
PROGRAM = (sys.executable, "-m", "automation", "--now", NOW)
PERIODS = (("--month", "2026-11"), ("--year", "2026"))
LATEST = 1.2  # of the time that a report takes
WRITING = 0.02  # seconds that it takes to write one


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(_play(Path(folder), chosen.count, random.Random(chosen.seed)))


def _play(folder: Path, count: int, chance: random.Random) -> str:
    _done(folder, "demo", "--dir", ".", "--cases", "300")
    took = _timed(folder)
    killed = unfinished = 0
    for _ in range(count):
        before = _whole(folder)
        child = _started(folder, chance.choice(PERIODS))
        if chance.random() < 0.5:
            _sleep(child, chance.uniform(0, took * LATEST))
        else:
            _until_it_writes(child, folder)
            _sleep(child, chance.uniform(0, WRITING))
        child.kill()
        killed += child.wait() != 0
        unfinished += any(map(_is_unfinished, (folder / "arsip").iterdir()))
        after = _whole(folder)
        assert after.items() >= before.items(), "what was there has changed"
        assert len(after) <= len(before) + 1, "one report made two"
    for period in PERIODS:
        _done(folder, "report", *period)
    names = {each.name for each in (folder / "arsip").iterdir()} - {LOCK_FILE}
    whole = _whole(folder)
    assert names == {*whole}, f"left over: {names - {*whole}}"
    for name in ("laporan-2026-11", "laporan-2026"):
        numbered = [each for each in whole if each == name or each.startswith(f"{name}-ke-")]
        expected = {name, *(f"{name}-ke-{number}" for number in range(2, len(numbered) + 1))}
        assert {*numbered} == expected, "a number is missing, or there twice"
    return (
        f"{count} reports, {killed} killed, behind {unfinished} of them something unfinished; "
        f"{len(whole)} whole, none half-written, none left over"
    )


def _whole(folder: Path) -> dict[str, str]:
    """The manifests of the folders with final names, all of which must be whole."""
    archive = folder / "arsip"
    found = [each for each in archive.iterdir() if not each.name.startswith(".")]
    assert all(verify(each).whole for each in found)
    return {each.name: (each / "manifest.json").read_text("utf-8") for each in found}


def _timed(folder: Path) -> float:
    started = time.monotonic()
    _done(folder, "report", *PERIODS[0])
    return time.monotonic() - started


def _started(folder: Path, period: tuple[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*PROGRAM, "report", *period],
        cwd=folder,
        env=_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _sleep(child: "subprocess.Popen[bytes]", seconds: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        child.wait(seconds)


def _until_it_writes(child: "subprocess.Popen[bytes]", folder: Path) -> None:
    left = {each.name for each in (folder / "arsip").iterdir() if _is_unfinished(each)}
    while child.poll() is None:
        here = {each.name for each in (folder / "arsip").iterdir() if _is_unfinished(each)}
        if here != left or (left and not here):
            return
        time.sleep(0.0005)


def _is_unfinished(path: Path) -> bool:
    return path.name.endswith(".part")


def _done(folder: Path, *arguments: str) -> None:
    subprocess.run(
        [*PROGRAM, *arguments], cwd=folder, env=_environment(), check=True, capture_output=True
    )


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT)}


if __name__ == "__main__":
    main()
