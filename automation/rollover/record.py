"""The archive of a closed register: all its tabs, and where its cases went.

It lies with the reports, in a folder that is there whole or not at all, and is checked like them
(`report --verify`). It also is what a second `rollover` knows of the first.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from automation import VERSION
from automation.archive.folder import PREFIX, put
from automation.archive.manifest import FILE_NAME, Manifest, known, verify
from automation.core.edges import EdgeError
from automation.core.register.headers import Grids
from automation.core.schema import Sop

NOTE = "penutupan.json"


@dataclass(frozen=True)
class Record:
    """`to` is the new register as the settings are to name it, `contents` a checksum of the old."""

    year: int
    to: str
    contents: str


def fingerprint(grids: Grids) -> str:
    """The same for the same cells."""
    text = json.dumps(grids, default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def keep(shelf: Path, sop: Sop, at: datetime, files: Mapping[str, bytes], note: Record) -> Path:
    """Puts a register that was closed `at` that moment, with its zone, into the archive. Raises
    EdgeError, and then nothing has changed."""
    contents = {**files, NOTE: json.dumps(asdict(note), ensure_ascii=False, indent=2).encode()}
    manifest = Manifest.of(
        contents,
        period=str(note.year),
        office=sop.office,
        sop=sop.number,
        cases=0,
        created=at.isoformat(),
        program=VERSION,
    )
    return put(shelf, _name(note.year), contents | {FILE_NAME: manifest.text()})


def kept(shelf: Path, year: int) -> Record | None:
    """The newest record of a year's close; None where there is none that is as it was written."""
    return next(_records(shelf, year), None)


def _records(shelf: Path, year: int) -> Iterator[Record]:
    numbered = re.compile(rf"{PREFIX}{_name(year)}(?:-ke-(\d{{1,9}}))?")
    with suppress(OSError):  # no folder yet: nothing was closed
        found = [
            (match, each) for each in shelf.iterdir() if (match := numbered.fullmatch(each.name))
        ]
        for _, folder in sorted(found, key=lambda pair: -int(pair[0][1] or 1)):
            with suppress(
                OSError, EdgeError, ValueError, TypeError, KeyError
            ):  # somebody's, spoiled
                if verify(folder).whole:
                    yield known(Record, json.loads((folder / NOTE).read_bytes()))


def _name(year: int) -> str:
    return f"penutupan-{year}"
