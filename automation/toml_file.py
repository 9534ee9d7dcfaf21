"""A TOML file that somebody wrote by hand, read with patience and refused in words."""

import re
import tomllib
from pathlib import Path
from typing import Any

from automation.core.words.encoding import decoded

LARGEST = 1_000_000  # bytes: what people write by hand is far smaller
QUOTES = r"tulis letak berkas di antara tanda kutip tunggal, contoh 'C:\Users\kantor', atau pakai /"


class TomlError(ValueError):
    """Why a file cannot be used: one Indonesian sentence that names it."""


def read_toml(file: Path) -> dict[str, Any]:
    """The file's table. Raises TomlError."""
    text = _text(file)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise TomlError(f"Berkas {file} bukan TOML yang sah{_where(text, str(error))}.") from None


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except FileNotFoundError:
        raise TomlError(f"Berkas {file} tidak ditemukan; periksa nama dan letaknya.") from None
    except IsADirectoryError:
        raise TomlError(f"{file} adalah folder, bukan berkas; periksa nama dan letaknya.") from None
    except (OSError, ValueError):
        raise TomlError(f"Berkas {file} tidak dapat dibaca; periksa hak aksesnya.") from None
    if len(content) > LARGEST:
        raise TomlError(f"Berkas {file} terlalu besar; periksa nama dan letaknya.")
    try:
        return decoded(content)
    except UnicodeDecodeError:
        raise TomlError(f"Berkas {file} bukan teks UTF-8; simpan kembali sebagai UTF-8.") from None


def _where(text: str, said: str) -> str:
    """The line that could not be understood, and what is usually wrong with such a line."""
    found = re.search(r"at line (\d+)", said)
    if not found:
        return ""
    number = int(found[1])
    line = text.splitlines()[number - 1] if number <= len(text.splitlines()) else ""
    windows = re.search(r'"[^"]*\\', line)
    advice = QUOTES if windows else "periksa tanda kutip, kurung, dan tanda sama dengan"
    return f" (baris {number}): {advice}"
