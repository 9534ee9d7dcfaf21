"""The kinds of values that a setting can have, and why one that was written cannot be used."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field

from automation.core.schema import nearest
from automation.core.words.addresses import address_fault
from automation.toml_file import QUOTES

LONGEST_NAME = 255  # bytes of a file's name, as the usual file systems have it
LONGEST_PATH = 1000  # characters
LONGEST_WAIT = 600  # seconds: a run that waits longer looks dead

_HOST = re.compile(r"(?=.{1,253}\Z)\w([\w-]{0,61}\w)?(\.\w([\w-]{0,61}\w)?)*\.?", re.ASCII)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        advice = nearest(name, available_timezones())
        raise ValueError(f"zona waktu tidak dikenal, contoh Asia/Jakarta; {advice}") from None
    return name


def spreadsheet_id(text: str) -> str | None:
    """An id, also where the whole address was pasted; None where there is none."""
    found = re.search(r"/spreadsheets/d/([^/?#]+)", text)
    identity = found[1] if found else text.strip()
    return identity if re.fullmatch(r"[\w-]+", identity, re.ASCII) else None


def _spreadsheet(text: str) -> str:
    """The empty text passes."""
    identity = spreadsheet_id(text) if text.strip() else ""
    if identity is None:
        raise ValueError("bukan ID lembar; salin seluruh alamatnya dari peramban")
    return identity


def _path(written: object) -> object:
    if isinstance(written, str):
        if not written.strip():
            raise ValueError("letak berkas tidak boleh kosong")
        if not written.isprintable():
            raise ValueError(f"memuat tanda yang tidak ada dalam nama berkas; {QUOTES}")
        parts = re.split(r"[/\\]", written)
        if len(written) > LONGEST_PATH or any(len(os.fsencode(p)) > LONGEST_NAME for p in parts):
            raise ValueError("nama berkas terlalu panjang")
    return written


def _address(text: str) -> str:
    """One plain address; the empty text passes, where a setting may be empty."""
    if text and address_fault(text):
        raise ValueError("bukan satu alamat surel tanpa nama, contoh pengingat@kantor.go.id")
    return text


def _domain(text: str) -> str:
    if address_fault(f"nama@{text}"):
        raise ValueError("bukan domain; tulis tanpa @, contoh kulonprogokab.go.id")
    return text


def _host(text: str) -> str:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        if not _HOST.fullmatch(text):
            raise ValueError(
                "bukan nama server; tulis tanpa https:// dan tanpa port, contoh smtp.gmail.com"
            ) from None
    return text


def _web_address(text: str) -> str:
    """The empty text passes. What was written is not repeated: whoever knows it can use it."""
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(_HOST.fullmatch(parts.hostname or ""))
        sound = sound and parts.port != 0
    except ValueError:
        sound = False
    if text and not (sound and text.isascii() and text.isprintable() and " " not in text):
        raise ValueError("bukan alamat web, contoh https://hc-ping.com/… ; salin seluruhnya")
    return text


def _login(text: str) -> str:
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise ValueError("hanya huruf, angka dan tanda biasa, tanpa spasi")
    return text


Place = Annotated[Path, BeforeValidator(_path)]
Address = Annotated[str, AfterValidator(_address)]
Host = Annotated[str, AfterValidator(_host)]
Login = Annotated[str, AfterValidator(_login)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Spreadsheet = Annotated[str, AfterValidator(_spreadsheet)]
Zone = Annotated[str, AfterValidator(_zone)]
Domain = Annotated[str, AfterValidator(_domain)]
Seconds = Annotated[float, Field(gt=0, le=LONGEST_WAIT, allow_inf_nan=False)]
