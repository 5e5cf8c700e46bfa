"use strict";
/* Carries pending entries to the server: one in flight per position, the newest only, again and
   again until the server has it. Once `submitting` ("person" or "clock", whoever closes the attempt),
   everything left goes with the submission. */
const AT_ONCE = 3;
const FINAL = ["closed", "not_offered", "too_large"];
const STOPPING = ["login", "other_person"];

function createSender(server, answers, tell) {
  const flying = new Map();
  let timer = 0;
  let replies = 0;
  let behind = false;
  let looking = 0;
  let doubtful = null;

  const those = (...states) => Object.values(answers).filter((e) => states.includes(e.state));

  function content({ chosen, confidence, revision, at }) {
    return { chosen, confidence, revision, at };
  }

  /* How many are only here: those on their way are about to arrive. */
  function held() {
    return those("pending").filter((entry) => !flying.has(entry.position)).length;
  }

  function later() {
    if (timer) return;
    sender.failures += 1;
    const wait = Math.min(20000, 500 * 2 ** sender.failures) * (0.5 + Math.random());
    timer = setTimeout(again, wait);
  }

  function failed(fault, entry) {
    if (entry && FINAL.includes(fault.error)) return tell.refused(entry, fault);
    if (STOPPING.includes(fault.error)) sender.stopped = fault.error;
    else later();
    tell.trouble(fault.error);
  }

  function worked() {
    sender.failures = 0;
    sender.stopped = "";
  }

  async function put(entry) {
    flying.set(entry.position, 0);
    const waiting = held();
    flying.set(entry.position, waiting);
    // One under way that says more may arrive after this one: then the last word is said again.
    if (Array.from(flying.values()).some((said) => said > waiting)) doubtful = entry;
    try {
      const message = Object.assign(content(entry), { waiting });
      const stored = await server.call("PUT", `/jawaban/${entry.position}`, message);
      worked();
      replies += 1;
      tell.stored(entry, stored);
    } catch (fault) {
      failed(fault, entry);
    }
    flying.delete(entry.position);
    if (!timer) pump();
    if (doubtful && !flying.size && !sender.submitting && !sender.count("pending")) repeat(doubtful);
  }

  async function repeat(entry) {
    doubtful = null;
    const message = Object.assign(content(entry), { waiting: held() });
    try {
      await server.call("PUT", `/jawaban/${entry.position}`, message);
    } catch (fault) {
      /* Whatever is sent next says it anyway. */
    }
  }

  async function submit() {
    if (sender.busy) return;
    sender.busy = true;
    const by = sender.submitting;
    const responses = those("draft", "pending").map((entry) =>
      Object.assign({ position: entry.position }, content(entry)),
    );
    try {
      const reply = await server.call("POST", "/selesai", { by, responses }, 2 * PATIENCE);
      worked();
      sender.busy = false;
      tell.submitted(reply);
    } catch (fault) {
      sender.busy = false;
      failed(fault);
    }
  }

  function pump() {
    clearTimeout(timer);
    timer = 0;
    if (sender.stopped) return;
    if (behind && !looking) look();
    if (sender.submitting) {
      submit();
      return;
    }
    for (const entry of those("pending")) {
      if (flying.size < AT_ONCE && !flying.has(entry.position)) put(entry);
    }
  }

  /* Until it succeeds the phone is behind, and looks again with whatever else it sends. The state
     is told with whether it is newer than every reply. */
  async function look() {
    looking += 1;
    const before = replies;
    try {
      const state = await server.state();
      behind = false;
      worked();
      tell.state(state, before === replies);
    } catch (fault) {
      failed(fault);
    }
    looking -= 1;
    if (!behind) pump();
  }

  function again() {
    if (sender.submitting || sender.count("pending")) pump();
    else sender.sync();
  }

  const sender = {
    failures: 0,
    stopped: "",
    submitting: "",
    busy: false,
    pump,
    count: (state) => those(state).length,
    /* The server's whole state, which also tells whether it can be reached at all. */
    sync() {
      clearTimeout(timer);
      timer = 0;
      behind = true;
      look();
    },
  };
  return sender;
}
