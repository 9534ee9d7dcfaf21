"""A Google Sheets of one's own: speaks the Sheets API v4, and the Drive calls that gspread makes.

    with Emulator() as emulator:
        client = gspread.Client(auth=None, session=..., http_client=...)  # pointed at emulator.url

By hand: `python -m tests.sheets_emulator --port 8765`; calls are counted at `/__emulator__/calls`.

It is built from Google's description of the API, its documentation and recorded answers, not from
what one client sends: what Google refuses is refused in Google's words, requests and answers are
held to the official description, and what is not emulated is answered 501 UNIMPLEMENTED.

Formulas are kept and followed when cells move. A small part of them is reckoned (calculation.py has
the functions); asking for the value of any other is answered 501 UNIMPLEMENTED rather than with a
guess.

| file | what lives there |
| --- | --- |
| emulator.py, server.py | the whole; HTTP |
| service.py, create.py, drive.py | the methods of the two APIs |
| resource.py, values_*.py | spreadsheets.get; spreadsheets.values |
| batch/ | the kinds of request of spreadsheets.batchUpdate |
| model.py, defaults.py, call.py | what a spreadsheet is, what Google fills in, one call's view |
| a1.py, geometry.py, references.py | ranges: as text, as rectangles, inside formulas |
| parsing.py, *format*.py, locales.py | what is typed, what is shown |
| effective.py, calculation.py, formula_*.py | what formulas come to |
| json_text.py, proto_json.py, proto_scalars.py | requests as Google's front end reads them |
| discovery.py, answers.py, fields.py | the official description, answers, and masks |
| clients.py, fixtures.py | for the emulator's own tests |
| access.py, faults.py, errors.py | who may call, what goes wrong, how it is said |
| doubts.py | which way Google falls where only Google can tell |
"""

from tests.sheets_emulator.access import OWNER, Access
from tests.sheets_emulator.doubts import Doubts
from tests.sheets_emulator.emulator import Emulator
from tests.sheets_emulator.faults import Fault

__all__ = ["OWNER", "Access", "Doubts", "Emulator", "Fault"]
