"""The queries of Drive's files.list: `mimeType = '…' and name contains '…' and '…' in parents`.

Source: https://developers.google.com/workspace/drive/api/guides/ref-search-terms
"""

import re
from typing import Any

from tests.sheets_emulator.errors import unimplemented

Json = dict[str, Any]

TEXT = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
TERM = re.compile(
    rf"\s*(?:(?P<name>mimeType|name|trashed)\s*(?P<sign>!=|=|contains)\s*(?P<value>true|false|{TEXT})"
    rf"|parents\s+in\s+(?P<inside>{TEXT})|(?P<folder>{TEXT})\s+in\s+parents)\s*(?P<and>and\b|$)"
)
OTHER = re.compile(r"\b(or|not|has|modifiedTime|viewedByMeTime|starred|owners|writers|readers)\b")
ORDER = re.compile(r"(createdTime|modifiedTime|name|name_natural)( desc)?")

Term = tuple[str, str, str]  # field, sign, value


def terms(q: str) -> list[Term] | None:
    """The terms of a query, all of which a file must meet; None is a query that is none."""
    found: list[Term] = []
    at, joined = 0, False
    while at < len(q) or joined:
        term = TERM.match(q, at)
        if not term:
            if OTHER.search(re.sub(TEXT, "", q)):
                raise unimplemented(f"the query {q}")
            return None
        folder = term["inside"] or term["folder"]
        found.append(
            ("parents", "contains", unquoted(folder))
            if folder
            else (term["name"], term["sign"], unquoted(term["value"]))
        )
        at, joined = term.end(), bool(term["and"])
    return found


def unquoted(value: str) -> str:
    """A term's value without its own quotes."""
    inner = value[1:-1] if value[0] in "'\"" else value
    return re.sub(r"\\(.)", r"\1", inner)


def fits(file: Json, wanted: list[Term]) -> bool:
    """Does a file meet all terms of a query?"""
    return all(meets(file, *term) for term in wanted)


def meets(file: Json, name: str, sign: str, value: str) -> bool:
    """Does a file meet a term? A name contains what one of its words begins with."""
    there = {**file, "trashed": "false"}[name]
    if name == "name" and sign == "contains":
        return re.search(rf"(?<!\w){re.escape(value)}", there, re.IGNORECASE) is not None
    if sign == "contains":
        return value in there
    return bool((there == value) == (sign == "="))


def ordered(files: list[Json], order: str) -> list[Json] | None:
    """Files in the order of an orderBy; None is one that Drive does not know."""
    for key in reversed([part.strip() for part in order.split(",") if part.strip()]):
        match = ORDER.fullmatch(key)
        if not match:
            return None
        field = match[1].removesuffix("_natural")
        files = sorted(files, key=lambda file: file[field].lower(), reverse=bool(match[2]))
    return files
