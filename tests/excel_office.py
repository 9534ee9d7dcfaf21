"""Excel workbooks for tests: a register and a summary in a folder."""

from pathlib import Path
from typing import Any

from automation.core.drawing import Column, Sheet, Table, Value
from automation.settings import Settings, load_schema
from automation.workbooks.excel.workbook import ExcelWorkbook

SCHEMA = load_schema(Settings())
TITLES = [tab.title for tab in SCHEMA.tabs.all()]


def excel(folder: Path) -> ExcelWorkbook:
    return ExcelWorkbook(folder / "register.xlsx", folder / "ringkasan.xlsx", TITLES)


def sheet(*values: Value, **more: Any) -> Sheet:
    """A tab with one column."""
    return Sheet("Ringkasan", [Table([Column("Kolom", values)])], **more)
