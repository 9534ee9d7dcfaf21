"""Serial numbers: days from 1899-12-30, which is how Excel and Google Sheets keep a date."""

from datetime import datetime, timedelta

DAY_ZERO = datetime(1899, 12, 30)
DAY = timedelta(days=1)


def serial(at: datetime) -> float:
    """31/12/1899 12.00 -> 1.5"""
    return (at - DAY_ZERO) / DAY
