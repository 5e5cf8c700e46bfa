"""An event as rows for its file, and what is here already of the rows of one."""
