"use strict";
/* Buttons that copy the text beside them. Over plain HTTP a page is given no clipboard; there the
   text is copied as by hand, and where that fails too it stands selected. */
for (const button of document.querySelectorAll("[data-copies]")) {
  const text = document.getElementById(button.dataset.copies);
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    said.textContent = (await copied(text.value)) ? "Tersalin." : "Teks sudah terpilih. Tekan Ctrl+C.";
  });
}

async function copied(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
