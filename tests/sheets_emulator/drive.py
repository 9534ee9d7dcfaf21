"""The few Drive v3 methods that gspread needs: create, list, get, copy and delete a spreadsheet,
and who may use it.

Source: https://developers.google.com/workspace/drive/api/reference/rest/v3/files
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from tests.sheets_emulator.create import new_spreadsheet
from tests.sheets_emulator.defaults import new_spreadsheet_id
from tests.sheets_emulator.errors import ApiError, NoSuchUrl, unimplemented
from tests.sheets_emulator.fields import parse, select
from tests.sheets_emulator.model import fresh_id
from tests.sheets_emulator.service import Service

Json = dict[str, Any]

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
PATH = re.compile(
    r"/drive/v3/files(?:/(?P<id>[^/]+)(?:/(?P<part>copy|permissions|comments)(?:/(?P<item>[^/]+))?)?)?"
)
TERM = re.compile(
    r"""(?P<name>mimeType|name|trashed)\s*=\s*(?P<value>true|false|"[^"]*"|'(?:[^'\\]|\\.)*')"""
    r"""|(?P<folder>parents\s+in\s+"[^"]*"|['"][^'"]*['"]\s+in\s+parents)"""
)


class DriveError(ApiError):
    """Drive's errors list their reasons, and have no status."""

    @property
    def body(self) -> Json:
        reason = {404: "notFound", 400: "invalid"}.get(self.code, "forbidden")
        told = {"message": self.message, "domain": "global", "reason": reason}
        return {"error": {"code": self.code, "message": self.message, "errors": [told]}}


@dataclass
class File:
    """What Drive knows of a spreadsheet beside its content."""

    created: str
    parents: list[str]
    permissions: list[Json] = field(default_factory=list)


