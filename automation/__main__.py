"""Runs the command line; what goes wrong becomes one sentence and exit code 2."""

import gc
import sys

from typer._click.exceptions import UsageError

from automation.commands import app, office_first
from automation.terminal import fault, on_any_console

PROGRAM = "python -m automation"  # as help pages and sentences name it
YOUNG = 100_000  # objects: what is loaded and read is kept to the end, and is no garbage before


def main() -> None:
    gc.set_threshold(YOUNG)
    on_any_console()
    try:
        sys.exit(app(office_first(sys.argv[1:]), prog_name=PROGRAM, standalone_mode=False))
    except UsageError as error:
        print(fault(error), file=sys.stderr)
    except Exception as error:
        print(_told(error), file=sys.stderr)
    sys.exit(2)


def _told(error: Exception) -> str:
    """Loaded only now: what failed has loaded it already."""
    from automation.mishap import told

    return told(error)


if __name__ == "__main__":
    main()
