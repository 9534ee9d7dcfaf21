"""Fixtures of the emulator's own tests."""

from collections.abc import Iterator

import gspread
import pytest

from tests.sheets_emulator.clients import Bare, gspread_client
from tests.sheets_emulator.emulator import Emulator


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """A running emulator without spreadsheets."""
    with Emulator() as running:
        yield running


@pytest.fixture
def api(emulator: Emulator) -> Bare:
    """Plain HTTP about a fresh spreadsheet."""
    return Bare(emulator.url, emulator.new_spreadsheet("Percobaan").id)


@pytest.fixture
def book(emulator: Emulator, api: Bare) -> gspread.Spreadsheet:
    """The same spreadsheet as gspread sees it."""
    return gspread_client(emulator.url).open_by_key(api.id)
