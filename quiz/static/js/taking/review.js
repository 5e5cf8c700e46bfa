"use strict";
/* The page before sending: how many are answered, which are blank or unsure. */
const STEM_LENGTH = 42;

function counts(items, answers) {
  const has = (item) => answers[item.position] && answers[item.position].chosen.length;
  const blanks = items.filter((item) => !has(item));
  const unsures = items.filter((item) => has(item) && answers[item.position].confidence === 1);
  return {
    blanks,
    unsures,
    answered: items.length - blanks.length,
    unsure: unsures.length,
    blank: blanks.length,
  };
}

function shortened(text) {
  if (text.length <= STEM_LENGTH) return text;
  return `${text.slice(0, text.lastIndexOf(" ", STEM_LENGTH))} …`;
}

function fillReview(page, found) {
  const [answered, blank] = page.querySelectorAll(".count");
  answered.querySelector("b").textContent = found.answered;
  answered.querySelector("small").textContent = found.unsure
    ? `${found.unsure} di antaranya ragu-ragu`
    : "tidak ada yang ragu-ragu";
  blank.querySelector("b").textContent = found.blank;
  blank.querySelector("small").textContent = found.blank
    ? "dinilai tidak terjawab"
    : "semua sudah terjawab";
  fillRows(page.querySelector(".blanks"), found.blanks);
  fillRows(page.querySelector(".unsures"), found.unsures);
}

function fillRows(section, items) {
  const list = section.querySelector("ul");
  list.textContent = "";
  section.hidden = !items.length;
  items.forEach((item) => {
    const row = document.querySelector("#row").content.cloneNode(true);
    row.querySelector("a").href = `#soal-${item.number}`;
    row.querySelector("b").textContent = `Soal ${item.number}`;
    row.querySelector("span").textContent = shortened(item.stem);
    list.append(row);
  });
}
