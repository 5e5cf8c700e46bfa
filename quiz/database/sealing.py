"""Copies of backups that only a passphrase opens, in the format of age: its programs read them too.

Deriving the key takes up to a second in which Python's other threads stand still, so it is done in
a process of its own. That process runs this file alone and gets the passphrase by its input, where
no list of processes shows it.
"""

import errno
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pyrage

HEADER = b"age-encryption.org/"
ENDING = ".age"

_FAILED, _NOT_THE_SAME = 1, 250
"""Exit codes of the process: it crashed; what it wrote reads differently. Others are errnos."""


class NotSealed(Exception):
    """A sealed copy could not be made; nothing of it is left."""


class WrongPassphrase(Exception):
    """The passphrase does not open this file, or the file's beginning is damaged."""


class Damaged(Exception):
    """The passphrase fits, and what it should open is damaged."""


def is_sealed(path: Path) -> bool:
    """Whether this is a file of age."""
    with path.open("rb") as file:
        return file.read(len(HEADER)) == HEADER


def seal(source: Path, target: Path, passphrase: str) -> None:
    """Write a sealed copy of ``source`` to ``target``, which must not exist, and read it again.

    Raises OSError as the system does, and NotSealed.
    """
    command = [sys.executable, "-P", __file__, str(source), str(target)]
    done = subprocess.run(  # noqa: S603  # our own arguments
        command, input=passphrase, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode in {_FAILED, _NOT_THE_SAME}:
        raise NotSealed(done.stderr.strip().rpartition("\n")[2])
    if done.returncode:
        raise OSError(done.returncode, os.strerror(done.returncode), str(target))


def unsealed(source: Path, passphrase: str) -> bytes:
    """What a sealed file holds. Raises WrongPassphrase or Damaged."""
    try:
        opened: bytes = pyrage.passphrase.decrypt(source.read_bytes(), passphrase)
    except pyrage.DecryptError as error:
        raise (WrongPassphrase if str(error) == "Decryption failed" else Damaged) from error
    return opened


def _seal(source: Path, target: Path, passphrase: str) -> int:
    """As ``seal``, here and now: an exit code."""
    sealed = pyrage.passphrase.encrypt(source.read_bytes(), passphrase)
    try:
        with target.open("xb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        if unsealed(target, passphrase) == source.read_bytes():
            return 0
        code = _NOT_THE_SAME
    except FileExistsError:
        return errno.EEXIST
    except (WrongPassphrase, Damaged):
        code = _NOT_THE_SAME
    except OSError as error:
        code = errno.EACCES if error.errno in {None, errno.EPERM} else error.errno or errno.EIO
    with suppress(OSError):
        target.unlink()
    return code


if __name__ == "__main__":
    os.umask(0o077)
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # it is a text stream
    sys.exit(_seal(Path(sys.argv[1]), Path(sys.argv[2]), sys.stdin.read()))
