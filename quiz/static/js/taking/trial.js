"use strict";
/* The journal and the server of a try-out, in place of journal.js and server.js: this page's memory
   is both, so nothing is kept on the phone, sent, or lost with the network. */
const PATIENCE = 10000;

function openJournal() {
  const nothing = () => undefined;
  return {
    works: true,
    keep: nothing,
    intend: nothing,
    settle: nothing,
    entries: () => ({}),
    submit: () => "",
  };
}

function createServer(address) {
  const held = {};
  const { now, end } = document.querySelector("#quiz").dataset;
  const clock = createClock(now, end, pageArrived());

  function keep(position, { chosen, confidence, revision }) {
    held[position] = { position, chosen, confidence, revision, saved_at: clock.stamp() };
    return held[position];
  }

  /* Where the try-out ends: what was chosen goes along in the address. */
  function finish() {
    const said = new URLSearchParams();
    Object.values(held).forEach(({ position, chosen, confidence }) => {
      chosen.forEach((option) => said.append(`jawaban-${position}`, option));
      if (confidence) said.append(`yakin-${position}`, confidence);
    });
    return `${address}/selesai?${said}`;
  }

  return {
    async state() {
      const state = clock.left() > 0 ? "running" : "awaiting";
      return { now: clock.stamp(), end, base: 0, state, responses: Object.values(held) };
    },
    async call(method, path, body) {
      if (method === "PUT") return keep(path.split("/").pop(), body);
      body.responses.forEach((response) => keep(response.position, response));
      return { state: "finished", rejected: [], receipt: "", next: finish() };
    },
    async reaches(page) {
      try {
        await fetch(page, { method: "HEAD", cache: "no-store" });
        return true;
      } catch (fault) {
        return false;
      }
    },
    drop() {},
  };
}
