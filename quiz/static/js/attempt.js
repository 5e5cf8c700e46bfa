"use strict";
/* One attempt on one phone. Every tap is an entry with the next revision of this page: written to
   the journal, shown, sent. Only the server's own words make it "tersimpan di server". */
(function () {
  const STEP = 1000000;
  const EARLY_TAP = 500;
  const SYNC_EVERY = 60000;
  const form = document.querySelector("#quiz");
  const { journal: key, mode, now, end } = form.dataset;
  const address = form.getAttribute("action");
  const outcome = `${address}/hasil`;
  const meta = (name) => document.querySelector(`meta[name=${name}]`).content;
  const base = Number(meta("revision-base"));
  const perItem = mode === "per_soal";

  const answers = {};
  const clock = createClock(now, end, pageArrived());
  const journal = openJournal(key);
  const server = createServer(address, meta("csrf-token"));
  const sender = createSender(server, answers, { stored, refused, trouble, state, submitted });
  const view = createView(form);
  const itemAt = (position) => view.items.find((item) => item.position === position);

  let counter = 0;
  let current = null;
  let shownAt = 0;
  let syncedAt = 0;
  let over = false;
  let done = false;
  let replaced = false;
  let refusals = 0;
  let troubled = false;
  let arrived = 0;
  let back = false;
  let storageTold = false;

  // Entries

  function revise(item, state) {
    counter += 1;
    const entry = Object.assign(view.read(item), {
      position: item.position,
      revision: base + counter,
      at: clock.stamp(),
      state,
    });
    take(item, entry);
  }

  function take(item, entry) {
    answers[item.position] = entry;
    if (!journal.keep(entry)) storageTold = storageTold && "again";
    view.mark(item, entry);
  }

  function tap(item) {
    revise(item, perItem ? "draft" : "pending");
    back = false;
    refresh();
    sender.pump();
  }

  function adopt(item, entry, state) {
    take(item, {
      position: item.position,
      chosen: entry.chosen,
      confidence: entry.confidence,
      revision: entry.revision,
      at: entry.at || entry.saved_at,
      state,
    });
    view.write(item, entry);
  }

  function own(revision) {
    return revision > base && revision < base + STEP;
  }

  const same = (a, b) =>
    a.confidence === b.confidence && a.chosen.join() === b.chosen.join();

  // What the server says

  function stored(sent, reply) {
    const item = itemAt(sent.position);
    const mine = answers[sent.position];
    if (mine === sent || reply.revision >= mine.revision) settle(item, mine, reply);
    if (reply.feedback && typeof drawFeedback === "function") {
      drawFeedback(item, answers[item.position], reply.feedback);
    }
    connected();
  }

  function settle(item, mine, reply) {
    if (reply.revision === mine.revision && same(reply, mine)) {
      mine.state = "saved";
      arrived += 1;
      take(item, mine);
    } else if (reply.revision > mine.revision && own(reply.revision)) {
      // This very rendering, shown again from the browser's cache: its numbers go on from there.
      counter = Math.max(counter, reply.revision - base);
      revise(item, "pending");
    } else {
      adopt(item, reply, "saved");
    }
  }

  function refused(entry, fault) {
    if (answers[entry.position] === entry) {
      entry.state = "refused";
      journal.keep(entry);
      refusals += 1;
    }
    refresh();
    if (fault.error === "closed") sync();
  }

  function trouble() {
    troubled = troubled || !navigator.onLine || sender.failures > 1;
    refresh();
  }

  function connected() {
    if (troubled && !sender.pending()) {
      troubled = false;
      back = true;
    }
    refresh();
  }

  function state(told) {
    clock.set(told.now, told.end);
    replaced = told.base > base;
    const theirs = {};
    told.responses.forEach((response) => (theirs[response.position] = response));
    view.items.forEach((item) => compare(item, answers[item.position], theirs[item.position]));
    if (told.state === "finished") finished();
    else if (told.state === "running" && over) reopen();
    connected();
  }

  function compare(item, mine, response) {
    if (response && own(response.revision)) counter = Math.max(counter, response.revision - base);
    const theirs = response ? response.revision : 0;
    if (mine && mine.revision > theirs) {
      if (mine.state === "saved") take(item, Object.assign(mine, { state: "pending" }));
    } else if (response && !(mine && mine.state === "saved" && mine.revision === theirs)) {
      adopt(item, response, "saved");
    }
  }

  function finished() {
    if (sender.submitting || done) return;
    Object.values(answers).forEach((entry) => entry.state === "pending" && refused(entry, {}));
    if (!refusals) leave(outcome);
  }

  // Sending

  function send() {
    sender.submitting = true;
    journal.intend(true);
    view.lock(true);
    sender.pump();
    refresh();
  }

  function keepAnswering() {
    sender.submitting = false;
    journal.intend(false);
    view.lock(false);
    refresh();
  }

  function submitted(reply) {
    const lost = reply.rejected.map((each) => each.position);
    if (lost.length) {
      Object.values(answers).forEach((entry) => {
        entry.state = lost.includes(entry.position) ? "refused" : "saved";
        journal.keep(entry);
      });
    } else journal.clear();
    leave(reply.next);
  }

  function leave(where) {
    done = true;
    location.replace(where);
  }

  // Time

  function tick() {
    if (done) return;
    const left = clock.left();
    const before = tick.before || left;
    view.say(document.querySelector("#time-left"), timeInWords(left));
    [5, 1].forEach((minutes) => {
      if (before > minutes * 60000 && left <= minutes * 60000) announce(`Sisa waktu ${minutes} menit.`);
    });
    tick.before = left;
    if (left <= 0 && !over) timeOver();
  }

  function announce(text) {
    view.say(document.querySelector("#announcement"), text);
  }

  function timeOver() {
    over = true;
    view.lock(true);
    refresh();
    if (Object.keys(answers).length) setTimeout(() => over && send(), 2000 * Math.random());
    else if (navigator.onLine) leave(outcome);
  }

  function reopen() {
    over = false;
    keepAnswering();
  }

  // The screen

  function refresh() {
    if (done) return;
    const found = counts(view.items, answers);
    const waiting = sender.pending();
    view.tally(found);
    view.custody(...custodyMarks(found, waiting));
    view.buttons(...buttonLooks(found));
    view.banner(bannerName(), { n: back ? arrived : refusals, kept: journal.works });
    if (replaced) view.lock(true);
    if (!current) fillReview(document.querySelector("#periksa"), found);
    if (!back && !troubled) arrived = 0;
    if (perItem && current && !over && !replaced) showLock(current, answers[current.position]);
  }

  function showLock(item, entry) {
    if (!item.lock) return;
    if (entry && entry.state === "pending") view.lock(true, item);
    else item.lock.disabled = !entry || !entry.chosen.length;
  }

  function custodyMarks(found, waiting) {
    const entry = current && answers[current.position];
    const unsent = ["pending", `${waiting} belum di server`];
    const phone = journal.works ? ["saved", "tersimpan di HP"] : ["failed", "HP tidak dapat menyimpan"];
    if (!current || !entry) {
      const some = found.answered > 0;
      if (journal.works) {
        phone[0] = some || !current ? "saved" : "pending";
        phone[1] = current && !some ? "belum dijawab" : `${found.answered} tersimpan di HP`;
      }
      return [phone, waiting ? unsent : [some ? "saved" : "pending", `${found.answered} di server`]];
    }
    if (entry.state === "refused") return [phone, ["failed", "tidak diterima server"]];
    if (entry.state === "draft") return [phone, ["pending", "belum dikunci"]];
    if (waiting > 1 || (waiting && sender.failures)) return [phone, unsent];
    return [phone, waiting ? ["pending", "menuju server"] : ["saved", "tersimpan di server"]];
  }

  function buttonLooks(found) {
    if (sender.submitting) {
      const stuck = !over && (sender.failures > 0 || sender.stopped || !navigator.onLine);
      return [{ text: stuck ? "Batal mengirim" : "" }, { text: stuck ? "Menunggu" : "Mengirim", waits: true }];
    }
    if (current) {
      const last = current.place === view.items.length - 1;
      return [
        { text: current.place ? "Sebelumnya" : "", arrow: true },
        { text: last ? "Periksa" : "Berikutnya", arrow: true },
      ];
    }
    if (!found.blank) return [{ text: "Kembali", arrow: true }, { text: "Kirim jawaban" }];
    return [
      { text: `Kirim, ${found.blank} kosong` },
      { text: `Isi soal ${found.blanks[0].number}`, arrow: true },
    ];
  }

  function bannerName() {
    if (sender.stopped) return sender.stopped;
    if (replaced) return "replaced";
    if (refusals) return "closed";
    const cut = !navigator.onLine || (troubled && "server");
    if (sender.submitting && cut) return "unsent";
    if (over) return "time";
    if (cut) return cut === true ? "offline" : "server";
    if (back) return "back";
    return journal.works || storageTold === true ? "" : "storage";
  }

  // Moving about

  function place(hash) {
    if (hash === "#periksa") return null;
    return view.items.find((item) => `#soal-${item.number}` === hash);
  }

  function go(item) {
    const hash = item ? `#soal-${item.number}` : "#periksa";
    if (location.hash !== hash) history.pushState(null, "", hash);
    back = false;
    storageTold = true;
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
    if (current) return go(view.items[current.place + 1] || null);
    const { blanks } = counts(view.items, answers);
    if (blanks.length) go(blanks[0]);
    else if (performance.now() - shownAt > EARLY_TAP) send();
  }

  function goBack() {
    if (sender.submitting) {
      if (!sender.busy && !over) keepAnswering();
    } else if (current) go(view.items[current.place - 1] || current);
    else if (counts(view.items, answers).blank) send();
    else go(view.items[view.items.length - 1]);
  }

  function lastTouched() {
    const touched = view.items.filter((item) => answers[item.position]);
    const revision = (item) => answers[item.position].revision;
    return touched.reduce((a, b) => (a && revision(a) > revision(b) ? a : b), null);
  }

  function startingPlace() {
    const asked = place(location.hash);
    if (asked !== undefined) return asked;
    const last = lastTouched();
    if (!last) return view.items[0];
    const next = view.items[last.place + 1];
    return next && !answers[next.position] ? next : last;
  }

  // Beginning

  function begin() {
    const kept = journal.entries();
    view.items.forEach((item) => {
      const rendered = view.rendered(item);
      const early = item.boxes.length && !same(view.read(item), rendered);
      const theirs = item.revision && Object.assign(rendered, { revision: item.revision });
      const mine = kept[item.position];
      if (mine && own(mine.revision)) counter = Math.max(counter, mine.revision - base);
      if (mine && mine.revision > item.revision) {
        adopt(item, mine, mine.state === "saved" ? "pending" : mine.state);
      } else if (theirs) adopt(item, theirs, "saved");
      if (early) item.early = true;
    });
    if (Object.values(answers).some((entry) => entry.state === "refused")) refusals = 1;
  }

  function wake(dropping) {
    if (done) return;
    if (dropping === true) server.drop();
    sender.failures = 0;
    if (performance.now() - syncedAt > 2000) sync();
    else sender.pump();
  }

  function sync() {
    syncedAt = performance.now();
    return sender.sync();
  }

  function listen() {
    form.addEventListener("change", (event) => {
      const node = event.target.closest("[data-position]");
      if (node) tap(itemAt(Number(node.dataset.position)));
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      goOn();
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#soal-']");
      const lock = event.target.closest(".lock");
      if (link) go(place(link.hash));
      if (lock && current) {
        revise(current, "pending");
        sender.pump();
        refresh();
      }
      if (link || lock) event.preventDefault();
    });
    document.querySelector("#left").addEventListener("click", goBack);
    document.querySelector("#right").addEventListener("click", goOn);
    addEventListener("popstate", () => {
      const asked = place(location.hash);
      if (asked !== undefined) show(asked, true);
    });
    addEventListener("online", () => wake(true));
    addEventListener("offline", trouble);
    addEventListener("focus", wake);
    addEventListener("pageshow", (event) => event.persisted && wake());
    document.addEventListener("visibilitychange", () => document.hidden || wake());
  }

  begin();
  listen();
  show(startingPlace(), false);
  setInterval(tick, 500);
  setInterval(() => document.hidden || done || sync(), SYNC_EVERY);
  tick();
  const [page] = performance.getEntriesByType("navigation");
  if (journal.submit()) send();
  else if (sender.pending() || (page && page.type === "back_forward")) sync();
})();
