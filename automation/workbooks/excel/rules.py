"""What a `Sheet` lets cells show and take: conditional formats, drop-downs, dates and times."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from automation.core.drawing import LOOKS, Area, Choice, Condition, Moment, column_letter
from automation.core.words.titles import LIST_TAB
from automation.workbooks.excel.cells import Styles

LONGEST_LIST = 255  # characters that Excel lets an inline list have, commas included
LONGEST_HINT = 255
FIRST_DAY = datetime(2000, 1, 1)
DAY_START, DAY_END = time(0, 0), time(23, 59, 59)
NOT_IN_LIST = "Isian ini tidak ada dalam daftar pilihan."
NOT_A_MOMENT = "Isian ini tidak dikenali sebagai tanggal atau jam."


class WordLists:
    """Lists too long for their rule, side by side on a hidden tab; equal lists are kept once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._sources: dict[tuple[str, ...], str] = {}
        self._tab: Worksheet | None = None

    def source(self, words: Sequence[str]) -> list[str] | str:
        """`words` as XlsxWriter takes the source of a list."""
        if len(",".join(words)) <= LONGEST_LIST and not any("," in word for word in words):
            return list(words)
        if tuple(words) not in self._sources:
            self._sources[tuple(words)] = self._kept(words)
        return self._sources[tuple(words)]

    def _kept(self, words: Sequence[str]) -> str:
        if self._tab is None:
            self._tab = self._workbook.add_worksheet(LIST_TAB)
            self._tab.hide()
        column = len(self._sources)
        for row, word in enumerate(words):
            self._tab.write_string(row, column, word)
        letter = column_letter(column)
        return f"='{LIST_TAB}'!${letter}$1:${letter}${len(words)}"


def add_condition(worksheet: Worksheet, condition: Condition, styles: Styles) -> None:
    worksheet.conditional_format(
        *_corners(condition.area),
        {
            "type": "formula",
            "criteria": f"={condition.formula}",
            "format": styles.of(LOOKS[condition.look]),
        },
    )


def add_choice(worksheet: Worksheet, choice: Choice, lists: WordLists) -> None:
    source = lists.source(choice.words) if choice.words else f"={choice.source}"
    worksheet.data_validation(
        *_corners(choice.area),
        {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            **_refusal(choice.hint or NOT_IN_LIST),
        },
    )


def add_moment(worksheet: Worksheet, moment: Moment) -> None:
    """Other text is only warned about: a date may be typed in words."""
    worksheet.data_validation(
        *_corners(moment.area),
        {
            **_range(moment),
            "error_type": "warning",
            "input_message": moment.hint[:LONGEST_HINT],
            **_refusal(moment.hint or NOT_A_MOMENT),
        },
    )


def _range(moment: Moment) -> dict[str, Any]:
    if moment.kind == "time":
        between = {"minimum": DAY_START, "maximum": DAY_END}
        return {"validate": "time", "criteria": "between", **between}
    return {"validate": "date", "criteria": ">=", "value": FIRST_DAY}


def _refusal(hint: str) -> dict[str, str]:
    return {"error_title": "Periksa isian", "error_message": hint[:LONGEST_HINT]}


def _corners(area: Area) -> tuple[int, int, int, int]:
    return area.top, area.left, area.bottom, area.right
