"""Values as TOML writes them: what a test wants to stand in a file of settings or facts."""

import json
from collections.abc import Mapping
from datetime import date, time
from typing import Any


def toml(table: Mapping[str, Any]) -> str:
    """A table as the text of a file."""
    return "".join(f"{_text(key)} = {_value(value)}\n" for key, value in table.items())


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(k)} = {_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date | time):
        return value.isoformat()
    return _text(value) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    """JSON's escapes are TOML's, but for pairs of surrogates and the sign of deletion."""
    return "".join(
        json.dumps(sign)[1:-1] if ord(sign) < 0x7F else f"\\U{ord(sign):08x}" for sign in text
    ).join('""')
