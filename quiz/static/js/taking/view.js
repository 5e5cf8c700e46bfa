"use strict";
/* What is on the screen: one item at a time, the map, the two custody marks, the banner. Knows the
   page, decides nothing. `items` stand in display order. */
function createView(form) {
  const $ = (selector) => document.querySelector(selector);
  const strip = document.querySelectorAll(".strip i");
  const cells = document.querySelectorAll(".cell");
  const marks = document.querySelectorAll(".custody");
  const heading = $("h1");
  let shownBanner = "";

  const sections = form.querySelectorAll("[data-position]");
  const items = Array.from(sections, (node, place) => {
    const { position, revision } = node.dataset;
    return {
      node,
      place,
      position: Number(position),
      revision: Number(revision),
      number: place + 1,
      last: place + 1 === sections.length,
      stem: node.querySelector(".stem").textContent,
      boxes: Array.from(node.querySelectorAll(".option input")),
      sures: Array.from(node.querySelectorAll(".sure input")),
      lock: node.querySelector(".lock"),
    };
  });

  function letter(item, chosen) {
    const box = item.boxes.find((each) => chosen.includes(each.value));
    const shown = box && box.parentNode.querySelector(".letter");
    return shown ? shown.textContent : "";
  }

  function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function withoutPromise(place) {
    const only = $("#banner-only-here").content.textContent;
    place.querySelectorAll(".promise").forEach((promise) => say(promise, only));
    place.querySelectorAll("a").forEach((link) => (link.target = "_blank"));
  }

  function part(element, state) {
    element.classList.remove("done", "unsure");
    if (state) element.classList.add(state);
  }

  const view = {
    items,
    /* As rendered by the server, whatever has been tapped since. */
    rendered(item) {
      const value = (name) => form.elements[name + item.position].value;
      return {
        chosen: value("asal-").split(",").filter(Boolean),
        confidence: Number(value("asal-yakin-")) || null,
      };
    },
    read(item) {
      const sure = item.sures.find((box) => box.checked);
      return {
        chosen: item.boxes.filter((box) => box.checked).map((box) => box.value).sort(),
        confidence: sure ? Number(sure.value) : null,
      };
    },
    write(item, entry) {
      item.boxes.forEach((box) => (box.checked = entry.chosen.includes(box.value)));
      item.sures.forEach((box) => (box.checked = Number(box.value) === entry.confidence));
    },
    /* The item's place on the strip and the map. */
    mark(item, { chosen, confidence }) {
      if (!item.boxes.length) return;
      const unsure = confidence === 1;
      const state = unsure ? "unsure" : chosen.length ? "done" : "";
      const shown = letter(item, chosen);
      const cell = cells[item.place];
      part(cell, state);
      cell.lastElementChild.textContent = (shown || (chosen.length ? "✓" : "–")) + (unsure ? " ?" : "");
      const words = shown || (chosen.length ? `${chosen.length} opsi` : "kosong");
      cell.setAttribute("aria-label", `${item.number}, ${words}${unsure ? ", ragu-ragu" : ""}`);
      if (strip.length) part(strip[item.place], state);
    },
    tally({ answered, unsure, blank }) {
      const doubts = unsure ? ` (${unsure} ragu)` : "";
      say($("#tally"), `${answered} terjawab${doubts}, ${blank} kosong`);
    },
    /* Shows one item, or the review when `item` is null. */
    show(item, focus) {
      const node = item ? item.node : $("#periksa");
      form.querySelectorAll(".item").forEach((other) => (other.hidden = other !== node));
      cells.forEach((cell, place) => {
        if (item && place === item.place) cell.setAttribute("aria-current", "step");
        else cell.removeAttribute("aria-current");
      });
      strip.forEach((part, place) => part.classList.toggle("here", item && place === item.place));
      $("#map").hidden = !item;
      $("#map").open = false;
      say(heading, item ? `Soal ${item.number} dari ${items.length}` : "Belum terkirim");
      document.title = `${heading.textContent} - Kuis Netralitas ASN`;
      scrollTo(0, 0);
      if (focus) node.focus({ preventScroll: true });
    },
    buttons(looks) {
      [$("#left"), $("#right")].forEach((button, place) => {
        const look = looks[place];
        say(button.querySelector("span"), look.text);
        button.querySelector("svg").toggleAttribute("hidden", !look.arrow);
        button.style.visibility = look.text ? "" : "hidden";
        button.setAttribute("aria-disabled", String(Boolean(look.waits)));
      });
    },
    custody(...states) {
      states.forEach(([state, text], place) => {
        const mark = marks[place];
        mark.className = `custody custody-${state}`;
        say(mark.lastElementChild, text);
      });
    },
    /* `n` goes into the banner's words; `kept` is false when nothing can be promised of the phone. */
    banner(name, n, kept) {
      if (shownBanner === `${name} ${n}`) return;
      shownBanner = `${name} ${n}`;
      const place = $("#banner");
      place.textContent = "";
      if (name) place.append($(`#banner-${name}`).content.cloneNode(true));
      place.querySelectorAll(".n").forEach((number) => {
        say(number, String(n));
        number.parentNode.hidden = !n;
      });
      if (!kept) withoutPromise(place);
      // The banner lies over the page's end, so that nothing moves; this much more can be scrolled.
      form.style.paddingBottom = `${place.offsetHeight}px`;
    },
    clock: (text) => say($("#time-left"), text),
    announce: (text) => say($("#announcement"), text),
    /* Whether an item takes taps; `blank` also keeps its own button shut. */
    lock({ boxes, sures, lock }, locked, blank) {
      boxes.concat(sures).forEach((control) => (control.disabled = locked));
      if (lock) lock.disabled = locked || blank;
    },
  };
  // The heading's words get shorter, which must not draw the clock into its line.
  heading.style.minWidth = `min(${heading.offsetWidth}px, 100%)`;
  document.querySelectorAll(".by-hand, .item").forEach((part) => (part.hidden = true));
  $(".dock").hidden = false;
  return view;
}
