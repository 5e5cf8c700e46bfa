"""Where the audit log ended, kept outside the database: a chain whose end nobody holds can be cut.

The file beside the database names the last line known to be committed and its digest. Each backup
holds the same of its own log.
"""

import json
import logging
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.models import AuditEntry

ANCHOR = "jejak.json"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Anchor:
    """The number of the audit log's last line, and that line's digest; 0 and "" when empty."""

    line: int
    digest: str


def read_anchor(folder: Path) -> Anchor | None:
    """The anchor kept in ``folder``; None when there is none, or it cannot be read."""
    try:
        kept = json.loads((folder / ANCHOR).read_text(encoding="utf-8"))
        return Anchor(int(kept["line"]), str(kept["digest"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_anchor(folder: Path, anchor: Anchor) -> None:
    """Keep ``anchor`` in place of an earlier one; a later one, by another process, stays.

    What was committed is committed: a disk that refuses this file is only logged.
    """
    kept = read_anchor(folder)
    if kept is None or kept.line < anchor.line:
        replace_anchor(folder, anchor)


def replace_anchor(folder: Path, anchor: Anchor) -> None:
    """Keep ``anchor`` whatever was there before, as after a restore."""
    fresh = folder / f".{ANCHOR}-{os.getpid()}"
    try:
        fresh.write_text(json.dumps(asdict(anchor)), encoding="utf-8")
        fresh.chmod(0o600)
        fresh.replace(folder / ANCHOR)
    except OSError as error:
        log.warning("%s tidak dapat ditulis: %s", folder / ANCHOR, error.strerror)


def end_of_log(session: Session) -> Anchor:
    """Where the log in the database ends. One query."""
    last = session.execute(
        select(AuditEntry.id, AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1)
    ).first()
    return Anchor(*last) if last else Anchor(0, "")


def cut_off(session: Session, anchor: Anchor) -> bool:
    """Whether the line that the anchor names is gone or says something else. One query."""
    digest = session.scalar(select(AuditEntry.digest).where(AuditEntry.id == anchor.line))
    return anchor.line > 0 and digest != anchor.digest
