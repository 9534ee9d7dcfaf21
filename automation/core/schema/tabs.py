"""The tabs that staff fill in, and their columns: which the program needs, and of what type."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import chain
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from automation.core.schema.fact import Fact, FactError, Faulty, Line, Text, Tuple, refuse, unique
from automation.core.schema.sop import Sop, Step
from automation.core.words.texts import header_name
from automation.core.words.titles import RESERVED_TITLES
from automation.core.words.ways import EMAIL

STEPS_KEY = "steps"  # the column that stands for all step columns

ColumnType = Literal["text", "choice", "person", "datetime", "moment", "until", "date", "time"]


TEXTS: tuple[ColumnType, ...] = ("text", "choice", "person")
INSTANTS: tuple[ColumnType, ...] = ("moment", "datetime", "date")
ENDS: tuple[ColumnType, ...] = ("until", "moment", "datetime")
DATE: tuple[ColumnType, ...] = ("date",)
TIME: tuple[ColumnType, ...] = ("time",)

# What the program reads, by tab and column key: the types that it can be (the first where the
# office leaves the column out), and for the others which one they need beside them.
READ: Mapping[str, Mapping[str, tuple[ColumnType, ...]]] = {
    "cases": {
        "number": ("text",),
        "received": INSTANTS,
        "channel": TEXTS,
        "kind": TEXTS,
        "applicant": TEXTS,
        "contact": TEXTS,
        "subject": TEXTS,
        "disposition": ("person", "text"),
        "decision": TEXTS,
        "remarks": TEXTS,
    },
    "staff": {
        "name": ("text",),
        "role": ("choice", "text"),
        "email": ("text",),
        "active": ("choice", "text"),
        "substitute": ("person", "text"),
        "leave_start": DATE,
        "leave_end": DATE,
    },
    "closures": {
        "start": DATE,
        "end": DATE,
        "remarks": TEXTS,
        "opens": TIME,
        "closes": TIME,
        "break_start": TIME,
        "break_end": TIME,
    },
    "pauses": {"number": ("text",), "start": INSTANTS, "end": ENDS, "reason": TEXTS},
}
# Without these no case can be measured, nobody reached, no pause or closure placed.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "cases": ("number", "received"),
    "staff": ("name", "role", "email"),
    "closures": ("start",),
    "pauses": ("number", "start", "end"),
}
# One of these says nothing, or something else, without the other.
TOGETHER = (("leave_start", "leave_end"), ("opens", "closes"), ("break_start", "break_end"))
OPENING, BREAK = "opens", "break_start"  # a break lies within opening hours
FROM_SOP = {"kind": "kinds", "decision": "decisions", "role": "roles"}  # what the program compares

RESERVED = ("row", "index")  # columns that the tables of the core have beside the office's
STEP_KEY = "step_"
ALIKE = 0.75  # of a key to one that is missing, from which on it is taken for a slip
LONGEST_TITLE = 31  # of a tab, as Excel has it; so are the signs
NOT_IN_TITLES = "[]:*?/\\"
LONGEST_HEADER = 100
WIDEST = 255  # characters, as Excel has it


def _title(text: str) -> str:
    if len(text) > LONGEST_TITLE:
        raise ValueError(f"judul tab paling panjang {LONGEST_TITLE} huruf")
    if set(text) & set(NOT_IN_TITLES) or text.startswith("'") or text.endswith("'"):
        raise ValueError(f"judul tab tidak boleh memuat {NOT_IN_TITLES} atau diapit tanda petik")
    if header_name(text) in map(header_name, (*RESERVED_TITLES, "History")):
        raise ValueError("judul ini sudah dipakai program atau Excel; pilih judul lain")
    return text


def _header(text: str) -> str:
    if len(text) > LONGEST_HEADER or '"' in text:
        raise ValueError(f'tajuk paling panjang {LONGEST_HEADER} huruf, tanpa tanda "')
    return text


Title = Annotated[Line, AfterValidator(_title)]
Header = Annotated[Line, AfterValidator(_header)]


class ColumnFact(Fact):
    key: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    header: Header
    type: ColumnType
    required: bool = False
    essential: bool = False
    choices: tuple[Line, ...] = Tuple
    choices_from: Literal["", "channels", "kinds", "decisions", "roles", "staff"] = ""
    way: str = ""
    width: int = Field(default=16, gt=0, le=WIDEST)
    note: Text = ""

    @model_validator(mode="after")
    def _choices_have_words(self) -> Self:
        if self.choices and self.choices_from:
            raise FactError([("choices", "isi choices atau choices_from, bukan keduanya")])
        if self.type == "choice" and not (self.choices or self.choices_from):
            raise FactError([("choices", 'type = "choice" memerlukan choices atau choices_from')])
        return self


class Tab(Fact):
    title: Title
    purpose: Text
    columns: tuple[ColumnFact, ...] = Field(min_length=1, strict=False)

    @model_validator(mode="after")
    def _headers_differ(self) -> Self:
        headers = [header_name(column.header) for column in self.columns]
        keys = [column.key for column in self.columns]
        refuse(chain(unique("columns.key", keys), unique("columns.header", headers)))
        return self

    @property
    def ways(self) -> Mapping[str, str]:
        """By which column people are reached, by the key of it the kind of way; the preferred one
        first. `email` needs not say so."""
        own = {"email": EMAIL}
        ways = {each.key: each.way or own.get(each.key, "") for each in self.columns}
        return {key: kind for key, kind in ways.items() if kind}

    def column(self, key: str) -> ColumnFact:
        return next(column for column in self.columns if column.key == key)


class Tabs(Fact):
    cases: Tab
    staff: Tab
    closures: Tab
    pauses: Tab

    @model_validator(mode="after")
    def _hold_what_the_program_reads(self) -> Self:
        titles = [header_name(tab.title) for tab in self.all()]
        refuse(chain(unique("title", titles), *map(self._faults, READ)))
        return self

    def _faults(self, name: str) -> Faulty:
        columns = {column.key: column for column in getattr(self, name).columns}
        absent = [key for key in READ[name] if key not in columns]
        for key in NEEDED[name]:
            if key in absent:
                yield f"{name}.columns", f"program memerlukan kolom {key}"
        for one, other in TOGETHER:
            if (one in columns) != (other in columns) and one in READ[name]:
                yield f"{name}.columns", f"{one} dan {other} ada keduanya atau tidak satu pun"
        if BREAK in columns and OPENING not in columns:
            yield f"{name}.columns", f"{BREAK} memerlukan {OPENING}"
        for place, column in enumerate(columns.values(), start=1):
            at = f'{name}.columns[{place}] "{column.key}"'
            yield from _use_faults(at, column, READ[name], absent)
            if column.way and (name != "staff" or column.type != "text"):
                yield f"{at}.way", 'hanya untuk kolom [staff] dengan type = "text"'

    def all(self) -> tuple[Tab, ...]:
        return self.cases, self.staff, self.closures, self.pauses


def _use_faults(
    at: str, column: ColumnFact, read: Mapping[str, tuple[ColumnType, ...]], absent: Sequence[str]
) -> Faulty:
    """What speaks against a column as the program would read it."""
    if column.key in RESERVED:
        yield f"{at}.key", "kunci ini dipakai program sendiri; pilih kunci lain"
    if column.key.startswith(STEP_KEY) and column.type != "datetime":
        yield f"{at}.type", 'isi dengan "datetime"'
    if column.key not in read:
        meant = get_close_matches(column.key, absent, n=1, cutoff=ALIKE)
        if meant:
            yield f"{at}.key", f"tidak dikenal; apakah maksud Anda {meant[0]}?"
    elif column.type not in read[column.key]:
        yield f"{at}.type", f"isi dengan {' atau '.join(read[column.key])}"
    source = FROM_SOP.get(column.key)
    if source and column.key in read and column.type == "choice" and column.choices_from != source:
        yield f"{at}.choices_from", f'isi dengan "{source}"'


def left_out(name: str, tab: Tab) -> list[ColumnFact]:
    """The columns that the program reads and this office does without: they are always empty."""
    held = {column.key for column in tab.columns}
    return [
        ColumnFact.model_construct(key=key, header="", type=types[0], choices=(), choices_from="")
        for key, types in READ[name].items()
        if key not in held
    ]


def for_sop(tabs: Mapping[str, Any], sop: Sop | None) -> dict[str, Any]:
    """The tabs in the words of the SOP: its steps' columns in place of the column "steps", and for
    {number} and {kinds} in notes and purpose of the cases its own; none of it without an SOP."""
    cases = tabs.get("cases")
    if not isinstance(cases, dict) or not isinstance(cases.get("columns"), list):
        return dict(tabs)
    columns: list[Any] = []
    for column in cases["columns"]:
        is_place = isinstance(column, dict) and column.get("key") == STEPS_KEY
        steps = map(_step_column, sop.steps if sop else ())
        columns.extend(steps if is_place else [_in_words(column, "note", sop)])
    return {**tabs, "cases": {**_in_words(cases, "purpose", sop), "columns": columns}}


def _in_words(table: Any, key: str, sop: Sop | None) -> Any:
    if sop is None or not isinstance(table, dict) or not isinstance(table.get(key), str):
        return table
    kinds = " atau ".join(kind.name for kind in sop.kinds) or "berkas"
    text = table[key].replace("{number}", sop.case_number.example).replace("{kinds}", kinds)
    return {**table, key: text}


def _step_column(step: Step) -> dict[str, Any]:
    initials = f"\nParaf: {', '.join(step.initials)}." if step.initials else ""
    needed = "Tidak wajib: kosongkan bila tidak diperlukan.\n" if step.optional else ""
    note = (
        f"{step.activity}.\nPemegang: {step.role}"
        f"{'' if step.role_confirmed else ' (belum dikonfirmasi)'}.{initials}\n"
        f"Mutu baku: {step.standard_minutes} menit kerja.\n{needed}"
        "Isi tanggal dan jam selesai, contoh 23/11/2026 08.15."
    )
    return {
        "key": step.key,
        "header": step.header,
        "type": "datetime",
        "essential": True,
        "width": 17,
        "note": note,
    }
