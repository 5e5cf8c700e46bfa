"use strict";
/* Which item shows, and how one gets to another. `current` is null on the review. The browser's
   history remembers each item by its number, the review as 0, so that "back" leads to the last. */
function createMoves(view, entries, shown) {
  const { items } = view;
  const remembered = (item) => ({ number: item ? item.number : 0 });
  const numbered = (number) => items[number - 1] || null;

  function show(item, focus) {
    moves.current = item;
    moves.shownAt = performance.now();
    view.show(item, focus);
    shown();
  }

  /* Where this tab was; on another phone, or a page opened anew, after what was touched last. */
  function startingPlace() {
    if (history.state) return numbered(history.state.number);
    const revision = (item) => entries[item.position].revision;
    const touched = items.filter((item) => entries[item.position]);
    if (!touched.length) return items[0];
    const last = touched.reduce((a, b) => (revision(a) > revision(b) ? a : b));
    const next = items[last.place + 1];
    return next && !entries[next.position] ? next : last;
  }

  const moves = {
    current: null,
    shownAt: 0,
    go(item) {
      history.pushState(remembered(item), "");
      show(item, true);
    },
    goTo: (number) => moves.go(numbered(number)),
    next: () => moves.goTo(moves.current.number + 1),
    before: () => moves.goTo(moves.current ? Math.max(1, moves.current.number - 1) : items.length),
    begin(tapped) {
      const start = tapped || startingPlace();
      history.scrollRestoration = "manual";
      history.replaceState(remembered(start), "");
      addEventListener("popstate", () => history.state && show(numbered(history.state.number), true));
      show(start, false);
    },
  };
  return moves;
}
