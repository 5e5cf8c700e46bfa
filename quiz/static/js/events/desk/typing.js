"use strict";
/* A paper typed by keyboard alone: Enter goes on to the next item, or stays where a letter is not one of
   the item's; after the last it stands on the button that saves. */
(function () {
  const form = document.querySelector("#lembar");
  const fields = Array.from(form.querySelectorAll("[data-letters]"));
  const save = form.querySelector("[name=simpan]");
  const tally = document.querySelector("#hitung");

  function letters(field) {
    return field.value.toUpperCase().replace(/[\s,;./+&\-\u2013]/g, "");
  }

  /* Why it cannot stand like this; "" when it can. The server says the same. */
  function fault(field) {
    const typed = Array.from(letters(field));
    const { letters: offered, several } = field.dataset;
    const strange = typed.find((letter) => !offered.includes(letter));
    if (strange) {
      const span = `${offered[0]} sampai ${offered[offered.length - 1]}`;
      return `${strange} tidak ada pada soal ini: pilihannya ${span}.`;
    }
    if (new Set(typed).size < typed.length) return "Satu huruf terketik lebih dari sekali.";
    if (typed.length > 1 && !several) {
      return "Soal ini satu jawaban. Bila di kertas memang lebih dari satu, kosongkan.";
    }
    return "";
  }

  function check(field) {
    const words = fault(field);
    const place = document.querySelector(`#${field.id}-kabar`);
    if (place.textContent !== words) place.textContent = words;
    place.hidden = !words;
    field.toggleAttribute("aria-invalid", Boolean(words));
    return !words;
  }

  function count() {
    const blank = fields.filter((field) => !letters(field)).map((field) => field.dataset.number);
    const which = blank.length ? ` (soal ${blank.join(", ")})` : "";
    tally.textContent = `${fields.length - blank.length} terisi, ${blank.length} kosong${which}.`;
  }

  function goOn(field) {
    const next = fields[fields.indexOf(field) + 1] || save;
    next.focus();
    if (next.select) next.select();
  }

  fields.forEach((field) => {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      if (check(field)) goOn(field);
    });
    field.addEventListener("input", () => {
      if (!fault(field)) check(field);
      count();
    });
    field.addEventListener("blur", () => check(field));
  });
  form.addEventListener("submit", (event) => {
    const wrong = fields.find((field) => !check(field));
    if (!wrong) return;
    event.preventDefault();
    wrong.focus();
  });
  count();
})();
