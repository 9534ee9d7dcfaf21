"""Where a probe may work: an empty spreadsheet, or its own of an earlier time, emptied again.

Its own is marked, has no tabs but those that a probe makes, and no cases but the samples: a real
register is never touched, nor one that grew out of a probe.
"""

from collections.abc import Mapping, Set

from automation.core.edges import EdgeError
from automation.core.tabs.staff import Rows
from automation.core.words.titles import PROGRAM_TITLES
from automation.workbooks.google.drawing.shapes import object_id, scalar
from automation.workbooks.google.probe.hand import Hand
from automation.workbooks.google.settings import GoogleSettings
from automation.workbooks.google.setup import is_untouched
from automation.workbooks.google.staff_tabs.repair import site_of
from automation.workbooks.google.wire.connection import Cells, Request
from automation.workbooks.google.wire.structure import Structure

KEY = "program-probe"  # of the developer metadata on the spreadsheet
BLANK = "Sheet1"  # what a new spreadsheet comes with
SCRATCH, LATER = "Percobaan", "Percobaan Nanti"


def make_room(hand: Hand, settings: GoogleSettings, rows: Mapping[str, Rows]) -> None:
    """Leaves one empty tab. Raises EdgeError where anything else stands."""
    structure = hand.structure()
    read = hand.values([tab.title for tab in structure.tabs if tab.rows])
    if len(structure.tabs) == 1 and is_untouched(structure.tabs[0], read):
        if not _is_marked(hand):
            hand.update([_mark()])
        return
    if not (_is_marked(hand) and _is_probe_s(structure, read, settings, rows)):
        raise EdgeError(
            f"Spreadsheet {settings.spreadsheet} tidak kosong, jadi tidak disentuh; buat "
            "spreadsheet baru yang kosong khusus untuk percobaan ini, bagikan sebagai Editor "
            "seperti Buku Register, dan pakai alamatnya."
        )
    hand.update(_emptied(structure))


def _is_marked(hand: Hand) -> bool:
    answer = hand.looked("spreadsheetId,developerMetadata(metadataKey)")
    return any(each.get("metadataKey") == KEY for each in answer.get("developerMetadata", ()))


def _mark() -> Request:
    metadata = {"metadataKey": KEY, "visibility": "DOCUMENT", "location": {"spreadsheet": True}}
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}


def _is_probe_s(
    structure: Structure,
    read: Mapping[str, Cells],
    settings: GoogleSettings,
    rows: Mapping[str, Rows],
) -> bool:
    known = {*settings.staff_titles, *PROGRAM_TITLES, SCRATCH, LATER, BLANK}
    register = structure.titled(settings.staff_titles[0])
    site = site_of(read[register.title], settings) if register else None
    typed = {*site.numbers} - {""} if site else set()
    titles = {tab.title for tab in structure.tabs}
    return titles <= known and typed <= _samples(settings, rows)


def _samples(settings: GoogleSettings, rows: Mapping[str, Rows]) -> Set[object]:
    """The case numbers of a probe."""
    tab = settings.schema.tabs.cases
    place = [column.key for column in tab.columns].index("number")
    return {scalar(row[place]) for row in rows[tab.title] if len(row) > place}


def _emptied(structure: Structure) -> list[Request]:
    """All tabs deleted but for a new one, which gets its name when no other can bear it."""
    blank = object_id(BLANK)
    if any(tab.sheet_id == blank for tab in structure.tabs):
        blank += 1
    gone: list[Request] = [{"deleteSheet": {"sheetId": tab.sheet_id}} for tab in structure.tabs]
    named = {"sheetId": blank, "title": BLANK}
    return [
        {"addSheet": {"properties": {"sheetId": blank, "title": f"{BLANK} baru"}}},
        *gone,
        {"updateSheetProperties": {"properties": named, "fields": "title"}},
    ]
