"""Tables out of files: workbooks, CSV, archives."""
