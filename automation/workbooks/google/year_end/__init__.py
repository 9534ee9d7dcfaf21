"""A year's close in Google: the old spreadsheet read whole and closed, the new one filled."""
