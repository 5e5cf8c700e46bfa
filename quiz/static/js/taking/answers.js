"use strict";
/* What has been answered, position by position, and which of two versions of it holds. Revisions
   count up from this rendering's base, so a page opened later outranks this one everywhere. */
const REVISIONS = 1000000;

function sameAnswer(a, b) {
  return a.confidence === b.confidence && a.chosen.join() === b.chosen.join();
}

function createAnswers(base, clock, journal, view) {
  const entries = {};
  let counter = 0;

  const ours = (revision) => revision > base && revision < base + REVISIONS;

  function seen(revision) {
    if (ours(revision)) counter = Math.max(counter, revision - base);
  }

  function take(item, entry) {
    entries[item.position] = entry;
    view.mark(item, entry);
    return entry;
  }

  function adopt(item, { chosen, confidence, revision, at, saved_at }, state) {
    const { position } = item;
    view.write(item, { chosen, confidence });
    return take(item, { position, chosen, confidence, revision, at: at || saved_at, state });
  }

  const answers = {
    entries,
    /* What the page shows at this item becomes its newest version. */
    revise(item, state) {
      counter += 1;
      const { position } = item;
      const revision = base + counter;
      const entry = { position, revision, at: clock.stamp(), state };
      journal.keep(take(item, Object.assign(entry, view.read(item))));
    },
    refuse(entry) {
      entry.state = "refused";
      journal.keep(entry);
    },
    /* There is time again: what came too late may be taken now. */
    retry() {
      const refused = Object.values(entries).filter((entry) => entry.state === "refused");
      refused.forEach((entry) => (entry.state = "pending"));
      journal.keep(...refused);
    },
    /* The reply to a submission: all of it is saved but what it names. */
    handedIn(lost) {
      Object.values(entries).forEach((entry) => {
        if (lost.includes(entry.position)) answers.refuse(entry);
        else if (entry.state !== "refused") journal.keep(Object.assign(entry, { state: "saved" }));
      });
    },
    /* The reply to a saved entry. True when the server now holds what the page shows. */
    settle(item, sent, reply) {
      const mine = entries[item.position];
      if (reply.revision === mine.revision && sameAnswer(reply, mine)) {
        mine.state = "saved";
        journal.keep(mine);
        return true;
      }
      if (mine !== sent && reply.revision < mine.revision) return false;
      if (reply.revision > mine.revision && ours(reply.revision)) {
        // This rendering, shown again from the browser's cache: its numbers go on from there.
        seen(reply.revision);
        answers.revise(item, "pending");
        return false;
      }
      journal.keep(adopt(item, reply, "saved"));
      return true;
    },
    /* The server's whole state: what it lacks is sent again, what is newer there is shown. Only a
       state newer than every reply can take back that an entry is saved. */
    compare(responses, newest) {
      const theirs = {};
      responses.forEach((response) => (theirs[response.position] = response));
      view.items.forEach((item) => {
        const mine = entries[item.position];
        const response = theirs[item.position] || { revision: 0 };
        seen(response.revision);
        if (mine && mine.revision > response.revision) {
          if (mine.state === "saved" && newest) mine.state = "pending";
          return;
        }
        const known = mine && mine.revision === response.revision && mine.state === "saved";
        if (response.revision && !known) adopt(item, response, "saved");
      });
      journal.keep(...Object.values(entries));
    },
    /* Where the page as rendered, this phone's journal and taps made before the script ran meet.
       Returns the last item so tapped. */
    begin(waiting) {
      const kept = journal.entries();
      let last = null;
      view.items.forEach((item) => {
        const rendered = Object.assign(view.rendered(item), { revision: item.revision });
        const tapped = item.boxes.length && !sameAnswer(view.read(item), rendered);
        const mine = kept[item.position];
        if (mine) seen(mine.revision);
        if (tapped) answers.revise((last = item), waiting);
        else if (mine && mine.revision > item.revision) {
          adopt(item, mine, mine.state === "draft" ? "draft" : "pending");
        } else if (item.revision) adopt(item, rendered, "saved");
      });
      journal.keep(...Object.values(entries));
      return last;
    },
  };
  return answers;
}
