"use strict";
/* Keeps what is typed: on this computer at once, on the server after a pause. It never says saved
   before it is. What an earlier visit could not send is sent first. */
const PAUSE = 2500;
const RETRY = 10000;
const LONGEST_WAIT = 10000;

function createKeeper(form, say, told, offer) {
  const key = `draf-${form.dataset.draft}`;
  const revision = form.elements.revisi;
  let timer = null;
  let sending = false;
  let changed = 0;

  function fields() {
    return [...new FormData(form)].filter(([, value]) => typeof value === "string");
  }

  function keepHere(sent) {
    try {
      const kept = { fields: fields(), revision: Number(revision.value), sent };
      localStorage.setItem(key, JSON.stringify(kept));
    } catch (fault) {
      /* A full or forbidden store: the server's draft is all there is. */
    }
  }

  function keptHere() {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch (fault) {
      return null;
    }
  }

  function forget() {
    try {
      localStorage.removeItem(key);
    } catch (fault) {
      /* Nothing was kept where nothing can be. */
    }
  }

  /* Drafts that went to the server by a button, and whose page is not coming back. */
  function forgetOthers() {
    try {
      Object.keys(localStorage)
        .filter((name) => name.startsWith("draf-") && name !== key)
        .filter((name) => JSON.parse(localStorage.getItem(name)).sent)
        .forEach((name) => localStorage.removeItem(name));
    } catch (fault) {
      /* What cannot be read is left where it is. */
    }
  }

  async function send(method, path, body) {
    const flight = new AbortController();
    const clock = setTimeout(() => flight.abort(), LONGEST_WAIT);
    try {
      const reply = await fetch(form.getAttribute("action") + path, {
        method,
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value },
        body: JSON.stringify(body),
        signal: flight.signal,
      });
      const answer = await reply.json();
      if (!reply.ok) throw answer;
      return answer;
    } catch (fault) {
      throw fault.error ? fault : { error: "network" };
    } finally {
      clearTimeout(clock);
    }
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  const TROUBLE = {
    network: "belum tersimpan, jaringan terputus; ketikan aman di komputer ini",
    login: "belum tersimpan: Anda perlu masuk lagi; ketikan aman di komputer ini",
    csrf: "belum tersimpan: muat ulang halaman; ketikan aman di komputer ini",
    newer: "belum tersimpan: draf ini disimpan dari jendela lain",
  };

  async function save() {
    if (sending) return later(PAUSE);
    sending = true;
    const upTo = changed;
    say("menyimpan draf");
    try {
      const answer = await send("PUT", "", { fields: fields(), revision: Number(revision.value) });
      revision.value = answer.revision;
      told(answer.notices);
      if (upTo === changed) {
        forget();
        say(`draf tersimpan ${answer.saved_at}`);
      } else later(PAUSE);
    } catch (fault) {
      say(TROUBLE[fault.error] || "belum tersimpan: server menolak; ketikan aman di komputer ini");
      if (fault.error === "network") later(RETRY);
    } finally {
      sending = false;
    }
    return undefined;
  }

  /* What an earlier visit left here is newer than the page when the server has not moved on. When
     it has, and not by that visit's own button, somebody has to choose. */
  async function resume() {
    forgetOthers();
    const kept = keptHere();
    if (!kept) return;
    if (kept.revision === Number(revision.value)) await bring(kept);
    else if (kept.sent) forget();
    else offer(() => bring({ ...kept, revision: Number(revision.value) }), forget);
  }

  async function bring(kept) {
    try {
      await send("PUT", "", { fields: kept.fields, revision: kept.revision });
      forget();
      location.reload();
    } catch (fault) {
      say(TROUBLE[fault.error] || TROUBLE.network);
    }
  }

  window.addEventListener("online", () => changed && later(0));
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    if (changed) keepHere(true);
  });
  return {
    changed() {
      changed += 1;
      keepHere(false);
      say("belum tersimpan");
      later(PAUSE);
    },
    check: (mode, everything) =>
      send("POST", "/periksa", {
        fields: [...fields(), ["tampilan", mode], ["kurang", everything ? "semua" : ""]],
        revision: Number(revision.value),
      }),
    resume,
  };
}
