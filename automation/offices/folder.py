"""Which offices a folder has: each settings file in it is one, called by the file's name."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from automation.collisions import Clash, clashes
from automation.core.words.indonesian import number
from automation.core.words.texts import likeliest
from automation.installation import Installation
from automation.mishap import told
from automation.offices.share import WHOLE, Share
from automation.settings import (
    Settings,
    SettingsError,
    load_settings,
    own_places,
    read_places,
    written_places,
)

ENDING = ".toml"
EXAMPLE = ".example.toml"
MOST_NAMED = 8


@dataclass(frozen=True)
class Roll:
    """The offices of a folder, by name and in its order."""

    served: Mapping[str, Installation]
    faults: Mapping[str, str]  # why each of the others cannot be served, in Indonesian
    machines: int = 1  # over which the offices of the folder are divided


def files(folder: Path) -> dict[str, Path]:
    """The settings files in `folder` by their offices' names, in the order of these. Raises
    SettingsError."""
    try:
        found = [file for file in folder.iterdir() if _is_settings(file)]
    except OSError as error:
        raise SettingsError(
            f"Folder pengaturan {folder} tidak dapat dibaca ({error.strerror}); periksa --config."
        ) from None
    return {file.stem: file for file in sorted(found, key=lambda file: file.stem)}


def _is_settings(file: Path) -> bool:
    """A link that leads nowhere is one: an office must not be forgotten."""
    name = file.name
    named_so = name.endswith(ENDING) and not name.startswith(".") and not name.endswith(EXAMPLE)
    return named_so and not file.is_dir()


def listed(folder: Path) -> dict[str, Path]:
    """The same, where there is one at least. Raises SettingsError."""
    found = files(folder)
    if not found:
        raise SettingsError(
            f"Folder {folder} tidak memuat pengaturan kantor; setiap kantor adalah satu berkas "
            "NAMA.toml di dalamnya."
        )
    return found


def roll(folder: Path, now: datetime | None, share: Share = WHOLE) -> Roll:
    """The offices of a folder, or a `share` of them. Raises SettingsError where it has none."""
    found = listed(folder)
    mine = called(found, now, wanted=share.of(list(found)))
    return replace(mine, machines=share.count)


def called(
    files: Mapping[str, Path],
    now: datetime | None,
    served: Mapping[str, Settings] = MappingProxyType({}),
    wanted: Collection[str] | None = None,
) -> Roll:
    """The offices of these files, or those `wanted` of them. Those that are `served` already, by
    other files, have the older right to what they use."""
    read, faults = _settled(files, served)
    offices = {}
    for name, settings in read.items():
        if wanted is None or name in wanted:
            try:
                offices[name] = Installation.of(settings, now)
            except Exception as error:
                faults[name] = told(error)
    told_of = [name for name in files if name in faults and (wanted is None or name in wanted)]
    return Roll(offices, {name: faults[name] for name in told_of})


def _settled(
    files: Mapping[str, Path], served: Mapping[str, Settings]
) -> tuple[dict[str, Settings], dict[str, str]]:
    """The settings that can be used, and for each other office why not."""
    read, faults = _read(files)
    for name, fault in clashing({**read, **served}):
        if name in read:
            faults.setdefault(name, fault)
    return {name: read[name] for name in read if name not in faults}, faults


def _read(files: Mapping[str, Path]) -> tuple[dict[str, Settings], dict[str, str]]:
    read, faults = {}, {}
    for name, file in files.items():
        try:
            read[name] = load_settings(file, _printable(name, file))
        except Exception as error:
            faults[name] = told(error)
    return read, faults


def _printable(name: str, file: Path) -> str:
    """Raises SettingsError: the name stands in folders' names and on screens."""
    if not name.isprintable() or name != name.strip():
        raise SettingsError(
            f"{str(file)!a}: nama kantor memuat tanda yang tidak dapat dicetak atau spasi di "
            "tepinya; ganti nama berkas itu."
        )
    return name


def clashing(read: Mapping[str, Settings]) -> Iterator[tuple[str, str]]:
    """(office, sentence) for both of each two that have something in common that is one's own."""
    own = {name: {**own_places(each), **written_places(each)} for name, each in read.items()}
    shared = {name: {**read_places(each), **_file(each)} for name, each in read.items()}
    for clash in clashes(own, shared):
        for name in (clash.one, clash.other):
            yield name, _common_place(clash)
    owners: dict[str, str] = {}
    for name, settings in read.items():
        spreadsheet = settings.workbook.spreadsheet if settings.workbook.kind == "google" else ""
        owner = owners.setdefault(spreadsheet, name) if spreadsheet else name
        if owner != name:
            fault = f"Kantor {owner} dan {name} memakai spreadsheet yang sama; pisahkan keduanya."
            yield from ((owner, fault), (name, fault))


def _file(settings: Settings) -> dict[str, Path]:
    return {"pengaturan": settings.file} if settings.file else {}


def _common_place(clash: Clash) -> str:
    one, other = clash.keys
    if one == other:
        what = f"Kantor {clash.one} dan {clash.other} memakai {one} yang sama, {clash.place}"
    else:
        what = f"{one} kantor {clash.one} adalah {other} kantor {clash.other}, yaitu {clash.place}"
    return f"{what}; pisahkan keduanya."


def chosen(folder: Path, office: str | None, now: datetime | None) -> Installation:
    """One office of a folder. Raises SettingsError where none is named, or none of that name."""
    found = listed(folder)
    if office is None:
        raise SettingsError(
            f"Folder {folder} memuat {number(len(found))} kantor ({_names(found)}); sebut satu "
            "dengan --office NAMA."
        )
    if office not in found:
        raise SettingsError(_unknown(folder, office, found))
    read, faults = _settled(found, {})
    if office in faults:
        raise SettingsError(faults[office])
    return Installation.of(read[office], now)


def _unknown(folder: Path, office: str, found: Mapping[str, Path]) -> str:
    meant = likeliest(office, list(found))
    advice = f"apakah maksud Anda {meant}?" if meant else f"yang ada: {_names(found)}."
    return f"--office {office}: tidak ada kantor dengan nama itu di {folder}; {advice}"


def _names(found: Mapping[str, Path]) -> str:
    names = [name if name.isprintable() else ascii(name) for name in found]
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f", dan {number(more)} lainnya" if more > 0 else "")
