"""Starts the emulator by hand: `python -m tests.sheets_emulator --port 8765 [--script FILE]`.

Prints its base URL when it is ready, and serves until it is interrupted (Ctrl-C, SIGTERM). Google's
hosts are all at that URL: the Sheets API at /v4/spreadsheets, the Drive API at /drive/v3/files, the
endpoint for tokens of service accounts at /token. How often each method was called is told, as JSON,
at /__emulator__/calls.
"""

import argparse
import signal
import sys
from pathlib import Path

from tests.sheets_emulator import doubts, faults
from tests.sheets_emulator.emulator import Emulator
from tests.sheets_emulator.play import differences


def port(text: str) -> int:
    """A port's number."""
    number = int(text)
    if number not in range(2**16):
        raise ValueError
    return number


def parser() -> argparse.ArgumentParser:
    """The command line."""
    kinds = "\n  ".join(faults.KINDS)
    found = argparse.ArgumentParser(
        prog="python -m tests.sheets_emulator",
        description=__doc__,
        epilog=f"{faults.__doc__}\nKinds, of faults and of counted calls:\n\n  {kinds}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.add_argument(
        "--port", type=port, default=0, metavar="NUMBER", help="0, the default, takes a free one"
    )
    known = ", ".join("=".join((name, "|".join(doubts.ways(name)))) for name in doubts.NAMES)
    found.add_argument("--doubt", action="append", default=[], metavar="NAME=WAY", help=known)
    found.add_argument(
        "--play",
        type=Path,
        metavar="FILE",
        help="instead of serving, say where a probe.json of `doctor --probe` answers otherwise",
    )
    found.add_argument("--script", type=Path, metavar="FILE", help="JSON file of faults, see below")
    return found


def played(file: Path) -> str | None:
    """Prints where the emulator answers otherwise than a probe's file; what is wrong with that."""
    try:
        found = differences(file)
    except ValueError as error:
        return str(error)
    print("\n".join(found) or "The emulator answers every request as the file has it.")
    return "" if found else None


def main() -> str | None:
    """Serves; what stands in the way is told in a sentence."""
    options = parser().parse_args()
    if options.play:
        return played(options.play)
    for ending in (
        signal.SIGTERM,
        signal.SIGINT,
    ):  # also where started in the background, deaf to it
        signal.signal(ending, lambda *_: sys.exit())
    try:
        script = faults.load(options.script) if options.script else ()
        emulator = Emulator(options.port, script, doubts.named(options.doubt))
    except ValueError as error:
        return str(error)
    except OSError as error:
        return f"Port {options.port} cannot be used: {error.strerror}."
    print(emulator.url, flush=True)
    emulator.serve_forever()
    return None


if __name__ == "__main__":
    sys.exit(main())
