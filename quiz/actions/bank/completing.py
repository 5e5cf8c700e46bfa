"""Several drafts of one file completed by one form: what all share, what each has of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from quiz.assessment.items.unfinished import read_draft
from quiz.models import Claim
from quiz.queries.bank.suggestions import articles_of, explanation_from
from quiz.queries.sources.known import Sources


@dataclass(frozen=True)
class Shared:
    """What a form says of every draft that is ticked; "" and () leave theirs as they are.

    Topic and level are for those that have none; audience and day take the place of theirs, and
    articles are added. What is said of one draft alone goes before it.
    """

    topic: str = ""
    level: str = ""
    audience: tuple[str, ...] = ()
    law_as_of: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True)
class Own:
    """What a form says of one draft: all it has of each, what was accepted among it.

    ``offered_topic`` and ``offered_level`` were shown with the suggested claims, and hold once one
    of these is accepted; what the person chose, here or for all, goes before them.
    """

    topic: str = ""
    level: str = ""
    audience: tuple[str, ...] = ()
    explanation: str = ""
    claims: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    offered_topic: str = ""
    offered_level: str = ""


def completed(
    content: Mapping[str, Any], own: Own, shared: Shared, known: Sources
) -> dict[str, Any]:
    """The content with what the form says.

    A claim that is new to it brings its articles in force on the item's day and, where no
    explanation is written, one to go on from.
    """
    law_as_of = shared.law_as_of or content.get("law_as_of", "")
    before = list(content.get("claims") or ())
    fresh = [row for row in known.claims if row.code in own.claims and row.code not in before]
    item, _ = read_draft({**content, "law_as_of": law_as_of})
    cited = {claim.code: articles_of(claim, item, known) for claim in fresh}
    brought = [row.code for articles in cited.values() for row in articles]
    return {
        **content,
        "topic": own.topic or shared.topic or (own.offered_topic if fresh else ""),
        "level": own.level or shared.level or (own.offered_level if fresh else ""),
        "audience": list(own.audience or shared.audience or content.get("audience") or ()),
        "law_as_of": law_as_of,
        "claims": _in_order(before, own.claims),
        "references": _in_order(
            content.get("references") or (), (*own.references, *brought, *shared.references)
        ),
        "passages": _in_order(content.get("passages") or (), own.passages),
        "explanation": own.explanation or _explained(fresh, cited),
    }


def _explained(fresh: list[Claim], cited: Mapping[str, Any]) -> str:
    return explanation_from(fresh[0], cited[fresh[0].code]) if fresh else ""


def _in_order(before: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """What is wanted, each once, that which was there already in its old order first."""
    codes = dict.fromkeys(wanted)
    kept = [code for code in before if code in codes]
    return kept + [code for code in codes if code not in kept]
