"""What mutmut found, file by file, as the table of docs/mutasi.md.

mutmut results --all true | python -m bench.mutants
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable

COLUMNS = ("killed", "timeout", "survived", "no tests")


def table(results: Iterable[str]) -> str:
    """Markdown of mutmut's lines, each "module.mutant: status"; what was not checked is left out.

    A mutant that never ends is seen, like one that is killed.
    """
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in results:
        mutant, _, status = line.strip().rpartition(": ")
        if status in COLUMNS:
            found[mutant.rpartition(".")[0].removeprefix("quiz.")][status] += 1
    heads = ("file", "mutants", *COLUMNS, "seen, %")
    rows = [(module, *_figures(counts)) for module, counts in sorted(found.items())]
    rows.append(("all", *_figures(sum(found.values(), Counter()))))
    return "\n".join(
        f"| {' | '.join(map(str, row))} |" for row in (heads, ("---",) * len(heads), *rows)
    )


def _figures(counts: Counter[str]) -> tuple[object, ...]:
    seen = counts["killed"] + counts["timeout"]
    share = f"{100 * seen / counts.total():.1f}" if counts else "–"
    return counts.total(), *(counts[status] for status in COLUMNS), share


if __name__ == "__main__":
    print(table(sys.stdin))
