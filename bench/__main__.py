"""``python -m bench``: every measurement in turn; exits 1 when any bound is broken."""

import sys

from bench import reporting, saving, slowing, tapping

if __name__ == "__main__":
    sys.exit(max(saving.main(), slowing.main(), tapping.main(), reporting.main()))
