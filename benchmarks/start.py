"""How soon the program answers, against merely importing pandas, which no register is read without.

A help page, the version and a mistyped command need no tables: at most half as long. `status` on a
register of 40 cases: at most twice as long. Exit code 1 if a limit is passed. Each is the best of
some runs of a fresh interpreter, in processor time, with everything compiled before.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
RUNS = 5
PEER = ["-c", "import pandas"]
NOW = "2026-11-23T10:00"
LIMITS = {"--help": 0.5, "status --help": 0.5, "--version": 0.5, "stauts": 0.5, "status": 2.0}


def main() -> int:
    with TemporaryDirectory() as folder:
        _python(["-m", "automation", "--now", NOW, "demo", "--dir", folder, "--cases", "40"])
        office = ["--config", f"{folder}/demo.toml", "--now", NOW]
        lines = {line: [*(office if line == "status" else []), *line.split()] for line in LIMITS}
        seconds = {line: _best(["-m", "automation", *words]) for line, words in lines.items()}
        peer = _best(PEER)
    print(f"import pandas: {peer:.2f} s of processor time")
    for line, took in seconds.items():
        print(f"automation {line}: {took:.2f} s, {took / peer:.2f} times (limit {LIMITS[line]})")
    return int(any(took / peer > LIMITS[line] for line, took in seconds.items()))


def _best(words: Sequence[str]) -> float:
    _python(words)
    return min(_python(words) for _ in range(RUNS))


def _python(words: Sequence[str]) -> float:
    """Processor seconds of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, *words], env=env, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
