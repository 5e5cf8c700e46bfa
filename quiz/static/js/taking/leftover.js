"use strict";
/* After an attempt is closed: what this phone still holds of it. While late responses are taken they
   are sent; what the server could not take is counted and kept, so that an officer can see it. */
(function () {
  const place = document.querySelector("#leftover");
  const { journal: key, address, state, csrf } = place.dataset;
  const stored = JSON.parse(place.dataset.stored);

  function held() {
    try {
      const { entries } = JSON.parse(localStorage.getItem(key)) || {};
      return Object.values(entries || {}).filter((entry) => entry.revision > (stored[entry.position] || 0));
    } catch (error) {
      return [];
    }
  }

  function tell(text) {
    place.textContent = text;
    place.hidden = false;
  }

  async function send(responses) {
    tell(`${responses.length} jawaban di HP ini sedang dikirim ke server.`);
    try {
      const reply = await fetch(address, {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
        body: JSON.stringify({ responses }),
      });
      const answer = await reply.json();
      if (!reply.ok) throw answer;
      if (!answer.rejected.length) localStorage.removeItem(key);
      location.replace(answer.next);
    } catch (error) {
      tell(`${responses.length} jawaban belum sampai di server. Muat ulang halaman ini bila jaringan kembali.`);
    }
  }

  const waiting = held();
  const refused = waiting.filter((entry) => entry.state === "refused").length;
  if (!waiting.length) {
    try {
      localStorage.removeItem(key);
    } catch (error) {
      place.hidden = true;
    }
  } else if (state === "awaiting" && !refused) send(waiting);
  else tell(`${waiting.length} jawaban di HP ini tidak sempat diterima server. Tunjukkan halaman ini kepada petugas.`);
})();
