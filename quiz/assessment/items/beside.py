"""What stands beside an item's text: selection and linter alone read it, and no uid counts it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from quiz.assessment.items.item import BESIDE, Item


def beside(content: Mapping[str, Any]) -> dict[str, Any]:
    """What of an item's content is no part of its uid; {} where there is nothing."""
    found = {name: content[name] for name in BESIDE if name in content}
    stances = [option.get("stance") for option in content["options"]]
    return found | ({"stances": stances} if any(stances) else {})


def with_beside(content: Mapping[str, Any], item: Item) -> dict[str, Any]:
    """The content with what its uid leaves out as in `item`; stances go by the options' texts."""
    other = item.to_json()
    stances = {option["text"]: option.get("stance") for option in other["options"]}
    options = []
    for option in content["options"]:
        stance = stances.get(option["text"])
        kept = {name: value for name, value in option.items() if name != "stance"}
        options.append(kept | ({"stance": stance} if stance else {}))
    kept = {name: value for name, value in content.items() if name not in BESIDE}
    new = {name: other[name] for name in BESIDE if name in other}
    return {**kept, "options": options, **new}


def sides(items: Iterable[Item]) -> dict[str, set[str]]:
    """Each minimal pair with its sides: items, or scenarios where a side has variants."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for item in items:
        if item.pair:
            found[item.pair].add(item.scenario or item.code)
    return dict(found)


def variants(items: Iterable[Item]) -> dict[str, set[str]]:
    """Each scenario with the codes of its variants."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for item in items:
        if item.scenario:
            found[item.scenario].add(item.code)
    return dict(found)


def tied_within(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items without what ties them to others than these."""
    listed = list(items)
    codes = {item.code for item in listed}
    pairs, scenarios = sides(listed), variants(listed)
    return tuple(
        replace(
            item,
            not_with=tuple(code for code in item.not_with if code in codes),
            pair=item.pair if len(pairs.get(item.pair, ())) > 1 else "",
            scenario=item.scenario if len(scenarios.get(item.scenario, ())) > 1 else "",
        )
        for item in listed
    )
