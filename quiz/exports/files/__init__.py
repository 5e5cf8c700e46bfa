"""Writers of the files that can be downloaded: a table in, bytes out."""
