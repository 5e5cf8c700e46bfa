"use strict";
/* A page that waits for what somebody else does: asks now and then whether the word it was made
   with still holds, and loads itself again when it does not. Goes on as long as it is looked at. */
(function () {
  const EVERY = 8000;
  const { wait: address, word } = document.querySelector("[data-wait]").dataset;
  let timer = 0;

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, EVERY * (0.75 + Math.random() / 2));
  }

  async function ask() {
    if (document.hidden) return;
    later();
    try {
      const reply = await fetch(address, { credentials: "same-origin", cache: "no-store" });
      const answer = await reply.json();
      if (reply.status === 401 || (reply.ok && answer.word !== word)) location.reload();
    } catch (error) {
      /* No network: asked again soon. */
    }
  }

  document.addEventListener("visibilitychange", ask);
  addEventListener("online", ask);
  addEventListener("pageshow", (event) => event.persisted && ask());
  later();
})();
