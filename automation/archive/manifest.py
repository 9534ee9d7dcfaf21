"""What lies in an archive, with checksums: written beside it, and held against it years later.

A manifest is JSON, and says which version of the program wrote the archive, when, and of what. Its
own line `seal` is the checksum of all its other lines, so that it cannot be changed unnoticed by
mistake; whoever changes it on purpose can make a new one.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self, TypeVar

from automation.core.edges import EdgeError

FILE_NAME = "manifest.json"
LARGEST = 1_000_000  # bytes; that of an archive has a thousand

T = TypeVar("T")


@dataclass(frozen=True)
class Manifest:
    """`files` has the SHA-256 of each file by name, as lower-case hex."""

    period: str  # "2026-11"
    office: str
    sop: str
    cases: int
    created: str  # ISO 8601 with the offset of the office's zone
    program: str  # its version
    files: Mapping[str, str]

    @classmethod
    def of(cls, contents: Mapping[str, bytes], **facts: Any) -> Self:
        return cls(files={name: checksum(content) for name, content in contents.items()}, **facts)

    def text(self) -> bytes:
        lines = asdict(self)
        written = json.dumps(lines | {"seal": _seal(lines)}, ensure_ascii=False, indent=2)
        return f"{written}\n".encode()


@dataclass(frozen=True)
class Verdict:
    """What became of an archive. Names in the order of the alphabet."""

    manifest: Manifest
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    unlisted: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not (self.missing or self.changed or self.unlisted)


def verify(folder: Path) -> Verdict:
    """Holds a folder against its manifest. Raises EdgeError where it has none that can be used."""
    manifest = read_manifest(folder / FILE_NAME)
    there = {each.relative_to(folder).as_posix(): each for each in folder.rglob("*")}
    found = {name for name, each in there.items() if each.is_symlink() or not each.is_dir()}
    listed = found & manifest.files.keys()
    changed = [name for name in listed if _sum_of(there[name]) != manifest.files[name]]
    return Verdict(
        manifest,
        missing=tuple(sorted(manifest.files.keys() - listed)),
        changed=tuple(sorted(changed)),
        unlisted=tuple(sorted(found - manifest.files.keys() - {FILE_NAME})),
    )


def checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sum_of(file: Path) -> str:
    """Of what stands in a file; "" for what is none or cannot be read: then it is not as it was."""
    if not file.is_file():
        return ""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""


def read_manifest(file: Path) -> Manifest:
    """Raises EdgeError where there is none, or none that can be believed."""
    try:
        with file.open("rb") as opened:
            text = opened.read(LARGEST)
    except OSError as error:
        raise EdgeError(
            f"{file} tidak dapat dibaca ({error.strerror}); sebut folder sebuah laporan, contoh "
            "arsip/laporan-2026-11."
        ) from None
    try:
        lines = json.loads(text)
        seal = lines.pop("seal")
        manifest = known(Manifest, lines)
        sound = seal == _seal(lines) and all(map(_is_plain, {**manifest.files}))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        sound = False
    if not sound:
        raise EdgeError(
            f"{file} berubah sejak ditulis, sehingga isi folder itu tidak dapat diperiksa; "
            "pulihkan berkas itu dari cadangan."
        )
    return manifest


def known(kind: type[T], lines: Mapping[str, Any]) -> T:
    """One of `kind`, a dataclass; another version of the program may have written more lines.
    Raises KeyError where one is missing."""
    return kind(**{each.name: lines[each.name] for each in fields(kind)})  # type: ignore[arg-type]


def _is_plain(name: str) -> bool:
    """Whether it names a file in the folder itself."""
    return name == Path(name).name and "\\" not in name and name != FILE_NAME


def _seal(lines: Mapping[str, Any]) -> str:
    return checksum(json.dumps(lines, ensure_ascii=False, sort_keys=True).encode())
