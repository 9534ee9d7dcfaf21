"""The tabs that staff fill in, drawn from the schema: headers, drop-downs, colours.

Drop-downs and dates warn and never refuse: staff must be able to work, and what they leave behind
is checked afterwards.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from automation.core.drawing import (
    Area,
    Choice,
    Column,
    Condition,
    Moment,
    Sheet,
    Table,
    Value,
    cell_name,
    column_letter,
)
from automation.core.schema import ColumnFact, ColumnType, Schema, Tab

ROOM = 3000  # empty rows that are ready for staff
WIDE = 30  # characters from which on a text is long enough to be wrapped
TAB_COLOR = "B7791F"
LOOKS: Mapping[ColumnType, str] = {
    "text": "plain",
    "choice": "text",
    "person": "text",
    "datetime": "datetime",
    "moment": "datetime",
    "until": "datetime",
    "date": "date",
    "time": "time",
}
HINTS: Mapping[ColumnType, str] = {
    "datetime": "Tanggal dan jam, contoh 23/11/2026 08.15.",
    "moment": "Tanggal dan jam, contoh 23/11/2026 08.15. Jam boleh dikosongkan.",
    "until": "Tanggal dan jam, contoh 23/11/2026 08.15. Jam boleh dikosongkan.",
    "date": "Tanggal, contoh 23/11/2026.",
    "time": "Jam, contoh 08.15.",
}
PICK = "Isian ini tidak ada dalam daftar. Sebaiknya pilih salah satu dari daftar."
PICK_PERSON = (
    "Nama ini belum ada pada tab {title}. Sebaiknya pilih dari daftar atau tambahkan di sana."
)
LEGEND = (
    "Warna sel: biru = langkah berikutnya, kuning = langkah terlewati, merah = waktu tidak urut."
)

Rows = Sequence[Sequence[Value]]


def staff_sheets(
    schema: Schema, rows: Mapping[str, Rows] = MappingProxyType({})
) -> tuple[Sheet, ...]:
    """The staff's four tabs, ready to be filled in.

    `rows` by tab title, in the schema's order of columns, stand in them already. A row may be
    shorter than its tab is wide.
    """
    return tuple(
        _sheet(tab, schema, rows.get(tab.title, ()), len(rows.get(schema.tabs.staff.title, ())))
        for tab in schema.tabs.all()
    )


def _sheet(tab: Tab, schema: Schema, rows: Rows, staff: int) -> Sheet:
    bottom = len(rows) + ROOM
    is_register = tab is schema.tabs.cases
    return Sheet(
        title=tab.title,
        tables=[
            Table([_column(field, place, tab, rows) for place, field in enumerate(tab.columns)])
        ],
        frozen_rows=1,
        frozen_columns=1 if is_register else 0,
        filtered=is_register,
        conditions=list(_conditions(schema, bottom)) if is_register else (),
        choices=list(_choices(tab, schema, bottom, staff)),
        moments=list(_moments(tab, bottom)),
        room=ROOM,
        color=TAB_COLOR,
    )


def _column(field: ColumnFact, place: int, tab: Tab, rows: Rows) -> Column:
    values = [row[place] if place < len(row) else None for row in rows]
    look = LOOKS[field.type]
    if look == "plain" and field.width >= WIDE:
        look = "plain_wrap"
    purpose = tab.purpose if place == 0 else ""
    required = "Wajib diisi." if field.required else ""
    legend = LEGEND if field.type == "datetime" else ""
    note = "\n".join(filter(None, (purpose, field.note, required, legend)))
    return Column(field.header, values, look, field.width, note)


def _choices(tab: Tab, schema: Schema, bottom: int, staff: int) -> Iterator[Choice]:
    for place, field in enumerate(tab.columns):
        area = Area(1, place, bottom, place)
        if field.choices_from == "staff":
            hint = PICK_PERSON.format(title=schema.tabs.staff.title)
            yield Choice(area, source=_staff_names(schema.tabs.staff, staff), hint=hint)
        elif words := schema.choices(field):
            yield Choice(area, words, hint=PICK)


def _staff_names(tab: Tab, staff: int) -> str:
    letter = column_letter(_place(tab, "name"))
    title = tab.title.replace("'", "''")
    return f"'{title}'!${letter}$2:${letter}${staff + ROOM + 1}"


def _moments(tab: Tab, bottom: int) -> Iterator[Moment]:
    for place, field in enumerate(tab.columns):
        area = Area(1, place, bottom, place)
        match field.type:
            case "datetime" | "moment" | "until":
                yield Moment(area, "datetime", HINTS[field.type])
            case "date" | "time":
                yield Moment(area, field.type, HINTS[field.type])


def _conditions(schema: Schema, bottom: int) -> Iterator[Condition]:
    """Colours of the step columns, in the order in which they win.

    Each cell is named by its own column, so that columns can be moved and others put in between.
    """
    tab = schema.tabs.cases
    number, received = _cell(tab, "number"), _cell(tab, "received")
    steps = [_cell(tab, step.key) for step in schema.sop.steps]
    begun = [number, received]  # one of these filled makes it the turn of the next required step
    for at, (step, cell) in enumerate(zip(schema.sop.steps, steps, strict=True)):
        place = _place(tab, step.key)
        area = Area(1, place, bottom, place)
        earlier, later = steps[:at], steps[at + 1 :]
        latest = f"MAX({','.join(map(_moment, [received, *earlier]))})"
        yield Condition(area, f"AND({_moment(cell)}>0,{_moment(cell)}<{latest})", "bad")
        if step.optional:
            begun.append(cell)
            continue
        if later:
            yield Condition(area, f"AND({_empty(cell)},{_filled(*later)})", "warn")
        open_yet = [f"TRIM({_cell(tab, 'decision')})<>{word}" for word in _closing_words(schema)]
        terms = [_filled(*begun), _empty(cell, *later), *open_yet]
        yield Condition(area, f"AND({','.join(terms)})", "turn")
        begun = [cell]


def _moment(cell: str) -> str:
    """Its serial number; 0 where it holds none. Where typed moments may stay text, the workbook's
    edge reads them."""
    return f"N({cell})"


def _closing_words(schema: Schema) -> list[str]:
    """Decisions that close a case at once, as a formula writes them."""
    words = [each.name for each in schema.sop.decisions if each.closes == "at_once"]
    return ['"' + word.replace('"', '""').replace(",", '"&CHAR(44)&"') + '"' for word in words]


def _empty(*cells: str) -> str:
    """All of them; blanks typed with the space bar are nothing."""
    return f'TRIM({"&".join(cells)})=""'


def _filled(*cells: str) -> str:
    """At least one of them."""
    return f'TRIM({"&".join(cells)})<>""'


def _cell(tab: Tab, key: str) -> str:
    """The first row's cell of a column, the column held fast: "$B2"."""
    return "$" + cell_name(1, _place(tab, key))


def _place(tab: Tab, key: str) -> int:
    return [field.key for field in tab.columns].index(key)
