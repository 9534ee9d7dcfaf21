"""How tall the rows of a tab are to be, in pixels."""

from automation.core.drawing import Sheet, header_height


def row_heights(sheet: Sheet) -> dict[int, int]:
    """Row -> pixels, where the drawing says so."""
    headers = {
        table.row: header_height(table.columns, sheet.widths, table.column)
        for table in sheet.tables
    }
    return {row: tall(points) for row, points in (headers | dict(sheet.heights)).items()}


def tall(points: int) -> int:
    """Points as pixels: 96 of these are 72 of those."""
    return points * 4 // 3
