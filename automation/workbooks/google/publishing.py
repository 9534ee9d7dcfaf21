"""The program's tabs as batchUpdate calls: only what changed, in an order that misleads nobody.

Everything that fits goes in one call, which Sheets applies as a whole. What does not fit is divided
so that `Ringkasan` with its time stamp comes last and whole: until then it tells of the state
before, and never counts cases that the lists below it do not show yet.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from automation.core.drawing import Sheet
from automation.core.words.titles import PROGRAM_TITLES
from automation.workbooks.google.drawing.protection import protect_tab
from automation.workbooks.google.drawing.shapes import object_id
from automation.workbooks.google.program_tabs.difference import cell_requests, height_requests
from automation.workbooks.google.program_tabs.layout import (
    Layout,
    chart_requests,
    layout,
    rule_requests,
)
from automation.workbooks.google.program_tabs.memory import Memory, fingerprint
from automation.workbooks.google.program_tabs.page import Page, page
from automation.workbooks.google.program_tabs.shifting import Shifted, shifted
from automation.workbooks.google.reading import ProgramTab, View
from automation.workbooks.google.wire.client import compact
from automation.workbooks.google.wire.connection import NOTHING, Request

LARGEST_CALL = 2_000_000  # bytes, as Google recommends
# What cannot be repeated when its answer was lost: it would fail, or happen twice.
NOT_REPEATABLE = frozenset(
    {
        "addSheet",
        "addProtectedRange",
        "deleteProtectedRange",
        "addConditionalFormatRule",
        "deleteConditionalFormatRule",
        "addChart",
        "deleteEmbeddedObject",
        "deleteSheet",
        "insertDimension",
        "deleteDimension",
        "createDeveloperMetadata",
    }
)

Piece = list[Request]  # what must not be divided


def publication(
    sheets: Sequence[Sheet], view: View, editor: str | None, day: date
) -> list[list[Request]]:
    """What makes the program's tabs look like `sheets`, call by call; nothing where they do.

    New tabs come first, then what each tab needs, the summary last and in one piece. `editor` is
    the e-mail address that may edit them, None where there is no login. The first publication of a
    `day` lays everything out anew, since no read of values tells whether widths, formats or charts
    were changed.
    """
    pages = [page(sheet, view.staff_ids) for sheet in sheets]
    pieces = creation([sheet.title for sheet in sheets], view, editor)
    summary: Piece = []
    for each in pages:
        changed = _change(each, view, day)
        if each.sheet.title == PROGRAM_TITLES[0]:
            summary = [request for piece in changed for request in piece]
        else:
            pieces += changed
    return calls([*pieces, summary])


def creation(titles: Sequence[str], view: View, editor: str | None) -> list[Piece]:
    """The tabs that are missing, and the protection of those that lack it."""
    created = [list(_create(title, view, editor)) for title in titles]
    return [list(_rename(view.foreign)), *created]


def _rename(foreign: Mapping[int, str]) -> Iterator[Request]:
    """Makes way, whoever's tab it is that bears a title that the program needs."""
    for sheet_id, title in foreign.items():
        properties = {"sheetId": sheet_id, "title": set_aside(sheet_id, title)}
        yield {"updateSheetProperties": {"properties": properties, "fields": "title"}}


def set_aside(sheet_id: int, title: str) -> str:
    """The title that somebody's tab gets whose own the program needs."""
    return f"{title} (lama {sheet_id})"


def _create(title: str, view: View, editor: str | None) -> Iterator[Request]:
    tab = view.program.get(title)
    if object_id(title) in view.spoiled:
        yield {"deleteSheet": {"sheetId": object_id(title)}}
    if tab is None:
        properties = {"sheetId": object_id(title), "title": title}
        yield {"addSheet": {"properties": properties}}
    if tab is None or not tab.protected:
        yield protect_tab(title, editor)


def _change(each: Page, view: View, day: date) -> list[Piece]:
    """Rows that moved, the layout together with the note that it is there, heights and cells."""
    tab = view.program.get(each.sheet.title)
    drawn = layout(each)
    mark = fingerprint([*drawn.formats, *drawn.rules, *drawn.charts])
    memory = Memory(
        layout=mark,
        day=day.isoformat(),
        rows=len(each.rows),
        columns=each.width,
        rules=len(drawn.rules),
        charts=len(drawn.charts),
        staff_ids=view.staff_ids,
        look_ups=view.look_ups or (),
        barred=view.barred,
    )
    before = tab.cells if tab else NOTHING
    laid = tab.laid if tab and tab.laid and tab.laid.day == memory.day else None
    moved = shifted(each, before) if tab and tab.laid else Shifted((), before.values)
    pieces: list[Piece] = [list(moved.requests)]
    anew = laid is None or laid.layout != mark
    if anew:
        note = memory.request(each.sheet_id, each.hidden_column)
        pieces.append([*_lay_out(each, drawn, tab), note])
    noted = moved.rows if laid and laid.columns == each.width else ()
    heights = height_requests(each, noted)
    cells = cell_requests(each.noting(memory.text()), moved.rows, unlinked=anew)
    return [*pieces, *([request] for request in (*heights, *cells))]


def _lay_out(each: Page, drawn: Layout, tab: ProgramTab | None) -> Iterator[Request]:
    yield from drawn.formats
    yield from rule_requests(each.sheet_id, drawn.rules, tab.rules if tab else 0)
    yield from chart_requests(drawn.charts, tab.charts if tab else frozenset())


def calls(pieces: Sequence[Piece]) -> list[list[Request]]:
    """The pieces in their order, in calls of at most `LARGEST_CALL`."""
    found: list[list[Request]] = []
    room = 0
    for piece in filter(None, pieces):
        size = sum(len(compact(request)) + 1 for request in piece)
        if size > room:
            found.append([])
            room = LARGEST_CALL - len('{"requests":[]}')
        found[-1] += piece
        room -= size
    return found


def is_repeatable(call: Sequence[Request]) -> bool:
    """Whether applying it twice is the same as applying it once."""
    return not any(NOT_REPEATABLE & request.keys() for request in call)
