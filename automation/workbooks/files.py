"""Files that are there whole or not at all, also when the program is killed."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from automation.core.edges import Check, EdgeError


def replace(target: Path, content: bytes) -> None:
    """Puts `content` in place of `target`.

    Raises PermissionError where somebody has it open and the system does not let it be replaced;
    EdgeError where the folder cannot be written. The old file is then as it was.
    """
    partial = _partial(target, content)
    try:
        partial.replace(target)
    except PermissionError:
        remove(partial)
        raise
    except OSError as error:
        remove(partial)
        raise _unwritable(target, error) from None


def create(target: Path, content: bytes) -> bool:
    """Puts `content` where no file is; False, and nothing done, where there is one.

    Raises EdgeError.
    """
    if target.exists():
        return False
    partial = _partial(target, content)
    try:
        _link(partial, target, content)
    except FileExistsError:
        return False
    except OSError as error:
        raise _unwritable(target, error) from None
    finally:
        remove(partial)
    return True


def remove(file: Path) -> None:
    """Removes what need not stay; what cannot be removed now is in nobody's way."""
    with suppress(OSError):
        file.unlink(missing_ok=True)


def _partial(target: Path, content: bytes) -> Path:
    """`content`, safe on disk beside `target`, over what a killed run may have left there."""
    partial = target.with_name(f".{target.name}.part")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        remove(partial)
        raise _unwritable(target, error) from None
    return partial


def _link(partial: Path, target: Path, content: bytes) -> None:
    """Unlike a rename, neither way writes over a file. Raises FileExistsError."""
    try:
        target.hardlink_to(partial)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        file = target.open("xb")
        try:
            with file:
                file.write(content)
        except OSError:
            remove(target)
            raise


def _unwritable(target: Path, error: OSError) -> EdgeError:
    folder = target.parent
    if error.errno == errno.ENOSPC:
        return EdgeError(
            f"Ruang penyimpanan untuk {target} penuh; kosongkan ruang, lalu jalankan lagi."
        )
    if isinstance(error, FileNotFoundError):
        return EdgeError(f"Folder {folder} tidak ada; buat folder itu atau perbaiki pengaturan.")
    return EdgeError(
        f"{target.name} tidak dapat ditulis di {folder} ({error.strerror}); periksa apakah akun "
        "ini boleh menulis di folder itu."
    )


def writable(subject: str, folder: Path) -> Check:
    """Whether files can be put into `folder`, which need not be there yet."""
    existing = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    healthy = existing.is_dir() and os.access(existing, os.W_OK)
    advice = "dapat ditulisi." if healthy else "tidak dapat ditulisi; periksa hak aksesnya."
    return Check(subject, healthy, f"{folder} {advice}")
