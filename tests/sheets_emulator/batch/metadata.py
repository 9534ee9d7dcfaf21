"""Requests about developer metadata, found again by what a lookup says of it.

Source: the description of DeveloperMetadataLookup, and what the API was observed to refuse and to
match (published with the public repository mmedum/google-sheets-mcp, docs/architecture.md).
"""

from typing import Any

from tests.sheets_emulator.call import Call
from tests.sheets_emulator.errors import Refused, unimplemented
from tests.sheets_emulator.model import fresh_id

Json = dict[str, Any]

UNSPECIFIED = "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED"
NO_LOCATION = "Developer metadata must always have a location specified."
PLAIN = {"metadataId", "metadataKey", "metadataValue", "visibility"}


def create(call: Call, request: Json) -> Json:
    """createDeveloperMetadata"""
    given = request.get("developerMetadata", {})
    taken = {each["metadataId"] for each in call.book.developer_metadata}
    number = given.get("metadataId") or fresh_id(taken)
    if number in taken:
        raise Refused(
            f"Cannot add developer metadata with ID [{number}] because developer metadata with "
            "that ID already exists."
        )
    new = checked(call, {**given, "metadataId": number})
    call.book.developer_metadata.append(new)
    return {"developerMetadata": new}


def checked(call: Call, given: Json) -> Json:
    """Metadata as it is kept, refused without what it must always have."""
    if not given.get("metadataKey"):
        raise Refused("Developer metadata must always have a key specified.")
    if given.get("visibility", UNSPECIFIED) == UNSPECIFIED:
        raise Refused("Developer metadata must always have visibility specified.")
    return {**given, "location": located(call, given.get("location", {}))}


def located(call: Call, location: Json) -> Json:
    """A location with its type; refused where there is nothing."""
    if location.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if "dimensionRange" in location:
        range_ = {"sheetId": 0, **location["dimensionRange"]}
        call.book.sheet(range_["sheetId"])
        if not {"startIndex", "endIndex"} <= range_.keys():
            raise Refused("DimensionRange must specify both a startIndex and an endIndex.")
        if range_["endIndex"] - range_["startIndex"] != 1:
            raise Refused("DimensionRange must represent a single row or column.")
        kind = range_.get("dimension", "ROWS").removesuffix("S")
        return {"locationType": kind, "dimensionRange": range_}
    if "sheetId" in location:
        call.book.sheet(location["sheetId"])
        return {"locationType": "SHEET", "sheetId": location["sheetId"]}
    raise Refused(NO_LOCATION)


def delete(call: Call, request: Json) -> Json:
    """deleteDeveloperMetadata"""
    gone = matching(call, [request.get("dataFilter", {})])
    call.book.developer_metadata = [
        each for each in call.book.developer_metadata if each not in gone
    ]
    return {"deletedDeveloperMetadata": gone}


def matching(call: Call, filters: list[Json]) -> list[Json]:
    """The metadata that any of the filters finds; an empty lookup finds all."""
    lookups = [each.get("developerMetadataLookup") for each in filters]
    if not all(lookup is not None and lookup.keys() <= PLAIN for lookup in lookups):
        raise unimplemented("data filters that are ranges, and lookups by where metadata lies")
    return [
        each
        for each in call.book.developer_metadata
        if any(lookup.items() <= each.items() for lookup in lookups if lookup is not None)
    ]


HANDLERS = {
    "createDeveloperMetadata": create,
    "deleteDeveloperMetadata": delete,
}
