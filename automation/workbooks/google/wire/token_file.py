"""A login on disk: there whole or not at all, and only its owner may read it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from automation.core.edges import EdgeError
from automation.core.words.encoding import decoded
from automation.files import replace

TYPE = "authorized_user"


def save(file: Path, content: Mapping[str, Any]) -> None:
    """Puts a login where none is, or in the place of another. Raises EdgeError."""
    try:
        replace(file, json.dumps(content, indent=2).encode(), is_login, private=True)
    except PermissionError:
        raise EdgeError(
            f"Login {file} tidak dapat diganti, mungkin sedang dibuka program lain; tutup, lalu "
            "jalankan lagi."
        ) from None


def is_login(file: Path) -> bool:
    """Whether a file is somebody's own login. Raises OSError."""
    try:
        content = json.loads(decoded(file.read_bytes()))
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and content.get("type") == TYPE
