"""The Drive v3 methods that gspread needs: create, list, get, copy, export and delete a spreadsheet,
and who may use it.

Sources: https://developers.google.com/workspace/drive/api/reference/rest/v3/files, the official
description of the Drive API, gspread's recorded answers (tests/cassettes), and gargle's (errors).
"""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from tests.sheets_emulator.call import Call
from tests.sheets_emulator.create import new_spreadsheet
from tests.sheets_emulator.defaults import new_spreadsheet_id
from tests.sheets_emulator.drive_form import DriveError, given_by, mask_of
from tests.sheets_emulator.drive_query import fits, ordered, terms
from tests.sheets_emulator.errors import NoSuchUrl, unimplemented
from tests.sheets_emulator.fields import select
from tests.sheets_emulator.model import fresh_id
from tests.sheets_emulator.server import Outgoing
from tests.sheets_emulator.service import Service
from tests.sheets_emulator.values_read import Rendering, rendered

Json = dict[str, Any]
Query = dict[str, str]
Answer = Json | Outgoing | None  # a message, a file, nothing

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
SEPARATORS = {"text/csv": ",", "text/tab-separated-values": "\t"}
PATH = re.compile(
    r"/drive/v3/files(?:/(?P<id>[^/]+)(?:/(?P<part>copy|export|permissions|comments)"
    r"(?:/(?P<item>[^/]+))?)?)?"
)
KINDS = frozenset(
    f"drive.{resource}.{verb}"
    for resource, verbs in {
        "files": "copy create delete export get list update",
        "permissions": "create delete get list update",
        "comments": "create delete get list update",
    }.items()
    for verb in verbs.split()
)


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
        single = match["item"] if below else match["id"]
        if (part, verb) in (("copy", "POST"), ("export", "GET")):
            name = part
        elif verb == "GET":
            name = "get" if single else "list"
        else:
            name = {"POST": "create", "DELETE": "delete", "PATCH": "update"}.get(verb, "")
        kind = f"drive.{part if below else 'files'}.{name}"
        if kind not in KINDS:
            raise NoSuchUrl
        return kind

    def call(
        self, kind: str, path: str, query: dict[str, list[str]], body: bytes, caller: str
    ) -> Answer:
        """Carries out a call."""
        match = PATH.fullmatch(path)
        assert match
        names = {name: unquote(text or "") for name, text in match.groupdict().items()}
        asked = {name: texts[-1] for name, texts in query.items()}
        mask = mask_of(kind, asked.get("fields", ""))
        given = given_by(body)
        methods: dict[str, Callable[[], Answer]] = {
            "drive.files.create": lambda: self.create(given, caller),
            "drive.files.list": lambda: self.list(asked),
            "drive.files.get": lambda: self.get(names["id"]),
            "drive.files.copy": lambda: self.copy(names["id"], given, caller),
            "drive.files.export": lambda: self.export(names["id"], asked.get("mimeType", "")),
            "drive.files.delete": lambda: self.delete(names["id"]),
            "drive.comments.list": lambda: self.comments(names["id"]),
            "drive.permissions.create": lambda: self.share(names["id"], given),
            "drive.permissions.list": lambda: self.permissions(names["id"]),
            "drive.permissions.get": lambda: self.permission(names["id"], names["item"]),
            "drive.permissions.update": lambda: self.reshare(names["id"], names["item"], given),
            "drive.permissions.delete": lambda: self.unshare(names["id"], names["item"]),
        }
        if kind not in methods:
            raise unimplemented(f"the method {kind}")
        found = methods[kind]()
        if isinstance(found, dict):
            found = select(found, mask)
        return found

    def create(self, given: Json, owner: str) -> Json:
        """`files.create`: only spreadsheets."""
        if given.get("mimeType") != SPREADSHEET:
            raise unimplemented("Drive files other than spreadsheets")
        title = {"title": given.get("name", "Untitled")}
        book = new_spreadsheet({"properties": title}, owner, self.service.doubts)
        self.service.keep(book)
        self.register(book.id, given.get("parents"))
        return self.get(book.id)

    def register(self, spreadsheet_id: str, parents: list[str] | None = None) -> File:
        """What Drive knows of a spreadsheet, from now on."""
        owner = self.service.book(spreadsheet_id).owner
        permission = {"kind": "drive#permission", "id": str(fresh_id(set())), "type": "user"}
        permission |= {"role": "owner", "emailAddress": owner}
        created = self.service.modified[spreadsheet_id]
        return self.files.setdefault(
            spreadsheet_id, File(created, parents or ["root"], [permission])
        )

    def get(self, spreadsheet_id: str) -> Json:
        """`files.get`"""
        file = self.file(spreadsheet_id)
        name = self.service.spreadsheets[spreadsheet_id].properties["title"]
        return {
            **{"kind": "drive#file", "id": spreadsheet_id, "name": name, "mimeType": SPREADSHEET},
            "createdTime": file.created,
            "modifiedTime": self.service.modified[spreadsheet_id],
            "parents": file.parents,
        }

    def file(self, spreadsheet_id: str) -> File:
        """What Drive knows of a file, or its 404."""
        if spreadsheet_id not in self.service.spreadsheets:
            raise DriveError(404, f"File not found: {spreadsheet_id}.", "notFound", "fileId")
        return self.register(spreadsheet_id)

    def list(self, asked: Query) -> Json:
        """`files.list`: what was changed last comes first, unless another order is asked for."""
        wanted = terms(asked.get("q", ""))
        if wanted is None:
            raise DriveError(400, "Invalid Value", "invalid", "q")
        files = ordered(
            [self.get(number) for number in reversed(self.service.spreadsheets)],
            asked.get("orderBy") or "modifiedTime desc",
        )
        if files is None:
            raise DriveError(400, "Invalid Value", "invalid", "orderBy")
        size, start = asked.get("pageSize", "100"), asked.get("pageToken") or "0"
        for name, text in (("pageSize", size), ("pageToken", start)):
            if not text.isdecimal():
                raise DriveError(400, "Invalid Value", "invalid", name)
        found = [file for file in files if fits(file, wanted)]
        end = int(start) + min(int(size), 1000)
        answer: Json = {"kind": "drive#fileList", "incompleteSearch": False}
        rest = {"nextPageToken": str(end)} if end < len(found) else {}
        return {**answer, **rest, "files": found[int(start) : end]}

    def copy(self, spreadsheet_id: str, given: Json, owner: str) -> Json:
        """`files.copy`"""
        self.file(spreadsheet_id)
        book = self.service.spreadsheets[spreadsheet_id].copy()
        title = given.get("name", f"Copy of {book.properties['title']}")
        book.id, book.owner = new_spreadsheet_id(), owner
        book.properties = {**book.properties, "title": title}
        self.service.keep(book)
        self.register(book.id, given.get("parents"))
        return self.get(book.id)

    def export(self, spreadsheet_id: str, mime_type: str) -> Outgoing:
        """`files.export`: the first tab as text."""
        self.file(spreadsheet_id)
        if mime_type not in SEPARATORS:
            raise unimplemented(f"the export as {mime_type}")
        book = self.service.spreadsheets[spreadsheet_id]
        sheet = book.sheets[0]
        rows = rendered(Call({}, {}, book, book.owner), sheet, sheet.rect({}), Rendering())
        width = max(map(len, rows), default=0)
        text = io.StringIO()
        writer = csv.writer(text, delimiter=SEPARATORS[mime_type])
        writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
        return Outgoing(200, text.getvalue().removesuffix("\r\n").encode(), mime_type)

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
        names = ("type", "role", "emailAddress", "domain")
        known = {name: given[name] for name in names if given.get(name)}
        number = "anyoneWithLink" if known.get("type") == "anyone" else str(fresh_id(set()))
        permission = {"kind": "drive#permission", "id": number, **known}
        self.file(spreadsheet_id).permissions.append(permission)
        return permission

    def permissions(self, spreadsheet_id: str) -> Json:
        """`permissions.list`"""
        known = self.file(spreadsheet_id).permissions
        return {"kind": "drive#permissionList", "permissions": known}

    def permission(self, spreadsheet_id: str, number: str) -> Json:
        """`permissions.get`"""
        for each in self.file(spreadsheet_id).permissions:
            if each["id"] == number:
                return each
        raise DriveError(404, f"Permission not found: {number}.", "notFound", "permissionId")

    def reshare(self, spreadsheet_id: str, number: str, given: Json) -> Json:
        """`permissions.update`: only the role may change."""
        permission = self.permission(spreadsheet_id, number)
        permission["role"] = given.get("role", permission["role"])
        return permission

    def unshare(self, spreadsheet_id: str, number: str) -> None:
        """`permissions.delete`"""
        permission = self.permission(spreadsheet_id, number)
        self.files[spreadsheet_id].permissions.remove(permission)
