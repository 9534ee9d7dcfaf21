"""What `doctor` finds between this machine and the spreadsheet: a sentence for each step."""

from collections.abc import Iterator, Mapping

from automation.core.edges import Check, EdgeError, Successor
from automation.core.register.headers import find_headers
from automation.core.register.strays import Kind, Stray
from automation.core.schema import Tab as StaffTab
from automation.core.words.titles import PROGRAM_TITLES
from automation.workbooks.google.drawing.shapes import object_id
from automation.workbooks.google.look_ups import look_ups
from automation.workbooks.google.reading import view_of
from automation.workbooks.google.settings import ADDRESS, GoogleSettings
from automation.workbooks.google.wire.connection import Cells, Connection, Request
from automation.workbooks.google.wire.credentials import emulator_host, readable_by_others
from automation.workbooks.google.wire.faults import Patience
from automation.workbooks.google.wire.identity import Identity
from automation.workbooks.google.wire.sentences import FAULTS, sentence
from automation.workbooks.google.wire.structure import Structure, same_locale
from automation.workbooks.google.wire.who import who

MOST_CLOCK_ERROR = 120  # seconds; Google accepts up to 300
SUBJECT = "Google Sheets"
ADVICE: Mapping[Kind, str] = {
    "filled": "putaran berikutnya mengosongkannya",
    "headless": "putaran berikutnya memasang kembali tajuknya",
    "taken": "pindahkan isian itu, atau jalankan `python -m automation setup` agar kolom program "
    "dipasang di kanan",
    "tabled": "tajuk tabel tidak dapat memuat rumus; jalankan `python -m automation setup` agar "
    "kolom itu dipasang di kanan tabel",
    "unmarked": "kosongkan sel itu, lalu jalankan `python -m automation setup`",
}
UNFINISHED = (
    "Register {} belum selesai diisi: penutupan tahun terputus. Tulis kembali buku lama ke "
    "[workbook] spreadsheet pada settings.toml, lalu jalankan `python -m automation rollover`."
)
MENU = "ubah pada File > Setelan di spreadsheet"


def inspect(connection: Connection, settings: GoogleSettings, patience: Patience) -> list[Check]:
    """Each step as far as the steps before it allow."""
    try:
        client = connection.client
    except EdgeError as error:
        return [Check(SUBJECT, False, str(error))]
    found = list(_spreadsheet(connection, settings, patience))
    return [*_login(connection.identity), *_clock(client.clock_lead), *found]


def _login(identity: Identity | None) -> Iterator[Check]:
    """Who we are, as far as the calls made by now have told."""
    if emulator_host():
        yield Check(SUBJECT, True, f"Emulator {emulator_host()} dipakai menggantikan Google.")
    if identity is None:
        return
    yield Check(SUBJECT, True, who(identity))
    if identity.secret and readable_by_others(identity.secret):
        yield Check(
            SUBJECT,
            False,
            f"Berkas {identity.secret} dapat dibaca akun lain di komputer ini; jalankan "
            f"`chmod 600 {identity.secret}`.",
        )


def _spreadsheet(
    connection: Connection, settings: GoogleSettings, patience: Patience
) -> Iterator[Check]:
    try:
        structure = patience.persist(connection.structure)
        titles = [tab.title for tab in structure.tabs if tab.rows]
        read = patience.persist(lambda: connection.values(titles))
        view = view_of(structure, read, settings)
        found = patience.persist(lambda: look_ups(connection, settings, view))
        patience.persist(lambda: connection.update([_unchanged(structure)]))
    except FAULTS as error:
        yield Check(SUBJECT, False, sentence(error, settings, connection.identity))
        return
    yield Check(SUBJECT, True, f"Spreadsheet {settings.spreadsheet} dapat dibaca dan disunting.")
    closed = successor(view.goes_on)
    if closed:
        yield Check(SUBJECT, False, closed.sentence)
    if view.filling:
        yield Check(SUBJECT, False, UNFINISHED.format(settings.spreadsheet))
    yield from _properties(structure, settings)
    for tab in settings.schema.tabs.all():
        yield from _headers(tab, view.staff.get(tab.title))
    for title in PROGRAM_TITLES:
        if title not in view.program and object_id(title) not in view.spoiled:
            yield Check(SUBJECT, False, _missing(title))
    for stray in found.strays if found else ():
        yield Check(SUBJECT, False, _typed(stray))


def successor(goes_on: str) -> Successor | None:
    """`goes_on` is the id of a spreadsheet, or ""."""
    return Successor(ADDRESS.format(goes_on), f'spreadsheet = "{goes_on}"') if goes_on else None


def _unchanged(structure: Structure) -> Request:
    """A change that changes nothing: only by one does Google tell an Editor from a Viewer."""
    properties = {"timeZone": structure.timezone}
    return {"updateSpreadsheetProperties": {"properties": properties, "fields": "timeZone"}}


def _clock(lead: float | None) -> Iterator[Check]:
    if lead is not None and abs(lead) > MOST_CLOCK_ERROR:
        direction = "lebih cepat" if lead > 0 else "lebih lambat"
        yield Check(
            SUBJECT,
            False,
            f"Jam komputer ini {abs(lead) / 60:.0f} menit {direction} daripada jam Google; "
            "samakan dengan waktu internet (NTP).",
        )


def _properties(structure: Structure, settings: GoogleSettings) -> Iterator[Check]:
    if structure.timezone != settings.timezone:
        yield Check(
            SUBJECT,
            False,
            f"Zona waktu spreadsheet {structure.timezone}, bukan {settings.timezone}; {MENU}.",
        )
    if not same_locale(structure.locale, settings.locale):
        yield Check(
            SUBJECT,
            False,
            f"Lokal spreadsheet {structure.locale}, bukan {settings.locale}; {MENU}.",
        )


def _headers(tab: StaffTab, cells: Cells | None) -> Iterator[Check]:
    if cells is None:
        yield Check(SUBJECT, False, _missing(tab.title))
        return
    headers = [column.header for column in tab.columns]
    places = find_headers(headers, cells.values).places
    missing = [header for header, found in zip(headers, places, strict=True) if not found]
    if missing:
        yield Check(
            SUBJECT,
            False,
            f"Tab {tab.title} tidak memiliki tajuk {', '.join(missing)}; jalankan "
            "`python -m automation setup` untuk menambahkannya.",
        )


def _typed(stray: Stray) -> str:
    return (
        f"Tab {stray.tab}: kolom {stray.header}, yang ditulis program, terganggu isian di "
        f"{stray.cells}; {ADVICE[stray.kind]}."
    )


def _missing(title: str) -> str:
    return f"Tab {title} tidak ada; jalankan `python -m automation setup` untuk membuatnya."
