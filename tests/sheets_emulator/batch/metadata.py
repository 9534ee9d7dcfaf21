"""Requests about developer metadata, found again by its id."""

from typing import Any

from tests.sheets_emulator.call import Call
from tests.sheets_emulator.errors import Refused, unimplemented
from tests.sheets_emulator.fields import for_writing, merge
from tests.sheets_emulator.model import fresh_id

Json = dict[str, Any]

UNSPECIFIED = "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED"


def create(call: Call, request: Json) -> Json:
    """createDeveloperMetadata"""
    given = request.get("developerMetadata", {})
    if not given.get("metadataKey"):
        raise Refused("metadataKey is required.")
    if given.get("visibility", UNSPECIFIED) == UNSPECIFIED:
        raise Refused("visibility is required.")
    taken = {each["metadataId"] for each in call.book.developer_metadata}
    number = given.get("metadataId", fresh_id(taken))
    if number in taken:
        raise Refused(
            f"Cannot add developer metadata with ID [{number}] because developer metadata with "
            "that ID already exists."
        )
    new = {**given, "metadataId": number, "location": located(call, given.get("location", {}))}
    call.book.developer_metadata.append(new)
    return {"developerMetadata": new}


def located(call: Call, location: Json) -> Json:
    """A location with its type; refused where there is nothing."""
    if location.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if "dimensionRange" in location:
        range_ = location["dimensionRange"]
        call.book.sheet(range_.get("sheetId", 0))
        return {"locationType": range_["dimension"].removesuffix("S"), "dimensionRange": range_}
    if "sheetId" in location:
        call.book.sheet(location["sheetId"])
        return {"locationType": "SHEET", "sheetId": location["sheetId"]}
    raise Refused("location is required.")


def update(call: Call, request: Json) -> Json:
    """updateDeveloperMetadata"""
    given = request.get("developerMetadata", {})
    mask = for_writing(request.get("fields"), "DeveloperMetadata", "developerMetadata")
    changed = []
    for each in matching(call, request.get("dataFilters", [])):
        new = {**merge(each, given, mask), "metadataId": each["metadataId"]}
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
    """The metadata that any of the filters finds, by id, key or value."""
    lookups = [each.get("developerMetadataLookup") for each in filters]
    if not all(lookups) or any(
        lookup.keys() - {"metadataId", "metadataKey", "metadataValue", "visibility"}
        for lookup in lookups
        if lookup
    ):
        raise unimplemented("data filters by other than metadata id, key, value and visibility")
    return [
        each
        for each in call.book.developer_metadata
        if any(lookup and lookup.items() <= each.items() for lookup in lookups)
    ]


HANDLERS = {
    "createDeveloperMetadata": create,
    "updateDeveloperMetadata": update,
    "deleteDeveloperMetadata": delete,
}
