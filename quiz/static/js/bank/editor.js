"use strict";
/* The editor: what is wanting and the preview follow what is typed, after a short pause. */
(function start() {
  const form = document.querySelector("#sunting");
  const state = document.querySelector("#keadaan-simpan");
  const news = document.querySelector("#kabar");
  const tabs = [...document.querySelectorAll(".side .filters a")];
  let mode = tabs[1].getAttribute("aria-current") ? "pembahasan" : "mengerjakan";
  const drawn = {};
  let asked = 0;
  let timer = null;

  function tell(sentences) {
    const shown = [...news.querySelectorAll("p")].map((node) => node.textContent);
    if (JSON.stringify(shown) === JSON.stringify(sentences)) return;
    news.replaceChildren(
      ...sentences.map((sentence) => {
        const box = document.createElement("div");
        const text = document.createElement("p");
        box.className = "notice notice-info";
        box.setAttribute("role", "status");
        text.textContent = sentence;
        box.append(text);
        return box;
      }),
    );
  }

  function say(text) {
    state.textContent = text;
  }

  function offer(use, leave) {
    const box = document.createElement("div");
    box.className = "notice notice-attention";
    const text = document.createElement("p");
    text.textContent = "Di komputer ini ada ketikan yang belum sampai ke server, sedangkan draf ini sudah disimpan dari tempat lain.";
    box.append(text);
    [["Pakai ketikan itu", use], ["Buang ketikan itu", leave]].forEach(([words, act]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = words;
      button.addEventListener("click", () => {
        box.remove();
        act();
      });
      box.append(button);
    });
    news.before(box);
  }

  const keeper = createKeeper(form, say, tell, offer);

  /* Only what differs is drawn, so that a screen reader is told only what is new. */
  function show(place, html) {
    if (drawn[place] === html) return;
    drawn[place] = html;
    document.querySelector(place).innerHTML = html;
  }

  /* The list of what is not written yet is open once somebody has asked for it. */
  const folds = () => [...document.querySelectorAll("#periksa [data-keep]")];
  const opened = () => folds().filter((fold) => fold.open).map((fold) => fold.dataset.keep);

  async function check() {
    asked += 1;
    const mine = asked;
    try {
      const answer = await keeper.check(mode, opened().includes("kosong"));
      if (mine !== asked) return;
      const open = opened();
      show("#periksa", answer.checked);
      show("#telepon", answer.preview);
      folds().forEach((fold) => {
        fold.open = open.includes(fold.dataset.keep);
      });
      form.querySelectorAll(".lack").forEach((lack) => {
        sayLack(lack, answer.fields[lack.id.replace(/-kurang$/, "")] || "");
      });
    } catch (fault) {
      /* The keeper says what is wrong with the network; the last check stays. */
    }
  }

  function checkSoon() {
    clearTimeout(timer);
    timer = setTimeout(check, 700);
  }

  function changed() {
    keeper.changed();
    checkSoon();
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", (event) => {
    if (event.target.id === "type") form.requestSubmit(document.querySelector("#jenis"));
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=tindakan]");
    const section = button && button.closest(".rows-edit");
    if (!section) return;
    const verb = button.value.split(".")[1];
    if (!changeRows(section, verb, button.closest(".edit-row"))) return;
    event.preventDefault();
    changed();
  });
  form.addEventListener("keydown", (event) => {
    const row = event.target.closest(".edit-row");
    const step = { ArrowUp: "naik", ArrowDown: "turun" }[event.key];
    if (!row || !step || !event.altKey || !row.querySelector(".row-buttons")) return;
    event.preventDefault();
    changeRows(row.closest(".rows-edit"), step, row);
    changed();
  });
  tabs.forEach((tab, place) => {
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      mode = place ? "pembahasan" : "mengerjakan";
      tabs.forEach((each) => each.removeAttribute("aria-current"));
      tab.setAttribute("aria-current", "true");
      check();
    });
  });
  document.querySelector("#periksa").addEventListener("click", (event) => {
    if (event.target.closest("summary")) checkSoon();
  });
  document.querySelectorAll(".rows-edit").forEach(renumber);
  document.querySelectorAll(".picks").forEach((list) => searchable(list.closest(".picker")));
  keeper.resume();
})();
