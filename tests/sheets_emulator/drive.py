"""The part of Drive v3 that gspread opens, lists, creates, shares and deletes spreadsheets with.

Sources: https://developers.google.com/workspace/drive/api/reference/rest/v3/files, gspread's recorded
answers (tests/cassettes), and gargle's (errors). The program itself asks nothing of Drive.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.sheets_emulator.create import new_spreadsheet
from tests.sheets_emulator.errors import ApiError, NoSuchUrl, unimplemented
from tests.sheets_emulator.fields import parse, select
from tests.sheets_emulator.model import fresh_id
from tests.sheets_emulator.service import Service

Json = dict[str, Any]
Query = dict[str, str]

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
PATH = re.compile(r"/drive/v3/files(?:/(?P<id>[^/]+)(?:/(?P<part>[^/]+)(?:/(?P<item>[^/]+))?)?)?")
OTHER = "drive.other"  # whatever else Drive can do
KINDS = frozenset(
    {
        *("drive.files.create", "drive.files.delete", "drive.files.get", "drive.files.list"),
        *("drive.permissions.create", "drive.permissions.delete", "drive.permissions.list"),
        OTHER,
    }
)
VERBS = {"POST": "create", "DELETE": "delete"}
TERM = re.compile(r'(?P<name>mimeType|name|parents) *(?:=|in) *"(?P<value>[^"]*)"(?: and |$)')
FILE = "kind,id,name,mimeType"
SHORT = {  # what is answered where no fields are asked for
    "drive.files.list": f"kind,incompleteSearch,files({FILE})",
    "drive.permissions.list": "kind,permissions(kind,id,type,role)",
    "drive.permissions.create": "kind,id,type,role",
}


class NoFile(ApiError):  # noqa: N818
    """Drive's 404; its errors list their reasons and have no status."""

    def __init__(self, spreadsheet_id: str) -> None:
        told = f"File not found: {spreadsheet_id}."
        reason = {"message": told, "domain": "global", "reason": "notFound"}
        where = {"location": "fileId", "locationType": "parameter"}
        super().__init__(404, told, errors=[{**reason, **where}])

    @property
    def body(self) -> Json:
        error = super().body["error"]
        return {"error": {name: error[name] for name in ("code", "message", "errors")}}


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
        single = match["item"] if match["part"] else match["id"]
        name = VERBS.get(verb, "get" if single else "list")
        kind = f"drive.{match['part'] or 'files'}.{name}"
        return kind if kind in KINDS and verb in (*VERBS, "GET") else OTHER

    def call(
        self, kind: str, path: str, query: dict[str, list[str]], body: bytes, caller: str
    ) -> Json | None:
        """Carries out a call; some answer nothing."""
        match = PATH.fullmatch(path)
        if kind == OTHER or not match:
            raise unimplemented(f"what Drive does at {path}")
        number, item = match["id"] or "", match["item"] or ""
        asked = {name: texts[-1] for name, texts in query.items()}
        given = json.loads(body or b"{}")
        methods: dict[str, Callable[[], Json | None]] = {
            "drive.files.create": lambda: self.create(given, caller),
            "drive.files.list": lambda: self.list(asked),
            "drive.files.get": lambda: self.get(number),
            "drive.files.delete": lambda: self.delete(number),
            "drive.permissions.create": lambda: self.share(number, given),
            "drive.permissions.list": lambda: self.permissions(number),
            "drive.permissions.delete": lambda: self.unshare(number, item),
        }
        found = methods[kind]()
        told: Json | None = found and select(
            found, parse(asked.get("fields") or SHORT.get(kind, FILE))
        )
        return told

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
            raise NoFile(spreadsheet_id)
        return self.register(spreadsheet_id)

    def list(self, asked: Query) -> Json:
        """`files.list`: what was changed last comes first."""
        wanted = terms(asked.get("q", ""))
        if asked.keys() & {"orderBy", "pageToken"}:
            raise unimplemented("files in another order, or in pages")
        books = (self.get(number) for number in reversed(self.service.spreadsheets))
        files = sorted(books, key=lambda file: str(file["modifiedTime"]), reverse=True)
        found = [file for file in files if all(meets(file, *term) for term in wanted)]
        return {"kind": "drive#fileList", "incompleteSearch": False, "files": found}

    def delete(self, spreadsheet_id: str) -> None:
        """`files.delete`"""
        self.file(spreadsheet_id)
        del self.service.spreadsheets[spreadsheet_id], self.files[spreadsheet_id]

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

    def unshare(self, spreadsheet_id: str, number: str) -> None:
        """`permissions.delete`"""
        file = self.file(spreadsheet_id)
        file.permissions = [each for each in file.permissions if each["id"] != number]


def terms(q: str) -> list[tuple[str, str]]:
    """(field, value) of each term of a query as gspread writes it, all of which a file must meet."""
    found = [(match["name"], match["value"]) for match in TERM.finditer(q)]
    if TERM.sub("", q):
        raise unimplemented(f"the query {q}")
    return found


def meets(file: Json, name: str, value: str) -> bool:
    """Does a file meet a term of a query?"""
    return value in file[name] if name == "parents" else bool(value == file[name])
