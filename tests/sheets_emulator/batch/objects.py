"""Requests about what is found again by an id: named and protected ranges."""

import re
from typing import Any

from tests.sheets_emulator import a1
from tests.sheets_emulator.batch import tables
from tests.sheets_emulator.call import PROTECTED, Call
from tests.sheets_emulator.errors import Refused
from tests.sheets_emulator.fields import for_writing, merge
from tests.sheets_emulator.model import Sheet, Spreadsheet, fresh_id

Json = dict[str, Any]

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,249}")


def add_named_range(call: Call, request: Json) -> Json:
    """addNamedRange"""
    given = request.get("namedRange", {})
    check_name(call.book, given.get("name", ""), None)
    taken = {each["namedRangeId"] for each in call.book.named_ranges}
    number = given.get("namedRangeId") or str(fresh_id(set()))
    if number in taken:
        raise Refused(f"Named range with id {number} already exists.")
    named = {"namedRangeId": number, "name": given["name"], "range": placed(call, given)}
    call.book.named_ranges.append(named)
    return {"namedRange": named}


def check_name(book: Spreadsheet, name: str, own: Json | None) -> None:
    """Refuses a name that is none, or that is taken."""
    if not NAME.fullmatch(name) or a1.parse(name) or name.lower() in ("true", "false"):
        raise Refused("The name given to this range is invalid.")
    for each in book.named_ranges:
        if each is not own and each["name"].lower() == name.lower():
            raise Refused(
                f"Cannot add named range with name {name}, a named range with that name already "
                "exists."
            )


def placed(call: Call, given: Json) -> Json:
    """An object's range as it is kept: open edges stay open, others are cut to the grid."""
    sheet, rect = call.area(given.get("range"), writing=False)
    cut = {name: edge for name, edge in rect.grid_range(sheet.id).items() if name in given["range"]}
    return {**cut, "sheetId": sheet.id}


def delete_named_range(call: Call, request: Json) -> Json:
    """deleteNamedRange"""
    index, _ = named_range(call.book, request.get("namedRangeId", ""))
    del call.book.named_ranges[index]
    return {}


def named_range(book: Spreadsheet, number: str) -> tuple[int, Json]:
    """(place, named range) of an id."""
    for index, each in enumerate(book.named_ranges):
        if each["namedRangeId"] == number:
            return index, each
    raise Refused(f"No named range with id: {number}")


def add_protected_range(call: Call, request: Json) -> Json:
    """addProtectedRange: the owner and the caller may always edit; the reply tells what was sent."""
    given = request.get("protectedRange", {})
    if "namedRangeId" in given:
        _, named = named_range(call.book, given["namedRangeId"])
        given = {**given, "range": named["range"]}
    range_ = placed(call, given)
    sheet = call.book.sheet(range_["sheetId"])
    tables.check_protection(call.book, sheet, sheet.rect(range_))
    taken = {each["protectedRangeId"] for tab in call.book.sheets for each in tab.protected_ranges}
    number = given.get("protectedRangeId", fresh_id(taken))
    if number in taken:
        raise Refused(f"Protected range with id {number} already exists.")
    new = {**given, "protectedRangeId": number, "range": range_, "requestingUserCanEdit": True}
    check_protection(sheet, new)
    sheet.protected_ranges.append(with_editors(call, new))
    return {"protectedRange": new}


def check_protection(sheet: Sheet, new: Json) -> None:
    """Refuses what protection cannot be."""
    if new.get("warningOnly") and "editors" in new:
        raise Refused("ProtectedRange is warningOnly. Editors cannot be set on it.")
    others = [
        each
        for each in sheet.protected_ranges
        if each["protectedRangeId"] != new["protectedRangeId"]
    ]
    whole = new["range"].keys() <= {"sheetId"}
    if whole and any(each["range"].keys() <= {"sheetId"} for each in others):
        raise Refused(f'Sheet "{sheet.title}" already has sheet protection.')
    if new.get("unprotectedRanges") and not whole:
        raise Refused("unprotectedRanges can only be set on a protected sheet.")


def with_editors(call: Call, protected: Json) -> Json:
    """A protected range as it is kept: with its owner and whoever made it among the editors."""
    if protected.get("warningOnly"):
        return protected
    editors = protected.get("editors", {})
    users = dict.fromkeys([call.book.owner, call.caller, *editors.get("users", [])])
    return {**protected, "editors": {**editors, "users": list(users)}}


def update_protected_range(call: Call, request: Json) -> Json:
    """updateProtectedRange"""
    given = request.get("protectedRange", {})
    mask = for_writing(request.get("fields"), "ProtectedRange", "protectedRange")
    sheet, old = protected_range(call, given.get("protectedRangeId", 0))
    new = merge(old, given, mask)
    new |= {"protectedRangeId": old["protectedRangeId"], "requestingUserCanEdit": True}
    if new.get("warningOnly") and "editors" not in mask:
        new.pop("editors", None)
    new["range"] = placed(call, new)
    check_protection(sheet, new)
    sheet.protected_ranges.remove(old)
    home = call.book.sheet(new["range"]["sheetId"])
    home.protected_ranges.append(with_editors(call, new))
    return {}


def delete_protected_range(call: Call, request: Json) -> Json:
    """deleteProtectedRange"""
    sheet, old = protected_range(call, request.get("protectedRangeId", 0))
    sheet.protected_ranges.remove(old)
    return {}


def protected_range(call: Call, number: int) -> tuple[Sheet, Json]:
    """(tab, protected range) of an id, if the caller may change it."""
    for sheet in call.book.sheets:
        for each in sheet.protected_ranges:
            if each["protectedRangeId"] == number:
                if not each.get("warningOnly") and not call.may_edit(each):
                    raise Refused(PROTECTED)
                return sheet, each
    raise Refused(f"No protected range with id: {number}")


HANDLERS = {
    "addNamedRange": add_named_range,
    "deleteNamedRange": delete_named_range,
    "addProtectedRange": add_protected_range,
    "updateProtectedRange": update_protected_range,
    "deleteProtectedRange": delete_protected_range,
}
