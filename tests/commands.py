"""The command line for tests: in this process, or in one of its own where that is the promise."""

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

from automation.__main__ import main
from tests.offices import ROOT

Done = subprocess.CompletedProcess


def program(
    folder: Path, *arguments: str, columns: str = "200", encoding: str = "utf-8"
) -> "Done[str]":
    """What a command says to pipes in that encoding, and how it ends. No process is started: to
    load the program takes longer than most of what it is asked."""
    out, errors = (TextIOWrapper(BytesIO(), encoding, newline="\n") for _ in range(2))
    with (
        chdir(folder),
        patch.dict(os.environ, COLUMNS=columns),
        patch.object(sys, "argv", ["automation", *arguments]),
        redirect_stdout(out),
        redirect_stderr(errors),
    ):
        status = _status()
    return Done(arguments, status, _text(out), _text(errors))


def printed_alone(script: str) -> str:
    """What a script prints in a fresh interpreter, in which nothing has been loaded."""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def started(
    folder: Path,
    *arguments: str,
    encoding: str = "utf-8",
    started_by: Sequence[str] = (),
    path: Path = ROOT,
) -> "Done[str]":
    """The same by a process of its own, which finds the program in `path`."""
    return subprocess.run(
        [*started_by, sys.executable, "-m", "automation", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(path), "COLUMNS": "200", "PYTHONIOENCODING": encoding},
        capture_output=True,
        encoding=encoding,
        timeout=120,
        check=False,
    )


def _status() -> int:
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    raise AssertionError("a command ends with a status")


def _text(stream: TextIOWrapper) -> str:
    stream.flush()
    written: bytes = stream.buffer.getvalue()  # type: ignore[attr-defined]
    return written.decode(stream.encoding)
