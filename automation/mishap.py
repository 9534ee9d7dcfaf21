"""A fault of the program itself, told by kind and place: its own words may hold personal data."""

from pathlib import Path
from traceback import extract_tb


def mishap(error: Exception) -> str:
    """One sentence in Indonesian; the error must have been raised."""
    place = extract_tb(error.__traceback__)[-1]
    return (
        f"Kesalahan di dalam program ({type(error).__name__}, {Path(place.filename).name} baris "
        f"{place.lineno}); sampaikan kalimat ini kepada pemelihara program."
    )
