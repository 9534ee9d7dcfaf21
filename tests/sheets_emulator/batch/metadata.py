"""Requests about developer metadata, found again by what a lookup says of it.

Source: the description of DeveloperMetadataLookup, and what the API was observed to refuse and to
match (published with the public repository mmedum/google-sheets-mcp, docs/architecture.md).
"""

from typing import Any

from tests.sheets_emulator.call import Call
from tests.sheets_emulator.errors import Refused, unimplemented
from tests.sheets_emulator.fields import for_writing, merge
from tests.sheets_emulator.model import fresh_id

Json = dict[str, Any]

UNSPECIFIED = "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED"
NO_LOCATION = "Developer metadata must always have a location specified."
SPREADSHEET_INTERSECTING = (
    "DeveloperMetadataLookup.spreadsheet is true, but locationMatchingStrategy was specified as "
    "INTERSECTING."
)
PLAIN = ("metadataId", "metadataKey", "metadataValue", "visibility")


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


def update(call: Call, request: Json) -> Json:
    """updateDeveloperMetadata"""
    given = request.get("developerMetadata", {})
    mask = for_writing(request.get("fields"), "DeveloperMetadata", "developerMetadata")
    changed = []
    for each in matching(call, request.get("dataFilters", [])):
        new = checked(call, {**merge(each, given, mask), "metadataId": each["metadataId"]})
        call.book.developer_metadata[call.book.developer_metadata.index(each)] = new
        changed.append(new)
    return {"developerMetadata": changed}


def delete(call: Call, request: Json) -> Json:
    """deleteDeveloperMetadata"""
    gone = matching(call, [request.get("dataFilter", {})])
    call.book.developer_metadata = [
        each for each in call.book.developer_metadata if each not in gone
    ]
    return {"deletedDeveloperMetadata": gone}


def matching(call: Call, filters: list[Json]) -> list[Json]:
    """The metadata that any of the filters finds."""
    if any("developerMetadataLookup" not in each for each in filters):
        raise unimplemented("data filters that are ranges")
    lookups = [each["developerMetadataLookup"] for each in filters]
    for lookup in lookups:
        everywhere = lookup.get("metadataLocation", {}).get("spreadsheet")
        if everywhere and lookup.get("locationMatchingStrategy") == "INTERSECTING_LOCATION":
            raise Refused(SPREADSHEET_INTERSECTING)
    return [
        each
        for each in call.book.developer_metadata
        if any(selects(lookup, each) for lookup in lookups)
    ]


def selects(lookup: Json, metadata: Json) -> bool:
    """Does a lookup find it? Every field narrows; an empty lookup finds all."""
    wanted, place = lookup.get("metadataLocation"), metadata["location"]
    exact = lookup.get("locationMatchingStrategy") == "EXACT_LOCATION"
    return (
        all(lookup[name] == metadata.get(name) for name in PLAIN if name in lookup)
        and lookup.get("locationType", place["locationType"]) == place["locationType"]
        and (not wanted or lies(wanted, place, exact))
    )


def lies(wanted: Json, place: Json, exact: bool) -> bool:
    """Is it at a location? A tab's rows and columns intersect the tab."""
    row = place.get("dimensionRange", {})
    if wanted.get("spreadsheet"):
        return "spreadsheet" in place
    if "sheetId" in wanted:
        on_it = not exact and row.get("sheetId") == wanted["sheetId"]
        return bool(on_it or place.get("sheetId") == wanted["sheetId"])
    asked = {"sheetId": 0, **wanted.get("dimensionRange", {})}
    if exact:
        return bool(asked == row)
    return (
        (asked["sheetId"], asked.get("dimension")) == (row.get("sheetId"), row.get("dimension"))
        and asked.get("startIndex", 0) < row["endIndex"]
        and row["startIndex"] < asked.get("endIndex", row["endIndex"])
    )


HANDLERS = {
    "createDeveloperMetadata": create,
    "updateDeveloperMetadata": update,
    "deleteDeveloperMetadata": delete,
}
