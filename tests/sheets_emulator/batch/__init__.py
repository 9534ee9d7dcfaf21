"""`spreadsheets.batchUpdate`: the kinds of Request, a file for each subject."""
