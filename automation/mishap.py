"""A fault of the program itself, told by kind and place: its own words may hold personal data."""

from pathlib import Path
from traceback import extract_tb

PROGRAM = Path(__file__).resolve().parent


def mishap(error: Exception) -> str:
    """One sentence in Indonesian, with the last place in our own code. The error was raised."""
    frames = extract_tb(error.__traceback__)
    own = [frame for frame in frames if PROGRAM in Path(frame.filename).resolve().parents]
    place = (own or frames)[-1]
    return (
        f"Kesalahan di dalam program ({type(error).__name__}, {Path(place.filename).name} baris "
        f"{place.lineno}); sampaikan kalimat ini kepada pemelihara program."
    )
