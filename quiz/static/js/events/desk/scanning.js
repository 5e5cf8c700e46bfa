"use strict";
/* The desk's page stays in place: a scan is sent, and what came of it is shown, spoken by screen readers
   and, if wished, by sound. Whatever is typed outside a field goes into the one for cards, because a
   scanner types wherever the keyboard is. */
const desk = (function () {
  const form = document.querySelector("#pindai");
  const field = document.querySelector("#kartu");
  const outcome = document.querySelector("#hasil");
  const aloud = document.querySelector("#bunyi");
  const SOUNDS = { good: [880, 1320], again: [660], wrong: [220, 220] };
  const KEPT = "meja:bunyi";
  let speaker = null;
  let turn = Promise.resolve();

  function remembered() {
    try {
      return localStorage.getItem(KEPT) === "ya";
    } catch (error) {
      return false;
    }
  }

  function remember() {
    try {
      localStorage.setItem(KEPT, aloud.checked ? "ya" : "tidak");
    } catch (error) {
      /* Not kept: asked again next time. */
    }
  }

  function play(sound) {
    if (!aloud.checked || !SOUNDS[sound]) return;
    speaker = speaker || new AudioContext();
    SOUNDS[sound].forEach((pitch, place) => {
      const tone = speaker.createOscillator();
      const volume = speaker.createGain();
      const start = speaker.currentTime + 0.16 * place;
      tone.frequency.value = pitch;
      volume.gain.value = 0.2;
      tone.connect(volume).connect(speaker.destination);
      tone.start(start);
      tone.stop(start + 0.13);
    });
  }

  function show(page) {
    const fresh = page.querySelector("#hasil");
    const live = document.querySelector("[data-live]");
    outcome.replaceChildren(...fresh.childNodes);
    blendChildren(live, page.querySelector("[data-live]"));
    const told = outcome.querySelector("[data-sound]");
    if (told) play(told.dataset.sound);
  }

  function fail() {
    const words = document.createElement("p");
    words.className = "outcome-head";
    words.textContent = "Server tidak menjawab. Pindai sekali lagi.";
    outcome.replaceChildren(words);
    play("wrong");
  }

  async function send(shown) {
    const body = new URLSearchParams(new FormData(form));
    body.set("kartu", shown);
    try {
      const reply = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      if (![200, 400].includes(reply.status)) return location.reload();
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      if (!page.querySelector("#hasil")) return location.reload();
      show(page);
    } catch (error) {
      fail();
    }
    return undefined;
  }

  /* One after the other: a fast hand scans the next card before the first is answered. */
  function scan(shown) {
    turn = turn.then(() => send(shown));
    return turn;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const shown = field.value;
    field.value = "";
    field.focus();
    scan(shown);
  });
  document.addEventListener("keydown", (event) => {
    const typed = event.key.length === 1 && event.key !== " ";
    const free = !event.target.closest("input:not([type=checkbox]), select, textarea");
    if (typed && free && !event.ctrlKey && !event.altKey && !event.metaKey) field.focus();
  });
  document.querySelector("#alat").hidden = false;
  aloud.checked = remembered();
  aloud.addEventListener("change", () => {
    remember();
    play("good");
    field.focus();
  });
  field.value = "";
  return { scan };
})();
