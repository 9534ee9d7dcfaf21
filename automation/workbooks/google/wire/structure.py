"""What a spreadsheet is made of beside its cells, as spreadsheets.get tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from automation.core.words.texts import header_name

FIELDS = (
    "spreadsheetId,properties(timeZone,locale,autoRecalc),"
    "sheets(properties(sheetId,title,gridProperties),conditionalFormats,"
    "protectedRanges(protectedRangeId,range,description),basicFilter(range),charts(chartId),"
    "tables(range,columnProperties(columnIndex,columnType)))"
)
UNTYPED = "COLUMN_TYPE_UNSPECIFIED"
# Sheets may have kept the name from the time before a language's code was changed.
OTHER_NAMES = {"id_ID": "in_ID", "in_ID": "id_ID"}


@dataclass(frozen=True)
class StaffTable:
    """Cells that somebody converted to a table: first row and columns, all from 0.

    It has its own filter; its headers are text, and a column with a type its own list and format.
    """

    top: int
    left: int
    right: int  # the column behind it
    typed: frozenset[int]  # columns of the tab


@dataclass(frozen=True)
class Protection:
    """Cells that not everybody may edit, or that are asked about."""

    description: str
    whole: bool  # all of the tab


@dataclass(frozen=True)
class ExistingTab:
    """A tab and the objects on it."""

    sheet_id: int
    title: str
    rows: int
    columns: int
    rules: tuple[Mapping[str, Any], ...]  # ConditionalFormatRule
    protections: Mapping[int, Protection]  # by protectedRangeId
    charts: frozenset[int]  # chartId
    filtered: bool
    tables: tuple[StaffTable, ...]

    def heads_table(self, row: int, column: int) -> bool:
        """Whether a cell is a header of a table."""
        return any(table.top == row and table.left <= column < table.right for table in self.tables)

    def is_typed(self, column: int) -> bool:
        return any(column in table.typed for table in self.tables)


@dataclass(frozen=True)
class Structure:
    """A spreadsheet's properties and tabs, in their order."""

    timezone: str
    locale: str
    recalculation: str  # RecalculationInterval
    tabs: tuple[ExistingTab, ...]

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> "Structure":
        """https://developers.google.com/sheets/api/reference/rest/v4/spreadsheets"""
        properties = answer.get("properties", {})
        return cls(
            timezone=properties.get("timeZone", ""),
            locale=properties.get("locale", ""),
            recalculation=properties.get("autoRecalc", ""),
            tabs=tuple(_tab(sheet) for sheet in answer.get("sheets", ())),
        )

    def titled(self, title: str) -> ExistingTab | None:
        """The tab of that title; blanks and case do not count, as the core has it."""
        wanted = header_name(title)
        return next((tab for tab in self.tabs if header_name(tab.title) == wanted), None)

    def with_id(self, sheet_id: int) -> ExistingTab | None:
        return next((tab for tab in self.tabs if tab.sheet_id == sheet_id), None)


def _tab(sheet: Mapping[str, Any]) -> ExistingTab:
    properties = sheet["properties"]
    grid = properties.get("gridProperties", {})
    return ExistingTab(
        sheet_id=properties.get("sheetId", 0),
        title=properties.get("title", ""),
        rows=grid.get("rowCount", 0),
        columns=grid.get("columnCount", 0),
        rules=tuple(sheet.get("conditionalFormats", ())),
        protections={
            each.get("protectedRangeId", 0): _protection(each)
            for each in sheet.get("protectedRanges", ())
        },
        charts=frozenset(each.get("chartId", 0) for each in sheet.get("charts", ())),
        filtered="basicFilter" in sheet,
        tables=tuple(map(_table, sheet.get("tables", ()))),
    )


def _protection(protected: Mapping[str, Any]) -> Protection:
    whole = protected.get("range", {}).keys() <= {"sheetId"}
    return Protection(protected.get("description", ""), whole)


def _table(table: Mapping[str, Any]) -> StaffTable:
    """https://developers.google.com/workspace/sheets/api/guides/tables"""
    area = table.get("range", {})
    left = area.get("startColumnIndex", 0)
    typed = {
        left + column.get("columnIndex", 0)
        for column in table.get("columnProperties", ())
        if column.get("columnType", UNTYPED) != UNTYPED
    }
    right = area.get("endColumnIndex", left)
    return StaffTable(area.get("startRowIndex", 0), left, right, frozenset(typed))


def same_locale(one: str, other: str) -> bool:
    """Whether two names mean one locale."""
    return one in (other, OTHER_NAMES.get(other))
