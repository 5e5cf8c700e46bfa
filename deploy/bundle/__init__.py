"""The folder for a USB stick: what ``make bundle`` makes, and what is put into it."""
