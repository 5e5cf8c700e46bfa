"""Loading a folder of questions into the bank; files and browser never overwrite each other.

The rule, for every record by its code:

- only in the file: added;
- file changed since it was last loaded, browser not: the file's text is taken;
- browser changed, file not: untouched;
- both: the browser's stays, the file's text waits as *berkas berbeda*, once per text.

What only selection and linter read of an item does not wait: where nothing else of the file is new,
it is taken, whoever wrote the published text.

Nothing is retired and nothing removed. A folder whose bytes are those loaded last costs one query.
"""

import hashlib
import json
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.actions.bank.citing import cite_new_versions
from quiz.actions.people.settings import put_setting
from quiz.actions.sources.stock import Loaded, file_wins, load_records
from quiz.assessment.items.item import Item, content_hash
from quiz.assessment.question_file import Folder, read_folder
from quiz.models.bank.items import FILE_DIFFERS, FIRST_STOCK, BankItem
from quiz.models.people.settings import FOLDER_KEY, PRACTICE_KEY
from quiz.queries.people.settings import setting

LOADER = "2"
"""Counted up when loading the same files gives something else, so that they are loaded again."""


def load_questions(session: Session, path: Path, now: datetime) -> Loaded | None:
    """Load the folder at ``path``; None when it is the one loaded last.

    Raises FolderFaults, with nothing changed, when any file has a fault.
    """
    digest = folder_digest(path)
    last = setting(session, FOLDER_KEY)
    if last == digest:
        return None
    loaded = load_folder(session, read_folder(path), now)
    put_setting(session, FOLDER_KEY, digest)
    return loaded


def folder_digest(path: Path) -> str:
    """SHA-256 (hex) over names and bytes of the question files in a folder."""
    found = hashlib.sha256(LOADER.encode())
    for file in sorted([*path.rglob("*.yaml"), *path.rglob("*.yml")]):
        found.update(f"\0{file.relative_to(path).as_posix()}\0".encode())
        found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def load_folder(session: Session, folder: Folder, now: datetime) -> Loaded:
    """Load what a checked folder holds, by the rule above."""
    loaded = Loaded()
    load_records(session, folder, loaded)
    _load_items(session, folder, now, loaded)
    if folder.practice_item is not None:
        put_setting(session, PRACTICE_KEY, json.dumps(folder.practice_item.to_json()))
    cite_new_versions(session)
    return loaded


def _load_items(session: Session, folder: Folder, now: datetime, loaded: Loaded) -> None:
    stored = {row.code: row for row in session.scalars(select(BankItem))}
    for item in folder.items:
        digest = folder.digests[item.code]
        row = stored.get(item.code)
        if row is None:
            row = BankItem(code=item.code, origin=FIRST_STOCK, file_digest=digest)
            session.add(row)
            row.publish(row.version_of(item, now))
            loaded.added.append(item.code)
        else:
            _settle_item(row, item, digest, now, loaded)


def _settle_item(row: BankItem, item: Item, digest: str, now: datetime, loaded: Loaded) -> None:
    verdict = file_wins(row.file_digest, row.edited_at is not None, digest)
    if verdict is None:
        return
    uid = content_hash(item)
    agreed = row.published is not None and row.published.uid == uid
    same_text = row.file_digest is not None and row.file_digest.startswith(uid)
    if row.published is not None and (agreed or same_text):
        row.published.tell_beside(item)
    if verdict:
        row.publish(row.version_of(item, now))
        row.file_digest = digest
        loaded.updated.append(item.code)
    elif agreed:
        row.file_digest, row.edited_at = digest, row.edited_at if row.draft else None
    elif same_text:
        row.file_digest = digest
    elif row.pending_digest != digest:
        waiting = row.version_of(item, now, note=FILE_DIFFERS)
        if row.draft is None or row.draft.note == FILE_DIFFERS:
            row.draft = waiting
        row.pending_digest = digest
        loaded.waiting.append(item.code)
