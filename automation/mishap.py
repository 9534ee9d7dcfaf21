"""What went wrong, as it is told on a terminal and in the log.

A fault of the program itself is told by kind and place: its own words may hold personal data.
"""

from pathlib import Path
from traceback import extract_tb

from automation.core.edges import EdgeError
from automation.settings import SettingsError

PROGRAM = Path(__file__).resolve().parent


def told(error: Exception) -> str:
    """What went wrong, in Indonesian sentences that hold no personal data. The error was raised."""
    return str(error) if isinstance(error, SettingsError | EdgeError) else mishap(error)


def mishap(error: Exception) -> str:
    """One sentence in Indonesian, with the last place in our own code. The error was raised."""
    frames = extract_tb(error.__traceback__)
    own = [frame for frame in frames if PROGRAM in Path(frame.filename).resolve().parents]
    place = (own or frames)[-1]
    return (
        f"Kesalahan di dalam program ({type(error).__name__}, {Path(place.filename).name} baris "
        f"{place.lineno}); sampaikan kalimat ini kepada pemelihara program."
    )
