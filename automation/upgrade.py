"""Which version of the program wrote the state folder; what an older one left is carried over.

The folder says it in `versi.json`; without that file it is of a version 1.x. What is to be changed
is copied first, whole or not at all, and no copy replaces another. Whoever is killed in between
leaves a folder that the next run carries on with. Only under the office's lock.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

import automation
from automation.core import versions
from automation.core.edges import EdgeError
from automation.core.register.headers import Grid
from automation.files import create, replace, unwritable
from automation.mail import older
from automation.mail.outbox import LOCK_FILE as SENDING_FILE
from automation.settings import LOCK_FILE, LOG_FILE, STATE_FILES, VERSION_FILE, WATCH_FILE

NOT_COPIED = (LOCK_FILE, WATCH_FILE, SENDING_FILE, LOG_FILE)
COPY = "salinan"
MOST_COPIES = 10  # of tabs that one version wrote
# From the form of that number to the next one. Each can be made again, wherever it was cut short.
STEPS: dict[int, Callable[[Path], None]] = {1: older.carry_over}


@dataclass(frozen=True)
class Mark:
    """Who wrote the folder and, while it is being carried over, where its copy is."""

    program: Annotated[str, Field(pattern=rf"^{versions.PATTERN}$")] = versions.UNMARKED
    copy: str = ""


_MARK: TypeAdapter[Mark] = TypeAdapter(Mark)


def state_version(state: Path) -> str | None:
    """Who wrote what is kept in the folder; None where nothing is."""
    return _mark(state).program if _kept(state) else None


def must_carry_over(state: Path) -> bool:
    """Raises EdgeError where a newer program wrote the folder."""
    version = state_version(state)
    if version is None:
        return False
    refusal = versions.refusal(f"Folder state ({state})", version)
    if refusal:
        raise EdgeError(refusal)
    return versions.is_older(version)


def carry_over(state: Path) -> str:
    """Makes the folder one of this version; what was done, in one sentence, where there was
    anything to do. Raises EdgeError, and then the next run carries on."""
    before = _mark(state)
    if not must_carry_over(state):
        if before != Mark(automation.VERSION):
            _note(state, Mark(automation.VERSION))
        return ""
    copy = before.copy or _copied(state, before.program)
    for form in range(versions.form(before.program), versions.form(automation.VERSION)):
        _note(state, Mark(f"{form}.0.0", copy))
        STEPS[form](state)
    _note(state, Mark(automation.VERSION))
    return (
        f"Folder state ({state}) dari program versi {before.program} telah disesuaikan dengan "
        f"versi {automation.VERSION}; keadaan sebelumnya disalin ke {copy} di folder itu."
    )


def keep_tabs(state: Path, version: str, grids: Mapping[str, Grid | None]) -> str:
    """Copies cells of tabs as `version` left them, once for the same cells; what is to be told of
    it, in one sentence. Raises EdgeError.

    Whoever writes older tabs again and again fills no disk.
    """
    content = json.dumps(grids, ensure_ascii=False, default=str, indent=0).encode()
    name = f"{COPY}-tab-versi-{version}-"
    copy = f"{name}{hashlib.sha256(content).hexdigest()[:8]}.json"
    before = {each.name for each in state.glob(f"{name}*.json")}
    if copy in before:
        return ""
    if len(before) < MOST_COPIES:
        create(state / copy, content)
    if before:
        return (
            f"Tab program ditulis lagi oleh program versi {version}, mungkin di komputer lain; "
            "perbarui atau hentikan program di sana."
        )
    return f"Tab program dari versi {version} diperbarui; isinya disalin ke {copy}."


def _mark(state: Path) -> Mark:
    """A file that cannot be read counts as lost: each step can be made again."""
    try:
        return _MARK.validate_json((state / VERSION_FILE).read_bytes())
    except (OSError, ValidationError):
        return Mark()


def _note(state: Path, mark: Mark) -> None:
    try:
        replace(state / VERSION_FILE, _MARK.dump_json(mark), ours=lambda file: True)
    except OSError as error:
        raise unwritable(state / VERSION_FILE, error) from None


def _kept(state: Path) -> list[Path]:
    files = (state / name for name in STATE_FILES if name not in NOT_COPIED)
    return [file for file in files if os.path.isfile(file)]  # noqa: PTH113 - it never raises


def _copied(state: Path, version: str) -> str:
    """The name of the copy, which is there whole or not at all."""
    unfinished = state / f".{COPY}.part"
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        for file in _kept(state):
            replace(unfinished / file.name, file.read_bytes(), ours=lambda file: True)
        return unfinished.rename(_free(state, f"{COPY}-versi-{version}")).name
    except OSError as error:
        raise unwritable(unfinished, error) from None


def _free(state: Path, name: str) -> Path:
    place, number = state / name, 1
    while place.exists():
        number += 1
        place = state / f"{name}-ke-{number}"
    return place
