"""An office's folder of facts for tests: the standard documents, changed."""

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from automation.core.schema import DOCUMENTS, Schema
from automation.setting_sections import OfficeSection
from automation.settings import Settings, load_schema
from tests.offices import ROOT
from tests.toml_text import toml

Documents = dict[str, dict[str, Any]]


@cache
def _standard() -> Documents:
    folder = ROOT / "sheets_schema"
    return {name: tomllib.loads((folder / f"{name}.toml").read_text("utf-8")) for name in DOCUMENTS}


def standard_documents() -> Documents:
    """The parsed documents of `sheets_schema/`, to be changed at will."""
    return deepcopy(_standard())


def write(folder: Path, documents: Mapping[str, Mapping[str, Any]]) -> None:
    for name, document in documents.items():
        (folder / f"{name}.toml").write_text(toml(document), encoding="utf-8")


def load(folder: Path, documents: Mapping[str, Mapping[str, Any]]) -> Schema:
    """The schema from files with these documents. Raises SettingsError."""
    write(folder, documents)
    return load_schema(Settings(office=OfficeSection(schema=folder)))
