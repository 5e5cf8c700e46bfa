"use strict";
/* What is to be mended in one control, beside it; "" when nothing is. */

function sayLack(lack, words) {
  lack.textContent = words;
  lack.hidden = !words;
  const field = lack.closest(".field");
  if (!field) return;
  field.classList.toggle("field-open", Boolean(words));
  field.querySelectorAll(".control").forEach((control) => {
    control.classList.toggle("unfinished", Boolean(words));
  });
}
