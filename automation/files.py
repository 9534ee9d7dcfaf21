"""Files that are there whole or not at all, also when the program is killed."""

import errno
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from automation.core.edges import Check, EdgeError

OWNER_ONLY, ANYBODY = 0o600, 0o666  # less what the account's umask takes away


def replace(
    target: Path, content: bytes, ours: Callable[[Path], bool], *, private: bool = False
) -> None:
    """Puts `content` where no file is, or in place of a `target` that is ours or empty.

    What is `private` is for its owner's account alone, from its first byte on.
    Raises PermissionError where somebody has it open and the system does not let it be replaced;
    EdgeError where it is not ours, or the folder cannot be written. The old file is then as it was.
    """
    partial = _partial(target, content, OWNER_ONLY if private else ANYBODY)
    try:
        _put(partial, target, ours)
    except PermissionError:
        raise
    except OSError as error:
        raise unwritable(target, error) from None
    finally:
        remove(partial)


def is_ours(target: Path, ours: Callable[[Path], bool]) -> bool:
    """Whether nothing is lost with the file: it is the program's own, or empty. Raises OSError."""
    return target.is_file() and (not target.stat().st_size or ours(target))


def resolved(path: Path) -> Path:
    """`path` without links. Raises EdgeError where links lead in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        raise EdgeError(
            f"{path} adalah tautan yang berputar; perbaiki tautan itu, atau letaknya pada "
            "pengaturan."
        ) from None


def regular_bytes(file: Path, most: int) -> bytes:
    """What stands in `file`. Raises OSError; EdgeError for a device, a pipe, and above `most`."""
    known = file.stat()
    if not stat.S_ISREG(known.st_mode):
        raise EdgeError(f"{file} tidak dapat dibuka: bukan berkas biasa; periksa letaknya.")
    if known.st_size > most:
        raise EdgeError(f"{file} terlalu besar untuk sebuah buku register; periksa letaknya.")
    return file.read_bytes()


def _put(partial: Path, target: Path, ours: Callable[[Path], bool]) -> None:
    """Looks whose the file is at the last moment: somebody may have put one there meanwhile."""
    with suppress(OSError):  # a file is there, or the file system has no hard links
        target.hardlink_to(partial)
        return
    if os.path.lexists(target) and not is_ours(target, ours):
        raise _somebodys(target)
    partial.replace(target)


def create(target: Path, content: bytes) -> bool:
    """Puts `content` where no file is; False, and nothing done, where there is one.

    Raises EdgeError.
    """
    if os.path.exists(target):  # noqa: PTH110 - a closed folder is told of as it is written to
        return False
    partial = _partial(target, content)
    try:
        _link(partial, target, content)
    except FileExistsError:
        return False
    except OSError as error:
        raise unwritable(target, error) from None
    finally:
        remove(partial)
    return True


def write_safely(file: Path, content: bytes, mode: int = ANYBODY) -> None:
    """A new file, its content on the disk when this returns. Raises OSError."""
    with open(file, "xb", opener=lambda path, flags: os.open(path, flags, mode)) as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def remove(file: Path) -> None:
    """Removes what need not stay; what cannot be removed now is in nobody's way."""
    with suppress(OSError):
        file.unlink(missing_ok=True)


def _partial(target: Path, content: bytes, mode: int = ANYBODY) -> Path:
    """`content`, safe on disk beside `target`, over what a killed run may have left there."""
    partial = target.with_name(f".{target.name}.part")
    remove(partial)  # and write through no link that somebody put there
    try:
        write_safely(partial, content, mode)
    except OSError as error:
        remove(partial)
        raise unwritable(target, error) from None
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


def _somebodys(target: Path) -> EdgeError:
    return EdgeError(
        f"{target} bukan buatan program ini, atau memuat isian orang lain, sehingga tidak diganti; "
        "pindahkan atau ganti nama berkas itu, atau pilih letak lain."
    )


def unwritable(target: Path, error: OSError) -> EdgeError:
    """Why `target` could not be written, and what to do."""
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
    places = (folder, *folder.absolute().parents)
    existing = next(each for each in places if os.path.exists(each))  # noqa: PTH110 - never raises
    healthy = existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
    advice = "dapat ditulisi." if healthy else "tidak dapat ditulisi; periksa hak aksesnya."
    return Check(subject, healthy, f"{folder} {advice}")
