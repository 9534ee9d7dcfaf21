"""A register that is not written to any more: Excel opens it as read-only, and says so."""

import stat
from pathlib import Path

WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def opened_by(register: Path) -> Path | None:
    """The file beside it by which Excel or LibreOffice tell that somebody has it open."""
    marks = (
        register.with_name(f"~${register.name}"),
        register.with_name(f".~lock.{register.name}#"),
    )
    return next((mark for mark in marks if mark.exists()), None)


def is_closed(register: Path) -> bool:
    """Whether nobody may write to it."""
    try:
        return not register.stat().st_mode & WRITABLE
    except OSError:
        return False


def close(register: Path) -> bool:
    """Takes from everybody the right to write to it; False where that is not ours to do.

    None of its bytes changes. On Windows this is the attribute "read-only".
    """
    try:
        register.chmod(stat.S_IMODE(register.stat().st_mode) & ~WRITABLE)
    except OSError:
        return False
    return True
