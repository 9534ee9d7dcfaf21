"""What keeps `watch` running on this machine, and how it is asked to.

Each home holds one installation a machine: what another one has installed is not replaced.
"""

import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from automation.core.edges import EdgeError
from automation.files import replace
from automation.service import cron
from automation.service.calling import answer, call
from automation.service.program import Program
from automation.service.task import task
from automation.service.unit import unit

NAME = "pengingat-sop"
TASK_NAME = "Pengingat SOP"
UNITS = Path("/etc/systemd/system")
BOOTED = Path("/run/systemd/system")  # sd_booted(3)
RUNNING = "4"  # TASK_STATE_RUNNING
LOOK = "Lihat `journalctl -u pengingat-sop`."
AS_ADMINISTRATOR = "Jalankan dari PowerShell yang dibuka dengan Run as administrator."


@dataclass(frozen=True)
class Told:
    """What came of it."""

    well: bool
    sentence: str


class Home(Protocol):
    """Each raises EdgeError."""

    def install(self, program: Program) -> Told:
        """Puts it there, or renews it, and starts it."""

    def status(self, program: Program) -> Told:
        """`well`: it is running."""

    def remove(self, program: Program) -> Told:
        """Stops it and takes it away; well as well where there is none."""


@dataclass(frozen=True)
class Systemd:
    """A unit of the system, by the account to which the settings belong."""

    units: Path = UNITS

    def install(self, program: Program) -> Told:
        self._refuse_others(program)
        self._refuse_without_right("install", program)
        account = _owner(program.settings)
        for folder in program.writes:
            _make(folder, like=program.settings)
        replace(self._file, unit(program, account).encode(), ours=lambda file: True)
        _systemctl("daemon-reload")
        _systemctl("enable", NAME)
        _systemctl("restart", NAME)
        return Told(
            True,
            f"Layanan {NAME} terpasang dan berjalan sebagai akun {account}, juga setiap kali "
            "komputer dihidupkan.",
        )

    def status(self, program: Program) -> Told:
        if not self._refuse_others(program):
            return NOT_INSTALLED
        running = answer("systemctl", "is-active", "--quiet", NAME).returncode == 0
        return RUNS if running else Told(False, f"Layanan terpasang, tetapi tidak berjalan. {LOOK}")

    def remove(self, program: Program) -> Told:
        if not self._refuse_others(program):
            return NOTHING
        self._refuse_without_right("remove", program)
        _systemctl("disable", "--now", NAME)
        self._file.unlink(missing_ok=True)
        _systemctl("daemon-reload")
        return REMOVED

    @property
    def _file(self) -> Path:
        return self.units / f"{NAME}.service"

    def _refuse_others(self, program: Program) -> bool:
        """Whether this installation's unit is there. Raises EdgeError for another one's."""
        try:
            return _is_ours(self._file.read_text("utf-8", errors="replace"), program)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise EdgeError(f"{self._file} tidak dapat dibaca ({error.strerror}).") from None

    def _refuse_without_right(self, command: str, program: Program) -> None:
        if not os.access(self.units, os.W_OK):
            again = (str(program.python), *program.arguments("service", command))
            raise EdgeError(
                f"{self.units} tidak dapat ditulisi akun ini; jalankan dengan sudo dari "
                f"{program.folder}: sudo {shlex.join(again)}"
            )


@dataclass(frozen=True)
class TaskScheduler:
    """A task of Windows, by the account of the system."""

    def install(self, program: Program) -> Told:
        self._refuse_others(program)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "task.xml"
            file.write_bytes(task(program))
            _schtasks("/Create", "/TN", TASK_NAME, "/XML", str(file), "/F")
        _schtasks("/Run", "/TN", TASK_NAME)
        return Told(
            True,
            f'Tugas "{TASK_NAME}" terpasang dan berjalan sebagai akun SYSTEM, juga setiap kali '
            "komputer dihidupkan.",
        )

    def status(self, program: Program) -> Told:
        if not self._refuse_others(program):
            return NOT_INSTALLED
        asked = f"[int](Get-ScheduledTask -TaskName '{TASK_NAME}').State"
        state = call("powershell", "-NoProfile", "-Command", asked, advice=AS_ADMINISTRATOR)
        if state.strip() == RUNNING:
            return RUNS
        return Told(False, "Tugas terpasang, tetapi tidak berjalan. Lihat Task Scheduler.")

    def remove(self, program: Program) -> Told:
        if not self._refuse_others(program):
            return NOTHING
        answer("schtasks", "/End", "/TN", TASK_NAME)  # it may have ended by itself
        _schtasks("/Delete", "/TN", TASK_NAME, "/F")
        return REMOVED

    def _refuse_others(self, program: Program) -> bool:
        found = answer("schtasks", "/Query", "/TN", TASK_NAME, "/XML")
        return found.returncode == 0 and _is_ours(found.stdout, program)


@dataclass(frozen=True)
class Nowhere:
    """A machine with neither: somebody has to copy a line."""

    def install(self, program: Program) -> Told:
        return self.status(program)

    def status(self, program: Program) -> Told:
        return Told(
            False,
            "Komputer ini tidak memakai systemd atau Task Scheduler; jalankan `crontab -e` dan "
            f"tambahkan baris ini:\n{cron.line(program)}",
        )

    def remove(self, program: Program) -> Told:
        return Told(False, "Tidak ada layanan di komputer ini; hapus barisnya dengan `crontab -e`.")


RUNS = Told(True, "Layanan terpasang dan berjalan.")
NOT_INSTALLED = Told(False, "Layanan belum terpasang; pasang dengan `service install`.")
NOTHING = Told(True, "Layanan memang tidak terpasang; tidak ada yang dihapus.")
REMOVED = Told(True, "Layanan dihentikan dan dihapus; pengaturan, ingatan dan arsip tetap ada.")


def home() -> Home:
    """This machine's."""
    if sys.platform == "win32":
        return TaskScheduler()
    if BOOTED.is_dir() and shutil.which("systemctl"):
        return Systemd()
    return Nowhere()


def _is_ours(text: str, program: Program) -> bool:
    if program.mark not in text:
        raise EdgeError(
            f"Di komputer ini {NAME} sudah milik instalasi lain; hapus dahulu dengan `service "
            "remove` dari sana."
        )
    return True


def _systemctl(*arguments: str) -> None:
    call("systemctl", *arguments, advice=LOOK)


def _schtasks(*arguments: str) -> None:
    call("schtasks", *arguments, advice=AS_ADMINISTRATOR)


def _owner(file: Path) -> str:
    """The account to which it belongs, by name; by number where it has none."""
    try:
        return file.owner()
    except KeyError:
        return str(file.stat().st_uid)


def _make(folder: Path, like: Path) -> None:
    """systemd opens only folders that are there; new ones belong to whom `like` belongs."""
    missing: Sequence[Path] = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for each in missing:
            os.chown(each, like.stat().st_uid, like.stat().st_gid)
    except OSError as error:
        raise EdgeError(f"Folder {folder} tidak dapat dibuat ({error.strerror}).") from None
