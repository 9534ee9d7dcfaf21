"""Google Sheets as the register: staff's tabs and the program's in one spreadsheet."""

from automation.workbooks.google.settings import GoogleSettings
from automation.workbooks.google.workbook import GoogleWorkbook

__all__ = ["GoogleSettings", "GoogleWorkbook"]
