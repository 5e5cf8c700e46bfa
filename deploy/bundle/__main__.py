"""``python -m deploy.bundle [FOLDER]``: the folder for a USB stick. Needs the package index."""

import sys
from pathlib import Path

from deploy.bundle.making import CannotBundle, make

try:
    make(Path(sys.argv[1] if len(sys.argv) > 1 else "dist/kuis-netralitas-asn"))
except CannotBundle as error:
    sys.exit(str(error))
