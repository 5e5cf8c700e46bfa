"use strict";
/* The server's time, wherever the phone's own clock stands: a moment the server named, plus what
   has passed on this page since. All times in milliseconds. */
const SLEPT = 1000;

/* Milliseconds since the page began to load, sleep counted. The monotonic clock stops while a phone
   sleeps and the phone's own may be set: a step of the latter counts where it is the longer by more
   than SLEPT, so that setting it back takes no time and its trembling adds none. */
const elapsed = (function () {
  let steady = performance.now();
  let shown = Date.now();
  let slept = 0;
  return function () {
    const more = Date.now() - shown - (performance.now() - steady);
    steady = performance.now();
    shown = Date.now();
    if (more > SLEPT) slept += more;
    return steady + slept;
  };
})();

function createClock(now, end, namedAt) {
  let offset = Date.parse(now) - namedAt;
  let last = Date.parse(end);
  return {
    /* Returns by how much the end has moved. */
    set(now, end) {
      const before = last;
      offset = Date.parse(now) - elapsed();
      last = Date.parse(end);
      return last - before;
    },
    now: () => offset + elapsed(),
    stamp: () => new Date(offset + elapsed()).toISOString(),
    left: () => last - offset - elapsed(),
  };
}

const [loading] = performance.getEntriesByType("navigation");

/* When this page's HTML began to arrive, which is when its server time was true. */
function pageArrived() {
  return loading ? loading.responseStart : 0;
}

/* True when the browser shows a page it had kept, with times and revisions of long ago. */
function cameBack() {
  return Boolean(loading) && loading.type === "back_forward";
}

/* "Sisa 9 menit": whole minutes, seconds only in the last two. */
function timeInWords(left) {
  const seconds = Math.max(0, Math.floor(left / 1000));
  if (seconds < 120) return `Sisa ${seconds} detik`;
  if (seconds < 7200) return `Sisa ${Math.floor(seconds / 60)} menit`;
  if (seconds < 172800) return `Sisa ${Math.floor(seconds / 3600)} jam`;
  return `Sisa ${Math.floor(seconds / 86400)} hari`;
}

/* "5 menit", of a length without its sign. */
function lengthInWords(length) {
  const seconds = Math.round(Math.abs(length) / 1000);
  return seconds < 60 ? `${seconds} detik` : `${Math.round(seconds / 60)} menit`;
}
