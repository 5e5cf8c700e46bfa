"use strict";
/* A long list to tick: a field that narrows it, and how many are ticked. */

function searchable(picker) {
  const picks = [...picker.querySelectorAll("[data-pick]")];
  const texts = picks.map((pick) => pick.textContent.toLowerCase());
  const field = document.createElement("input");
  field.type = "search";
  field.className = "control";
  field.id = `${picker.id}-cari`;
  const label = document.createElement("label");
  label.htmlFor = field.id;
  label.textContent = "Cari dalam daftar ini";
  picker.querySelector(".picks").before(label, field);
  field.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = field.value.toLowerCase().split(/\s+/);
    picks.forEach((pick, place) => {
      const ticked = pick.querySelector("input").checked;
      pick.hidden = !ticked && !words.every((word) => texts[place].includes(word));
    });
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  picker.addEventListener("change", () => {
    const ticked = picks.filter((pick) => pick.querySelector("input").checked).length;
    picker.querySelector("[data-count]").textContent = `${ticked} dipilih`;
  });
}
