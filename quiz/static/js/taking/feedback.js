"use strict";
/* Per soal: the locked response's feedback, drawn where the options stood, as the server draws it
   when the page is opened again. */
const SURENESS = ["", ", ragu-ragu", ", cukup yakin", ", sangat yakin"];

function verdictOf(chosen, key, sure) {
  if (chosen) return `Pilihan Anda${key ? ", tepat" : ""}${sure}`;
  return key ? "Jawaban tepat" : "";
}

function reviewedOption(box, option, entry) {
  const row = document.querySelector("#reviewed").content.cloneNode(true);
  const chosen = entry.chosen.includes(option.id);
  const letter = box.parentNode.querySelector(".letter");
  const verdict = verdictOf(chosen, option.key, SURENESS[entry.confidence || 0]);
  const [, text, reason] = row.querySelectorAll("p");
  row.querySelector(".letter").textContent = letter ? letter.textContent : "";
  row.querySelector(".verdict span").textContent = verdict;
  row.querySelector(".verdict").hidden = !verdict;
  text.textContent = box.parentNode.querySelector(".option-row").lastElementChild.textContent;
  reason.textContent = option.feedback;
  reason.hidden = !option.feedback;
  if (option.key) row.firstElementChild.classList.add("reviewed-right");
  else if (chosen) row.firstElementChild.classList.add("reviewed-wrong");
  return row;
}

function drawFeedback(item, entry, feedback) {
  const list = document.createElement("ul");
  list.className = "reviews";
  item.boxes.forEach((box) => {
    const option = feedback.options.find((each) => each.id === box.value);
    if (option) list.append(reviewedOption(box, option, entry));
  });
  const why = document.createElement("p");
  why.textContent = feedback.explanation;
  const turns = document.createElement("p");
  const said = document.createElement("b");
  said.textContent = "Yang mengubah jawaban.";
  turns.append(said, ` ${feedback.turns_on}`);
  item.node.querySelector(".options").replaceWith(list);
  item.node.querySelectorAll(".confidence, .lock").forEach((part) => part.remove());
  item.node.append(why);
  if (feedback.turns_on) item.node.append(turns);
}