@dataclass
class Drive:
    """The folder that the spreadsheets are in."""

    service: Service
    files: dict[str, File] = field(default_factory=dict)

    def kind(self, verb: str, path: str) -> str:
        """The name of the method that answers, as calls are counted."""
        match = PATH.fullmatch(path)
        if not match:
            raise NoSuchUrl
        part = match["part"] or ""
        below = part in ("permissions", "comments")
        resource = part if below else "files"
        single = match["item"] if below else match["id"]
        if part == "copy":
            name = "copy"
        elif verb == "GET":
            name = "get" if single else "list"
        else:
            name = {"POST": "create", "DELETE": "delete", "PATCH": "update"}.get(verb, "")
        return f"drive.{resource}.{name}"

    def call(
        self, kind: str, path: str, query: dict[str, list[str]], body: bytes, caller: str
    ) -> Json | None:
        """Carries out a call; None is an answer without content."""
        match = PATH.fullmatch(path)
        assert match
        names = {name: unquote(text or "") for name, text in match.groupdict().items()}
        given: Json = json.loads(body) if body.strip() else {}
        methods: dict[str, Callable[[], Json | None]] = {
            "drive.files.create": lambda: self.create(given, caller),
            "drive.files.list": lambda: self.list(query.get("q", [""])[-1]),
            "drive.files.get": lambda: self.get(names["id"]),
            "drive.files.copy": lambda: self.copy(names["id"], given, caller),
            "drive.files.delete": lambda: self.delete(names["id"]),
            "drive.comments.list": lambda: self.comments(names["id"]),
            "drive.permissions.create": lambda: self.share(names["id"], given),
            "drive.permissions.list": lambda: self.permissions(names["id"]),
            "drive.permissions.delete": lambda: self.unshare(names["id"], names["item"]),
        }
        if kind not in methods:
            raise unimplemented(f"the method {kind}")
        found = methods[kind]()
        mask = parse(query.get("fields", [""])[-1])
        told: Json | None = select(found, mask) if found and mask else found
        return told

    def create(self, given: Json, owner: str) -> Json:
        """`files.create`: only spreadsheets."""
        if given.get("mimeType") != SPREADSHEET:
            raise unimplemented("Drive files other than spreadsheets")
        book = new_spreadsheet({"properties": {"title": given.get("name", "Untitled")}}, owner)
        self.service.spreadsheets[book.id] = book
        self.register(book.id, given.get("parents"))
        return self.short(book.id)

    def register(self, spreadsheet_id: str, parents: list[str] | None = None) -> File:
        """What Drive knows of a spreadsheet, from now on."""
        owner = self.service.book(spreadsheet_id).owner
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        permission = {"id": str(fresh_id(set())), "type": "user", "kind": "drive#permission"}
        permission |= {"role": "owner", "emailAddress": owner}
        return self.files.setdefault(spreadsheet_id, File(now, parents or ["root"], [permission]))

    def short(self, spreadsheet_id: str) -> Json:
        """What a new file's answer tells."""
        book = self.service.spreadsheets[spreadsheet_id]
        name = book.properties["title"]
        return {"kind": "drive#file", "id": book.id, "name": name, "mimeType": SPREADSHEET}

    def get(self, spreadsheet_id: str) -> Json:
        """`files.get`"""
        file = self.file(spreadsheet_id)
        times = {"createdTime": file.created, "modifiedTime": file.created}
        return {**self.short(spreadsheet_id), **times, "parents": file.parents}

    def file(self, spreadsheet_id: str) -> File:
        """What Drive knows of a file, or its 404."""
        if spreadsheet_id not in self.service.spreadsheets:
            raise DriveError(404, f"File not found: {spreadsheet_id}.")
        return self.register(spreadsheet_id)

    def list(self, q: str) -> Json:
        """`files.list`: by MIME type, name and folder, joined with `and`."""
        wanted = conditions(q)
        files = [self.get(number) for number in reversed(self.service.spreadsheets)]
        found = [file for file in files if fits(file, wanted)]
        return {"kind": "drive#fileList", "incompleteSearch": False, "files": found}

    def copy(self, spreadsheet_id: str, given: Json, owner: str) -> Json:
        """`files.copy`"""
        self.file(spreadsheet_id)
        book = self.service.spreadsheets[spreadsheet_id].copy()
        title = given.get("name", f"Copy of {book.properties['title']}")
        book.id, book.owner = new_spreadsheet_id(), owner
        book.properties = {**book.properties, "title": title}
        self.service.spreadsheets[book.id] = book
        self.register(book.id, given.get("parents"))
        return self.short(book.id)

    def delete(self, spreadsheet_id: str) -> None:
        """`files.delete`"""
        self.file(spreadsheet_id)
        del self.service.spreadsheets[spreadsheet_id], self.files[spreadsheet_id]

    def comments(self, spreadsheet_id: str) -> Json:
        """`comments.list`: nobody can have written one, since creating one is not emulated."""
        self.file(spreadsheet_id)
        return {"kind": "drive#commentList", "comments": []}

    def share(self, spreadsheet_id: str, given: Json) -> Json:
        """`permissions.create`"""
        known = {
            name: given[name]
            for name in ("type", "role", "emailAddress", "domain")
            if given.get(name)
        }
        permission = {"kind": "drive#permission", "id": str(fresh_id(set())), **known}
        self.file(spreadsheet_id).permissions.append(permission)
        return permission

    def permissions(self, spreadsheet_id: str) -> Json:
        """`permissions.list`"""
        return {
            "kind": "drive#permissionList",
            "permissions": self.file(spreadsheet_id).permissions,
        }

    def unshare(self, spreadsheet_id: str, number: str) -> None:
        """`permissions.delete`"""
        permissions = self.file(spreadsheet_id).permissions
        kept = [each for each in permissions if each["id"] != number]
        if len(kept) == len(permissions):
            raise DriveError(404, f"Permission not found: {number}.")
        permissions[:] = kept


def conditions(q: str) -> Json:
    """The terms of a query; one that is not understood is refused, not ignored."""
    found: Json = {}
    for part in filter(None, re.split(r"\s+and\s+", q)):
        term = TERM.fullmatch(part.strip())
        if not term:
            raise DriveError(400, "Invalid Value")
        if term["folder"]:
            found["parents"] = re.sub(r"parents|\bin\b", "", term["folder"]).strip().strip("'\"")
        else:
            found[term["name"]] = unquoted(term["value"])
    return found


def unquoted(value: str) -> str:
    """A term's value without its own quotes."""
    inner = value[1:-1] if value[0] in "'\"" else value
    return re.sub(r"\\(.)", r"\1", inner)


def fits(file: Json, wanted: Json) -> bool:
    """Does a file meet all terms of a query?"""
    return (
        wanted.get("mimeType", SPREADSHEET) == SPREADSHEET
        and wanted.get("trashed", "false") == "false"
        and wanted.get("name", file["name"]) == file["name"]
        and wanted.get("parents", file["parents"][0]) in file["parents"]
    )
