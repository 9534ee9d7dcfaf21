"""The unmodified gspread works against the emulator, from creating a spreadsheet to deleting it."""

import gspread
import pytest
from gspread.utils import ValidationConditionType, ValueInputOption, ValueRenderOption

from tests.sheets_emulator import Emulator
from tests.sheets_emulator.clients import gspread_client


def test_spreadsheets_are_created_found_shared_and_deleted(emulator: Emulator) -> None:
    client = gspread_client(emulator.url)
    book = client.create("Register 'A'")
    client.create("Lain")
    assert [each.id for each in client.openall("Register 'A'")] == [book.id]
    assert client.open("Register 'A'").id == book.id
    assert book.get_lastUpdateTime().endswith("Z")
    book.share("staf@kantor.go.id", perm_type="user", role="writer")
    assert {each["role"] for each in book.list_permissions()} == {"owner", "writer"}
    book.remove_permissions("staf@kantor.go.id")
    client.del_spreadsheet(book.id)
    assert {each["name"] for each in client.list_spreadsheet_files()} == {"Lain"}
    with pytest.raises(gspread.SpreadsheetNotFound):
        client.open_by_key(book.id)


def test_a_denied_spreadsheet_is_a_permission_error(
    emulator: Emulator, book: gspread.Spreadsheet
) -> None:
    emulator.access.denied.add(book.id)
    with pytest.raises(PermissionError):
        gspread_client(emulator.url).open_by_key(book.id)


def test_tabs_are_added_renamed_ordered_and_hidden(
    emulator: Emulator, book: gspread.Spreadsheet
) -> None:
    second = book.add_worksheet("Dua", 10, 5)
    third = book.add_worksheet("Tiga", 10, 5, index=0)
    assert [each.title for each in book.worksheets()] == ["Tiga", "Sheet1", "Dua"]
    book.reorder_worksheets([second, third, book.worksheet("Sheet1")])
    assert [each.title for each in book.worksheets()] == ["Dua", "Tiga", "Sheet1"]
    second.update_title("It's")
    third.hide()
    second.update_tab_color("#FF0000")
    assert book.worksheet("It's").get_tab_color() == "#FF0000"
    assert [each.title for each in book.worksheets(exclude_hidden=True)] == ["It's", "Sheet1"]
    book.del_worksheet(third)
    second.resize(rows=20, cols=6)
    assert (second.row_count, second.col_count) == (20, 6)
    second.freeze(rows=1, cols=2)
    assert (second.frozen_row_count, second.frozen_col_count) == (1, 2)
    book.update_locale("in_ID")
    book.update_timezone("Asia/Jakarta")
    again = gspread_client(emulator.url).open_by_key(book.id)
    assert (again.locale, again.timezone) == ("in_ID", "Asia/Jakarta")


def test_cells_are_written_read_found_and_cleared(book: gspread.Spreadsheet) -> None:
    sheet = book.sheet1
    sheet.update([["No", "Nama"], [1, "Ani"], [2, "Budi"]], "A1")
    assert sheet.get_all_records() == [{"No": 1, "Nama": "Ani"}, {"No": 2, "Nama": "Budi"}]
    assert sheet.find("Budi").address == "B3"  # type: ignore[union-attr]
    sheet.append_row(["3", "=1+1"], value_input_option=ValueInputOption.user_entered)
    formula = ValueRenderOption.formula
    assert sheet.row_values(4, value_render_option=formula) == [3, "=1+1"]
    assert sheet.row_values(4) == ["3", "2"]
    sheet.batch_update([{"range": "A2", "values": [[9]]}, {"range": "B2", "values": [["Cici"]]}])
    assert sheet.batch_get(["A2:B2", "D1:E2"]) == [[["9", "Cici"]], []]
    sheet.insert_row([0, "Nol"], 2)
    sheet.delete_rows(3)
    assert sheet.col_values(2) == ["Nama", "Nol", "Budi", "2"]
    sheet.sort((2, "des"), range="A2:B3")
    assert sheet.col_values(2) == ["Nama", "Nol", "Budi", "2"]
    sheet.update_acell("C1", "x")
    sheet.batch_clear(["C1"])
    assert sheet.acell("C1").value is None
    sheet.clear()
    assert sheet.get_all_values() == [[]]


def test_cells_are_formatted_merged_noted_and_protected(book: gspread.Spreadsheet) -> None:
    sheet = book.sheet1
    sheet.format("A1:B1", {"textFormat": {"bold": True}})
    sheet.merge_cells("A1:B1")
    sheet.insert_note("A2", "catatan")
    assert sheet.get_note("A2") == "catatan"
    assert sheet.get_notes() == [["", ""], ["catatan"]]
    sheet.add_validation("C1:C9", ValidationConditionType.one_of_list, ["ya", "tidak"])
    sheet.add_protected_range("A1:B1", editor_users_emails=["staf@kantor.go.id"])
    protected = book.list_protected_ranges(sheet.id)[0]
    assert "staf@kantor.go.id" in protected["editors"]["users"]
    sheet.delete_protected_range(protected["protectedRangeId"])
    number = sheet.define_named_range("A1:B2", "Daftar")["replies"][0]["addNamedRange"]
    sheet.delete_named_range(number["namedRange"]["namedRangeId"])
    assert book.list_named_ranges() == []
    sheet.set_basic_filter("A1:C9")
    sheet.clear_basic_filter()
    sheet.hide_columns(1, 2)
    sheet.columns_auto_resize(0, 3)
    sheet.copy_range("A1:B1", "A5:B5")
    sheet.cut_range("A5:B5", "A7")
    copy = sheet.duplicate(new_sheet_name="Salinan")
    assert copy.title == "Salinan"


def test_a_refusal_is_an_api_error(book: gspread.Spreadsheet) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="Unable to parse range: Tiada!A1"):
        book.values_get("Tiada!A1")
    with pytest.raises(gspread.exceptions.APIError) as caught:
        book.add_worksheet("Sheet1", 1, 1)
    assert caught.value.code == 400
