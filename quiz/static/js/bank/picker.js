"use strict";
/* A long list to tick: a field that narrows it, and how many are ticked, those suggested above it
   among them. */

function searchable(picker) {
  const picks = [...picker.querySelectorAll("[data-pick]")];
  const groups = [...picker.querySelectorAll("[data-group]")];
  const texts = picks.map((pick) => pick.textContent.toLowerCase());
  const unscripted = picker.querySelector("[data-unscripted]");
  if (unscripted) unscripted.remove();
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
    groups.forEach((group) => {
      group.hidden = !group.querySelector("[data-pick]:not([hidden])");
    });
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  picker.closest("form").addEventListener("change", (event) => {
    if (event.target.name !== picker.id) return;
    const ticked = document.querySelectorAll(`[name="${picker.id}"]:checked`).length;
    picker.querySelector("[data-count]").textContent = `${ticked} dipilih`;
  });
}
