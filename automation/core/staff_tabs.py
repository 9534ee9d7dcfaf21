"""The tabs that staff fill in, drawn from the schema: headers, drop-downs, colours."""

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
from automation.core.schema import Column as Field
from automation.core.schema import ColumnType, Schema, Tab

ROOM = 3000  # empty rows that are ready for staff
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

Rows = Sequence[Sequence[Value]]


def staff_sheets(
    schema: Schema, rows: Mapping[str, Rows] = MappingProxyType({})
) -> tuple[Sheet, ...]:
    """The staff's tabs; `rows` (by tab title, in the schema's order of columns) stand in them."""
    return tuple(_sheet(tab, schema, rows.get(tab.title, ())) for tab in schema.tabs.all())


def _sheet(tab: Tab, schema: Schema, rows: Rows) -> Sheet:
    bottom = len(rows) + ROOM
    is_register = tab is schema.tabs.cases
    return Sheet(
        title=tab.title,
        tables=[Table([_column(field, rows, place) for place, field in enumerate(tab.columns)])],
        frozen_rows=1,
        frozen_columns=1 if is_register else 0,
        conditions=list(_conditions(tab, schema, bottom)) if is_register else (),
        choices=list(_choices(tab, schema, bottom)),
        moments=list(_moments(tab, bottom)),
        room=ROOM,
        color=TAB_COLOR,
    )


def _column(field: Field, rows: Rows, place: int) -> Column:
    values = [row[place] if place < len(row) else None for row in rows]
    return Column(field.header, values, LOOKS[field.type], field.width, field.note)


def _choices(tab: Tab, schema: Schema, bottom: int) -> Iterator[Choice]:
    """The program knows the SOP's words only; a name may stand here before it is in Petugas."""
    for place, field in enumerate(tab.columns):
        area = Area(1, place, bottom, place)
        if field.choices_from == "staff":
            yield Choice(area, source=_staff_names(schema.tabs.staff), hint=field.note)
        elif words := schema.choices(field):
            yield Choice(area, words, strict=True, hint=field.note)


def _staff_names(staff: Tab) -> str:
    letter = column_letter(_place(staff, "name"))
    title = staff.title if staff.title.isidentifier() else "'" + staff.title + "'"
    return f"{title}!${letter}$2:${letter}${ROOM + 1}"


def _moments(tab: Tab, bottom: int) -> Iterator[Moment]:
    for place, field in enumerate(tab.columns):
        area = Area(1, place, bottom, place)
        match field.type:
            case "datetime" | "moment" | "until":
                yield Moment(area, "datetime", field.note)
            case "date" | "time":
                yield Moment(area, field.type, field.note)


def _conditions(tab: Tab, schema: Schema, bottom: int) -> Iterator[Condition]:
    """Colours of the step columns, in the order in which they win."""
    received, decision = _place(tab, "received"), _place(tab, "decision")
    places = [_place(tab, step.key) for step in schema.sop.steps]
    for before, place in enumerate(places):
        area = Area(1, place, bottom, place)
        cell, earlier, later = _cell(place), places[:before], places[before + 1 :]
        stamps = ",".join(map(_cell, [received, *earlier]))
        yield Condition(area, f"AND(ISNUMBER({cell}),{cell}<MAX({stamps}))", "bad")
        if later:
            yield Condition(area, f"AND({_blank(place)},{_any_filled(later)})", "warn")
        last = earlier[-1] if earlier else received
        waits = [_blank(place), f"NOT({_blank(last)})"]
        waits += [f"NOT({_any_filled(later)})"] if later else []
        waits += [f'TRIM({_cell(decision)})<>"{word}"' for word in _closing_words(schema)]
        yield Condition(area, f"AND({','.join(waits)})", "next")


def _closing_words(schema: Schema) -> list[str]:
    """Decisions that close a case at once, ready to stand in a formula."""
    words = [each.name for each in schema.sop.decisions if each.closes == "at_once"]
    return [word.replace('"', '""') for word in words if "," not in word]


def _blank(place: int) -> str:
    return f"LEN(TRIM({_cell(place)}))=0"


def _any_filled(places: Sequence[int]) -> str:
    return f"LEN(TRIM({'&'.join(map(_cell, places))}))>0"


def _cell(place: int) -> str:
    """The first data row's cell of a column, the column held fast."""
    return "$" + cell_name(1, place)


def _place(tab: Tab, key: str) -> int:
    return [field.key for field in tab.columns].index(key)
