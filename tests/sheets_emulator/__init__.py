"""A Google Sheets of one's own: speaks the Sheets API v4, and the Drive calls that gspread makes.

    with Emulator() as emulator:
        client = gspread.Client(auth=None, session=..., http_client=...)  # pointed at emulator.url

By hand: `python -m tests.sheets_emulator --port 8765`; calls are counted at `/__emulator__/calls`.

README.md says what it promises, what it refuses to pretend, and where things are.
"""

from tests.sheets_emulator.access import OWNER, Access
from tests.sheets_emulator.doubts import Doubts
from tests.sheets_emulator.emulator import Emulator
from tests.sheets_emulator.faults import Fault

__all__ = ["OWNER", "Access", "Doubts", "Emulator", "Fault"]
