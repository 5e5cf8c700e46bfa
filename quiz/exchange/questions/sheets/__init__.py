"""Questions in spreadsheets."""
