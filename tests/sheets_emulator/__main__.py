"""Starts the emulator by hand: `python -m tests.sheets_emulator --port 8765 [--script FILE]`."""

import argparse
import contextlib
from pathlib import Path

from tests.sheets_emulator.emulator import Emulator


def main() -> None:
    """Prints the base URL when ready, serves until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.sheets_emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0, the default, takes a free one")
    parser.add_argument("--script", type=Path, help="JSON file of faults, see faults.py")
    options = parser.parse_args()
    emulator = Emulator(options.port)
    if options.script:
        emulator.script(options.script)
    print(emulator.url, flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        emulator.serve_forever()


if __name__ == "__main__":
    main()
