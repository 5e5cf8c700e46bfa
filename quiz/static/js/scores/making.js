"use strict";
/* A file says that it is being made, and when it is there; without this script its link brings it. */
(function start() {
  const said = document.createElement("p");
  said.className = "quiet no-print";
  said.setAttribute("role", "status");

  async function bring(link) {
    const reply = await fetch(link.href);
    const named = /filename="?([^";]+)/.exec(reply.headers.get("content-disposition") || "");
    if (!reply.ok || !named) {
      window.location.assign(link.href); // the page there says why
      return;
    }
    const file = document.createElement("a");
    file.href = URL.createObjectURL(await reply.blob());
    file.download = named[1];
    file.click();
    URL.revokeObjectURL(file.href);
    said.textContent = `${named[1]} selesai dibuat.`;
  }

  async function make(link) {
    if (link.getAttribute("aria-disabled") === "true") return;
    link.setAttribute("aria-disabled", "true");
    link.closest(".actions, p").after(said);
    said.textContent = `${link.textContent.trim()} sedang dibuat. Tunggu sebentar.`;
    try {
      await bring(link);
    } catch {
      said.textContent = "Server tidak terjangkau, jadi berkasnya belum dibuat. Coba lagi.";
    } finally {
      link.removeAttribute("aria-disabled");
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-made]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    make(link);
  });
})();
