"""The form of what Drive reads and answers: bodies, field masks, errors.

Sources: the official description of the Drive API, gspread's recorded answers (tests/cassettes), and
gargle's (errors).
"""

import json
from pathlib import Path
from typing import Any

import googleapiclient

from tests.sheets_emulator.errors import ApiError
from tests.sheets_emulator.fields import Mask, parse

Json = dict[str, Any]

SCHEMAS: Json = json.loads(
    (Path(googleapiclient.__file__).parent / "discovery_cache/documents/drive.v3.json").read_text(
        encoding="utf-8"
    )
)["schemas"]
SHORT = {  # what is answered where no fields are asked for
    "drive.files.list": "kind,incompleteSearch,nextPageToken,files(kind,id,name,mimeType)",
    "drive.files": "kind,id,name,mimeType",
    "drive.permissions.list": "kind,nextPageToken,permissions(kind,id,type,role)",
    "drive.permissions": "kind,id,type,role",
}
SCHEMA = {
    "drive.files.list": "FileList",
    "drive.files": "File",
    "drive.permissions.list": "PermissionList",
    "drive.permissions": "Permission",
    "drive.comments.list": "CommentList",
    "drive.comments": "Comment",
}


class DriveError(ApiError):
    """Drive's errors list their reasons and the parameter at fault, and have no status."""

    def __init__(self, code: int, message: str, reason: str, parameter: str = "") -> None:
        told = {"message": message, "domain": "global", "reason": reason}
        place = {"location": parameter, "locationType": "parameter"} if parameter else {}
        super().__init__(code, message, errors=[{**told, **place}])

    @property
    def body(self) -> Json:
        error = super().body["error"]
        return {"error": {name: error[name] for name in ("code", "message", "errors")}}


def given_by(body: bytes) -> Json:
    """The JSON of a body; names that Drive does not know are let pass, as gspread relies on."""
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise DriveError(400, "Parse Error", "parseError")
    return given


def mask_of(kind: str, text: str) -> Mask:
    """What of an answer is asked for, by default little."""
    resource = kind.rpartition(".")[0]
    mask = parse(text or SHORT.get(kind) or SHORT.get(resource, ""))
    fault = unknown(mask, SCHEMA.get(kind, SCHEMA[resource]))
    if fault:
        told = f"Invalid field selection {fault}"
        raise DriveError(400, told, "invalidParameter", "fields")
    return mask


def unknown(mask: Mask, schema: str | None) -> str | None:
    """The first name in a mask that its message does not have."""
    known = SCHEMAS[schema]["properties"] if schema else {}
    for name, below in mask.items():
        if name == "*":
            continue
        if name not in known:
            return name
        fault = unknown(below, known[name].get("items", known[name]).get("$ref"))
        if fault:
            return fault
    return None
