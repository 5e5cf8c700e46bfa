"use strict";
/* One attempt on one phone: every tap is written to the journal, shown, and sent. Only the server's
   own words make it "tersimpan di server". */
(function () {
  const EARLY_TAP = 500;
  const SYNC_EVERY = 60000;
  const SYNC_PAUSE = 2000;
  const form = document.querySelector("#quiz");
  const { journal: key, mode, now, end } = form.dataset;
  const address = form.getAttribute("action");
  const meta = (name) => document.querySelector(`meta[name=${name}]`).content;
  const base = Number(meta("revision-base"));
  const untilLocked = mode === "per_soal" ? "draft" : "pending";

  const clock = createClock(now, end, pageArrived());
  const journal = openJournal(key);
  const server = createServer(address, meta("csrf-token"));
  const view = createView(form);
  const answers = createAnswers(base, clock, journal, view);
  const { entries } = answers;
  const sender = createSender(server, entries, { stored, refused, trouble, state, submitted });
  const itemAt = (position) => view.items.find((item) => item.position === position);

  let current = null;
  let shownAt = 0;
  let syncedAt = -SYNC_PAUSE;
  let left = clock.left();
  let over = false;
  let byTime = false;
  let done = false;
  let replaced = false;
  let troubled = false;
  let back = false;
  let arrived = 0;
  let told = false;

  function refresh() {
    if (done) return;
    const found = counts(view.items, entries);
    const refusals = Object.values(entries).filter((e) => e.state === "refused").length;
    const { failures, stopped, submitting } = sender;
    const entry = current && entries[current.position];
    const last = view.items.length - 1;
    const waiting = sender.pending();
    const kept = journal.works;
    const online = navigator.onLine;
    const now = { current, last, entry, waiting, found, kept, failures, stopped, online, troubled,
      submitting, over, replaced, refusals, back, told };
    view.tally(found);
    view.custody(...custodyMarks(now));
    view.buttons(...buttonLooks(now));
    view.banner(bannerName(now), refusals || arrived, kept);
    if (!current) fillReview(document.querySelector("#periksa"), found);
    lockWhatIsClosed();
  }

  function lockWhatIsClosed() {
    const closed = over || replaced || sender.submitting;
    view.items.forEach((item) => {
      const entry = entries[item.position];
      const locked = closed || (untilLocked === "draft" && entry && entry.state === "pending");
      view.lock(item, locked, !entry || !entry.chosen.length);
    });
  }

  // What the server says

  function stored(sent, reply) {
    const item = itemAt(sent.position);
    if (answers.settle(item, sent, reply)) arrived += 1;
    if (reply.revision > base + REVISIONS) replaced = true;
    if (reply.feedback) drawFeedback(item, entries[item.position], reply.feedback);
    connected();
  }

  function refused(entry, fault) {
    if (entries[entry.position] === entry) answers.refuse(entry);
    refresh();
    if (fault.error === "closed") sync();
  }

  function trouble() {
    if (!troubled && (!navigator.onLine || sender.failures > 1)) {
      troubled = true;
      arrived = 0;
    }
    refresh();
  }

  function connected() {
    if (troubled && navigator.onLine && !sender.pending()) {
      troubled = false;
      back = true;
    }
    refresh();
  }

  function state(told, newest) {
    clock.set(told.now, told.end);
    replaced = told.base > base;
    const theirs = {};
    told.responses.forEach((response) => (theirs[response.position] = response));
    view.items.forEach((item) => answers.compare(item, theirs[item.position], newest));
    if (told.state === "finished" && !sender.submitting) closed();
    if (told.state === "running" && over) reopen();
    connected();
  }

  /* Closed elsewhere: what has not arrived by now is refused, and said to be. */
  function closed() {
    const waiting = Object.values(entries).filter((entry) => entry.state === "pending");
    waiting.forEach(answers.refuse);
    if (!Object.values(entries).some((entry) => entry.state === "refused")) leave(`${address}/hasil`);
  }

  function submitted(reply) {
    const lost = reply.rejected.map((each) => each.position);
    if (!lost.length) journal.clear();
    else Object.values(entries).forEach((entry) => {
      if (lost.includes(entry.position)) answers.refuse(entry);
      else journal.keep(Object.assign(entry, { state: "saved" }));
    });
    leave(reply.next);
  }

  function leave(where) {
    done = true;
    location.replace(where);
  }

  // Answering and sending

  function tap(item) {
    answers.revise(item, untilLocked);
    back = false;
    refresh();
    sender.pump();
  }

  function lockIn(item) {
    answers.revise(item, "pending");
    refresh();
    sender.pump();
  }

  function submit(wanted) {
    sender.submitting = wanted;
    journal.intend(wanted);
    refresh();
    sender.pump();
  }

  function tick() {
    if (done) return;
    const before = left;
    left = clock.left();
    view.clock(timeInWords(left));
    [5, 1].forEach((minutes) => {
      const mark = minutes * 60000;
      if (before > mark && left <= mark) view.announce(`Sisa waktu ${minutes} menit.`);
    });
    if (left <= 0 && !over) timeOver();
  }

  function timeOver() {
    over = true;
    byTime = !sender.submitting;
    refresh();
    if (Object.keys(entries).length) setTimeout(() => over && submit(true), 2000 * Math.random());
    else if (navigator.onLine) leave(`${address}/hasil`);
  }

  /* The officer gave more time: only what the end itself set in motion is taken back. */
  function reopen() {
    over = false;
    if (byTime) submit(false);
  }

  // Moving about

  /* The browser's history remembers each item by number, the review as 0. */
  const remembered = (item) => ({ number: item ? item.number : 0 });
  const numbered = (number) => view.items[number - 1] || null;

  function go(item) {
    history.pushState(remembered(item), "");
    back = false;
    told = true;
    show(item, true);
  }

  function show(item, focus) {
    current = item;
    shownAt = performance.now();
    view.show(item, focus);
    refresh();
  }

  function goOn() {
    if (sender.submitting) return;
    const { blanks } = counts(view.items, entries);
    if (current) go(view.items[current.place + 1] || null);
    else if (blanks.length) go(blanks[0]);
    else if (performance.now() - shownAt > EARLY_TAP) submit(true);
  }

  function goBack() {
    if (sender.submitting) {
      if (!sender.busy && !over) submit(false);
    } else if (current) go(view.items[current.place - 1] || current);
    else if (counts(view.items, entries).blank) submit(true);
    else go(view.items[view.items.length - 1]);
  }

  /* Where this tab was; on another phone, or a page opened anew, after what was touched last. */
  function startingPlace() {
    if (history.state) return numbered(history.state.number);
    const revision = (item) => entries[item.position].revision;
    const touched = view.items.filter((item) => entries[item.position]);
    if (!touched.length) return view.items[0];
    const last = touched.reduce((a, b) => (revision(a) > revision(b) ? a : b));
    const next = view.items[last.place + 1];
    return next && !entries[next.position] ? next : last;
  }

  // Listening

  function sync() {
    syncedAt = performance.now();
    sender.sync();
  }

  function wake() {
    if (done || document.hidden) return;
    sender.failures = 0;
    if (performance.now() - syncedAt > SYNC_PAUSE) sync();
    else sender.pump();
  }

  function reconnect() {
    server.drop();
    syncedAt = -SYNC_PAUSE;
    wake();
  }

  function click(event) {
    const link = event.target.closest("a[href^='#soal-']");
    const lock = event.target.closest(".lock");
    if (link) go(numbered(link.hash.slice("#soal-".length)));
    if (lock) lockIn(current);
    if (link || lock) event.preventDefault();
  }

  function press(event) {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    goOn();
  }

  const tapped = answers.begin(untilLocked);
  form.addEventListener("change", (event) => {
    tap(itemAt(Number(event.target.closest("[data-position]").dataset.position)));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", press);
  document.addEventListener("click", click);
  document.querySelector("#left").addEventListener("click", goBack);
  document.querySelector("#right").addEventListener("click", goOn);
  addEventListener("popstate", () => history.state && show(numbered(history.state.number), true));
  addEventListener("online", reconnect);
  addEventListener("offline", trouble);
  addEventListener("focus", wake);
  addEventListener("pageshow", (event) => event.persisted && wake());
  document.addEventListener("visibilitychange", wake);
  setInterval(tick, 500);
  setInterval(() => document.hidden || done || sync(), SYNC_EVERY);

  const start = tapped || startingPlace();
  history.scrollRestoration = "manual";
  history.replaceState(remembered(start), "");
  show(start, false);
  tick();
  if (journal.submit()) submit(true);
  else if (sender.pending() || cameBack()) sync();
})();
