"use strict";
/* After an attempt is closed: what this phone still holds of it. While late responses are taken they
   are sent; what the server refused is named here until an officer has seen it or the person says
   that it is not needed. */
(function () {
  const place = document.querySelector("#leftover");
  const { journal: key, address, state, csrf } = place.dataset;
  const stored = JSON.parse(place.dataset.stored);

  function journal() {
    try {
      return JSON.parse(localStorage.getItem(key)) || {};
    } catch (error) {
      return {};
    }
  }

  /* Entries newer than what the server has, by place on the page. */
  function held() {
    const known = Object.values(journal().entries || {}).filter((entry) => stored[entry.position]);
    const numbered = known.map((entry) => {
      const [revision, number] = stored[entry.position];
      return Object.assign(entry, { lacking: entry.revision > revision, number });
    });
    return numbered.filter((entry) => entry.lacking).sort((a, b) => a.number - b.number);
  }

  function forget() {
    try {
      localStorage.removeItem(key);
    } catch (error) {
      place.hidden = true;
    }
  }

  function keep(entries) {
    try {
      const kept = {};
      entries.forEach((entry) => (kept[entry.position] = Object.assign(entry, { state: "refused" })));
      localStorage.setItem(key, JSON.stringify({ entries: kept, submit: "" }));
    } catch (error) {
      /* A store that takes nothing keeps what it has. */
    }
  }

  function tell(text, lost) {
    place.hidden = false;
    place.querySelector("p").textContent = text;
    place.querySelector(".actions").hidden = !lost;
  }

  function tellLost(entries) {
    const last = entries.length > 1 ? ` dan ${entries[entries.length - 1].number}` : "";
    const numbers = entries.slice(0, last ? -1 : 1).map((entry) => entry.number).join(", ");
    tell(
      `${entries.length} jawaban di HP ini tidak sempat diterima server: soal ${numbers}${last}. ` +
        "Tetap disimpan di HP ini. Tunjukkan halaman ini kepada petugas.",
      true,
    );
  }

  async function send(entries) {
    tell(`${entries.length} jawaban di HP ini sedang dikirim ke server.`);
    const responses = entries.map(({ position, chosen, confidence, revision, at }) => {
      return { position, chosen, confidence, revision, at };
    });
    const by = journal().submit && journal().submit !== "clock" ? "person" : "clock";
    try {
      const reply = await fetch(address, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
        body: JSON.stringify({ by, responses }),
      });
      const answer = await reply.json();
      if (!reply.ok) throw answer;
      const lost = answer.rejected.map((each) => each.position);
      const refused = held().filter((entry) => entry.state === "refused");
      const left = refused.concat(entries.filter((entry) => lost.includes(entry.position)));
      if (left.length) keep(left);
      else forget();
      location.replace(answer.next);
    } catch (error) {
      tell(`${entries.length} jawaban belum sampai di server. Muat ulang halaman ini bila jaringan kembali.`);
    }
  }

  place.querySelectorAll("button").forEach((button) => {
    button.addEventListener("click", () => {
      forget();
      place.hidden = true;
    });
  });
  const lacking = held();
  const waiting = lacking.filter((entry) => entry.state !== "refused");
  if (!lacking.length) forget();
  else if (state === "awaiting" && waiting.length) send(waiting);
  else tellLost(lacking);
})();
