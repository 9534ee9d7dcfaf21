"""What a spreadsheet is made of beside its cells, as spreadsheets.get tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from automation.core.words.texts import header_name

FIELDS = (
    "spreadsheetId,properties(timeZone,locale,autoRecalc),"
    "sheets(properties(sheetId,title,gridProperties),conditionalFormats,"
    "protectedRanges(protectedRangeId),basicFilter(range),charts(chartId))"
)
# Names that Sheets has kept from the time before a language's code was changed.
OLD_LOCALES = {"id_ID": "in_ID"}


@dataclass(frozen=True)
class Tab:
    """A tab and the objects on it."""

    sheet_id: int
    title: str
    rows: int
    columns: int
    rules: tuple[Mapping[str, Any], ...]  # ConditionalFormatRule
    protections: frozenset[int]  # protectedRangeId
    charts: frozenset[int]  # chartId
    filtered: bool


@dataclass(frozen=True)
class Structure:
    """A spreadsheet's properties and tabs, in their order."""

    timezone: str
    locale: str
    recalculation: str  # RecalculationInterval
    tabs: tuple[Tab, ...]

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

    def titled(self, title: str) -> Tab | None:
        """The tab of that title; blanks and case do not count, as the core has it."""
        wanted = header_name(title)
        return next((tab for tab in self.tabs if header_name(tab.title) == wanted), None)

    def with_id(self, sheet_id: int) -> Tab | None:
        return next((tab for tab in self.tabs if tab.sheet_id == sheet_id), None)


def _tab(sheet: Mapping[str, Any]) -> Tab:
    properties = sheet["properties"]
    grid = properties.get("gridProperties", {})
    return Tab(
        sheet_id=properties.get("sheetId", 0),
        title=properties.get("title", ""),
        rows=grid.get("rowCount", 0),
        columns=grid.get("columnCount", 0),
        rules=tuple(sheet.get("conditionalFormats", ())),
        protections=frozenset(
            each.get("protectedRangeId", 0) for each in sheet.get("protectedRanges", ())
        ),
        charts=frozenset(each.get("chartId", 0) for each in sheet.get("charts", ())),
        filtered="basicFilter" in sheet,
    )


def same_locale(one: str, other: str) -> bool:
    """Whether two names mean one locale."""
    return one in (other, OLD_LOCALES.get(other))
