"""The register and the tabs of the program, as a file of Excel's or in Google Sheets."""
