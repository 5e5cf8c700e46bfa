"use strict";
/* A page that watches: asks every few seconds whether the word its live part was made with still
   holds, and blends in what is new. Where the server is away the last state stays, and is said to be
   of then. On the projector the time left goes on by itself. */
(function () {
  const EVERY = 2500;
  const PATIENCE = 8000;
  const live = document.querySelector("[data-live]");
  const lost = document.querySelector("#putus");
  const news = document.querySelector("#kabar");
  const link = document.querySelector("#perbarui");
  const { live: address, now } = live.dataset;
  const clock = createClock(now, now, pageArrived());
  let { word } = live.dataset;
  let newest = null;
  let heardAt = clock.now();
  let timer = 0;

  /* The clock of Kalimantan Timur, as pages write it. */
  function time(moment) {
    const there = new Date(moment + 8 * 3600 * 1000).toISOString();
    return `${there.slice(11, 19).replace(/:/g, ".")} WITA`;
  }

  function say(element, words) {
    if (element.textContent !== words) element.textContent = words;
  }

  function tell(reached) {
    if (reached) heardAt = clock.now();
    if (news && reached) say(news, `Diperbarui ${time(heardAt)}`);
    lost.hidden = reached;
    const words = `Server tidak menjawab. Yang tampil ialah keadaan pukul ${time(heardAt)}.`;
    say(lost.lastElementChild, reached ? "" : words);
  }

  function show(html) {
    const fresh = document.createElement("div");
    fresh.innerHTML = html;
    const kept = blendChildren(live, fresh);
    newest = kept ? html : null;
    live.querySelectorAll("[data-held]").forEach((note) => (note.hidden = !kept));
  }

  async function ask() {
    const flight = new AbortController();
    const limit = setTimeout(() => flight.abort(), PATIENCE);
    const asked = address + (address.includes("?") ? "&" : "?") + `kata=${word}`;
    try {
      const reply = await fetch(asked, {
        credentials: "same-origin",
        cache: "no-store",
        signal: flight.signal,
      });
      if ([401, 403, 404].includes(reply.status)) return location.reload();
      if (!reply.ok) throw reply.status;
      const answer = reply.status === 204 ? null : await reply.json();
      if (answer) {
        word = answer.word;
        newest = answer.html;
      }
      if (newest !== null) show(newest);
      tell(true);
    } catch (fault) {
      tell(false);
    } finally {
      clearTimeout(limit);
    }
    return later();
  }

  function later() {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(ask, EVERY * (0.8 + 0.4 * Math.random()));
  }

  /* Time left goes on between two answers, and without any. */
  function count() {
    live.querySelectorAll("[data-end]").forEach((place) => {
      say(place, timeInWords(Date.parse(place.dataset.end) - clock.now()));
    });
  }

  if (link) link.hidden = true;
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  setInterval(count, 1000);
  later();
})();
