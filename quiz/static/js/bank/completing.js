"use strict";
/* A claim that is accepted fills what is still empty beside it, to be read and edited at once; the
   server does the same for a browser without scripts. Taken back, it takes back what it filled. */
(function start() {
  const form = document.querySelector("#lengkapi");

  function fill(control, value, accepted) {
    if (!control || !value) return;
    if (accepted && !control.value) {
      control.value = value;
      control.dataset.filled = value;
    } else if (!accepted && control.value && control.value === control.dataset.filled) {
      control.value = "";
    }
  }

  form.addEventListener("change", (event) => {
    const box = event.target;
    if (!("explanation" in box.dataset)) return;
    const uid = box.name.replace("fakta-", "");
    const field = (name) => form.elements[`${name}-${uid}`];
    const others = [...form.querySelectorAll(`[name="${box.name}"][data-explanation]:checked`)];
    const accepted = box.checked || others.length > 0;
    fill(field("topik"), field("topik-saran").value, accepted);
    fill(field("tingkat"), field("tingkat-saran").value, accepted);
    if (box.checked || field("pembahasan").value === box.dataset.explanation) {
      fill(field("pembahasan"), box.dataset.explanation, box.checked);
    }
    if (!box.checked && others.length) {
      fill(field("pembahasan"), others[0].dataset.explanation, true);
    }
  });
  document.querySelectorAll(".picker[id=references]").forEach(searchable);
})();
