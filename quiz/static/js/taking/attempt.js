"use strict";
/* One attempt on one phone: every tap is written to the journal, shown, and sent. Only the server's
   own words make it "tersimpan di server". */
(function () {
  const EARLY_TAP = 500;
  const SYNC_EVERY = 60000;
  const SYNC_PAUSE = 2000;
  const SLEEP = 5000;
  const MOVED = 1000;
  const form = document.querySelector("#quiz");
  const { dataset } = form;
  const address = form.getAttribute("action");
  const [, , person] = dataset.journal.split(":");
  if (!isStill(person)) return goAway(dataset.home);
  const meta = (name) => document.querySelector(`meta[name=${name}]`).content;
  const base = Number(meta("revision-base"));
  const untilLocked = dataset.mode === "per_soal" ? "draft" : "pending";

  const clock = createClock(dataset.now, dataset.end, pageArrived());
  const journal = openJournal(dataset.journal);
  const server = createServer(address, meta("csrf-token"));
  const view = createView(form);
  const answers = createAnswers(base, clock, journal, view);
  const { entries } = answers;
  const sender = createSender(server, entries, { stored, refused, trouble, state, submitted });
  const moves = createMoves(view, entries, shown);
  const itemAt = (position) => view.items.find((item) => item.position === position);

  let syncedAt = -SYNC_PAUSE;
  let left = clock.left();
  let done = false;
  let arrived = 0;
  let shows = 0;
  /* How things stand, for dock.js. */
  const now = { kept: true, troubled: "", back: false, over: false, replaced: false, moved: 0 };

  function shown() {
    now.back = false;
    now.moved = 0;
    shows += 1;
    refresh();
  }

  function refresh() {
    if (done) return;
    const { current } = moves;
    const entry = current && entries[current.position];
    if (now.kept && !journal.works) shows = 1;
    Object.assign(now, {
      current,
      entry,
      found: counts(view.items, entries),
      waiting: sender.count("pending"),
      refusals: sender.count("refused"),
      kept: journal.works,
      told: shows > 1,
      online: navigator.onLine,
    });
    view.tally(now.found);
    view.custody(...custodyMarks(now, sender));
    view.buttons(buttonLooks(now, sender));
    const banner = bannerName(now, sender);
    const ofTime = banner === "more" || banner === "less";
    view.banner(banner, ofTime ? lengthInWords(now.moved) : now.refusals || arrived, now.kept);
    if (!current) fillReview(document.querySelector("#periksa"), now.found);
    lockWhatIsClosed();
  }

  function lockWhatIsClosed() {
    const closed = now.over || now.replaced || sender.submitting;
    view.items.forEach((item) => {
      const entry = entries[item.position];
      const given = entry && ["pending", "saved"].includes(entry.state);
      const locked = closed || (untilLocked === "draft" && given);
      view.lock(item, locked, !entry || !entry.chosen.length);
    });
  }

  // What the server says

  function stored(sent, reply) {
    const item = itemAt(sent.position);
    if (answers.settle(item, sent, reply)) arrived += 1;
    if (reply.revision > base + REVISIONS) now.replaced = true;
    if (reply.feedback) drawFeedback(item, entries[item.position], reply.feedback);
    connected();
  }

  function refused(entry, fault) {
    if (entries[entry.position] === entry) answers.refuse(entry);
    refresh();
    if (fault.error === "closed") sync();
  }

  function trouble() {
    if (!now.troubled) arrived = 0;
    if (!navigator.onLine) now.troubled = "offline";
    else if (sender.failures > 1) now.troubled = "server";
    refresh();
  }

  function connected() {
    if (now.troubled && navigator.onLine && !sender.count("pending")) {
      now.troubled = "";
      now.back = true;
    }
    refresh();
  }

  function state(theirs, newest) {
    if (done) return;
    const moved = clock.set(theirs.now, theirs.end);
    if (Math.abs(moved) >= MOVED) now.moved = moved;
    now.replaced = theirs.base > base;
    answers.compare(theirs.responses, newest);
    if (theirs.state === "finished" && !sender.submitting) closed();
    if (theirs.state === "running" && now.over) reopen();
    connected();
  }

  /* Closed elsewhere: what has not arrived by now is refused, and said to be. */
  function closed() {
    const waiting = Object.values(entries).filter((entry) => entry.state === "pending");
    waiting.forEach(answers.refuse);
    now.over = true;
    if (!sender.count("refused")) leave(`${address}/hasil`);
  }

  function submitted(reply) {
    answers.handedIn(reply.rejected.map((each) => each.position));
    submitting("");
    if (reply.state === "running") return sync();
    journal.settle();
    // Where the phone cannot keep it, this page is all there is of what was refused.
    if (sender.count("refused") && !journal.works) now.over = true;
    else leave(reply.next, reply.receipt);
    return refresh();
  }

  /* To the next page once it can be reached; until then this one stands, with the receipt. */
  async function leave(where, receipt) {
    done = true;
    view.buttons([{ text: "" }, { text: receipt ? "Terkirim" : "Ditutup", waits: true }]);
    if (receipt) view.banner("sent", receipt, true);
    for (let wait = 500; !(await server.reaches(where)); wait = Math.min(2 * wait, 8000)) {
      await new Promise((go) => setTimeout(go, wait));
    }
    location.replace(where);
  }

  // Answering and sending

  function tap(item) {
    answers.revise(item, untilLocked);
    now.back = false;
    refresh();
    sender.pump();
  }

  function lockIn(item) {
    answers.revise(item, "pending");
    refresh();
    sender.pump();
  }

  /* Who hands in from now on: "person", "clock", or nobody. */
  function submitting(by) {
    sender.submitting = by;
    journal.intend(by);
  }

  function submit(by) {
    submitting(by);
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
    if (before - left > SLEEP) wake();
    if (left <= 0 && !now.over) timeOver();
  }

  /* What the person had set in motion before goes on as theirs. */
  function timeOver() {
    now.over = true;
    refresh();
    if (sender.submitting) return;
    if (Object.keys(entries).length) setTimeout(handInByClock, 2000 * Math.random());
    else if (navigator.onLine) leave(`${address}/hasil`);
  }

  function handInByClock() {
    if (now.over && !done && !sender.submitting) submit("clock");
  }

  /* There is time again: only what the end itself set in motion is taken back. */
  function reopen() {
    now.over = false;
    answers.retry();
    if (sender.submitting === "clock") submit("");
    else sender.pump();
  }

  // Pressing

  function goOn() {
    if (sender.submitting) return;
    const { blanks } = counts(view.items, entries);
    if (moves.current) moves.next();
    else if (blanks.length) moves.go(blanks[0]);
    else if (performance.now() - moves.shownAt > EARLY_TAP) submit("person");
  }

  function goBack() {
    if (sender.submitting) {
      if (!sender.busy && !now.over) submit("");
    } else if (!moves.current && counts(view.items, entries).blank) submit("person");
    else moves.before();
  }

  function sync() {
    syncedAt = elapsed();
    sender.sync();
  }

  function wake() {
    if (!isStill(person)) return goAway(dataset.home);
    if (done || document.hidden) return;
    sender.failures = 0;
    if (elapsed() - syncedAt > SYNC_PAUSE) sync();
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
    if (link) moves.goTo(link.hash.slice("#soal-".length));
    if (lock) lockIn(moves.current);
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
  addEventListener("online", reconnect);
  addEventListener("offline", trouble);
  addEventListener("focus", wake);
  addEventListener("pageshow", (event) => event.persisted && wake());
  document.addEventListener("visibilitychange", wake);
  setInterval(tick, 500);
  setInterval(() => document.hidden || done || sync(), SYNC_EVERY);

  moves.begin(tapped);
  tick();
  // This page was rendered while there was time: only the person's own hand-in goes on.
  if (journal.submit() === "clock") submitting("");
  if (journal.submit()) submit("person");
  else if (sender.count("pending") || cameBack()) sync();
})();
