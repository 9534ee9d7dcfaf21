"""The workbook as a file of Excel's."""
