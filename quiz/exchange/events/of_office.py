"""What an event points at and the office owns: units, people, sources, items, quizzes."""

from quiz.exchange.events.table import Table

FILES = {
    name: "says which file of this installation a text came from"
    for name in ("file_digest", "edited_at", "pending_digest", "pending")
}

OF_OFFICE = (
    Table("unit_kind", "jenis unit", ("code",), ("code", "name", "position"), kept=True),
    Table(
        "unit",
        "unit kerja",
        ("uid",),
        ("uid", "code", "name", "kind_id", "retired_at", "merged_into_id"),
        {"merged_into_id": "unit", "kind_id": "unit_kind"},
        kept=True,
    ),
    Table(
        "user",
        "orang",
        ("uid",),
        (
            *("uid", "name", "nip", "position", "status", "unit_id", "merged_into_id"),
            *("created_at", "username"),
        ),
        {"merged_into_id": "user", "unit_id": "unit"},
        {
            "normalised_name": "follows from the name",
            "role": "a file makes nobody staff",
            "password_hash": "opens an account",
            "session_epoch": "sessions are of the machine that opened them",
            "disabled_at": "who may enter is decided where they enter",
            "erased_at": "whoever is a tombstone is on no roster, and is not brought back",
        },
        settled=("created_at", "username"),
        subject="user",
        kept_on_a_tie=True,
    ),
    Table(
        "topic",
        "topik",
        ("code",),
        ("code", "name", "description", "position"),
        left_out=FILES,
        kept=True,
    ),
    Table(
        "material",
        "bahan",
        ("code",),
        ("code", "kind", "title", "source", "topic", "held_on", "position"),
        kept=True,
    ),
    Table(
        "passage",
        "kalimat bahan",
        ("code",),
        ("code", "material_id", "position", "role", "text", "checksum"),
        {"material_id": "material"},
        FILES,
        kept=True,
    ),
    Table(
        "reference",
        "dasar hukum",
        ("code",),
        (
            *("code", "law", "title", "article", "text", "verbatim", "valid_from", "valid_to"),
            *("successor", "changes"),
        ),
        left_out=FILES,
        kept=True,
    ),
    Table(
        "claim",
        "pernyataan",
        ("code",),
        ("code", "statement", "references", "basis", "source", "confidence"),
        left_out=FILES,
        kept=True,
    ),
    Table(
        "bank_item",
        "soal",
        ("code",),
        ("code",),
        left_out={
            "origin": "says how the bank came by it: here, by this file",
            **{name: why for name, why in FILES.items() if name != "pending"},
            **dict.fromkeys(
                (
                    *("published_id", "draft_id", "in_review_at", "submitted_by_id", "retired_at"),
                    *("signed_by_id", "signed_at"),
                ),
                "what new forms may ask is decided by the bank that makes them",
            ),
        },
        kept=True,
    ),
    Table(
        "item_version",
        "versi soal",
        ("uid",),
        (
            *("uid", "bank_item_id", "topic", "level", "type", "content", "law_as_of"),
            *("created_at", "author_id", "note"),
        ),
        {"bank_item_id": "bank_item", "author_id": "user"},
        {"number": "counts the versions of one bank"},
        kept=True,
    ),
    Table(
        "item_citation",
        "rujukan soal",
        ("item_version_id", "kind", "code"),
        ("item_version_id", "kind", "code", "checksum"),
        {"item_version_id": "item_version"},
        goes_with="item_version_id",
        kept=True,
    ),
    Table(
        "ruling",
        "putusan kunci",
        ("uid",),
        (
            *("uid", "item_version_id", "kind", "weights", "reason", "made_at", "made_by_id"),
            *("withdrawn_at", "withdrawn_by_id", "withdraw_reason"),
        ),
        {"item_version_id": "item_version", "made_by_id": "user", "withdrawn_by_id": "user"},
        moments=("made_at", "withdrawn_at"),
    ),
    Table(
        "quiz",
        "kuis",
        ("uid",),
        (
            *("uid", "title", "description", "time_limit_minutes", "pass_mark"),
            *("shuffle_items", "shuffle_options", "created_at", "retired_at"),
        ),
        kept=True,
    ),
    Table(
        "quiz_slot",
        "baris kuis",
        ("quiz_id", "position"),
        ("quiz_id", "position", "topic", "level", "type", "count"),
        {"quiz_id": "quiz"},
        goes_with="quiz_id",
        kept=True,
    ),
)
