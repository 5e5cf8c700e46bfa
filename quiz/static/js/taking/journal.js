"use strict";
/* What this phone keeps of one attempt of one person. An entry is {position, chosen, confidence,
   revision, at, state}; of two for a position the higher revision holds, so tabs that share the
   storage never undo each other. What the server refused stays until somebody says it was seen. */
const STAGES = ["draft", "pending", "refused", "saved"];

function newer(a, b) {
  if (!a || !b) return a || b;
  if (a.revision !== b.revision) return a.revision > b.revision ? a : b;
  return STAGES.indexOf(a.state) >= STAGES.indexOf(b.state) ? a : b;
}

function openJournal(key) {
  const held = { entries: {}, submit: "" };

  function stored() {
    try {
      return JSON.parse(localStorage.getItem(key)) || {};
    } catch (error) {
      return {};
    }
  }

  function write() {
    const there = stored().entries || {};
    for (const position in there) {
      held.entries[position] = newer(held.entries[position], there[position]);
    }
    try {
      localStorage.setItem(key, JSON.stringify(held));
      journal.works = true;
    } catch (error) {
      journal.works = false;
    }
  }

  const journal = {
    /* Whether what is kept stands in the phone's storage; memory holds it in any case. */
    works: true,
    keep(...entries) {
      entries.forEach((entry) => (held.entries[entry.position] = entry));
      write();
    },
    /* Who is handing in: "person", "clock" or, when nobody is, "". */
    intend(submit) {
      held.submit = submit;
      write();
    },
    entries: () => held.entries,
    submit: () => held.submit,
    /* After the hand-in: only what was refused is still the phone's to keep. */
    settle() {
      const refused = Object.values(held.entries).filter((entry) => entry.state === "refused");
      held.entries = {};
      held.submit = "";
      refused.forEach((entry) => (held.entries[entry.position] = entry));
      try {
        if (refused.length) localStorage.setItem(key, JSON.stringify(held));
        else localStorage.removeItem(key);
      } catch (error) {
        journal.works = false;
      }
    },
  };
  held.submit = stored().submit || "";
  write();
  return journal;
}
