"use strict";
/* Rows of a list (options, messages): added, removed and moved on the page, so that this works
   without a network too. A row's number stands in its names, ids and buttons; they are counted
   again. */
const COUNTED = ["id", "name", "for", "aria-describedby"];

function renumber(section) {
  const list = section.dataset.rows;
  const rows = section.querySelectorAll(".edit-row");
  rows.forEach((row, place) => {
    const number = place + 1;
    const mark = "lettered" in section.dataset ? String.fromCharCode(64 + number) : String(number);
    const counted = (text) =>
      text.replace(new RegExp(`(^| )${list}-\\d+`, "g"), `$1${list}-${number}`);
    row.id = `${list}-${number}`;
    row.querySelectorAll("[id], [name], [for]").forEach((node) => {
      COUNTED.forEach((key) => {
        if (node.hasAttribute(key)) node.setAttribute(key, counted(node.getAttribute(key)));
      });
      if (node.name === "tindakan") node.value = node.value.replace(/\d+$/, number);
    });
    row.querySelectorAll("[data-mark]").forEach((node) => {
      node.textContent = mark;
    });
  });
  const add = section.querySelector(`[value="${list}.tambah"]`);
  if (add) add.disabled = rows.length >= Number(section.dataset.most);
}

function emptied(row) {
  const fresh = row.cloneNode(true);
  fresh.querySelectorAll("input, textarea").forEach((control) => {
    control.value = "";
  });
  fresh.querySelectorAll("select").forEach((control) => {
    control.value = control.dataset.blank;
  });
  fresh.querySelectorAll(".lack").forEach((lack) => sayLack(lack, ""));
  return fresh;
}

function moveRow(row, step) {
  const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other || !other.classList.contains("edit-row")) return false;
  if (step < 0) other.before(row);
  else other.after(row);
  return true;
}

/* Does what a row button says; false when the server has to (no row is left to copy). */
function changeRows(section, verb, row) {
  const rows = section.querySelectorAll(".edit-row");
  if (verb === "tambah") {
    if (!rows.length) return false;
    const fresh = emptied(rows[rows.length - 1]);
    rows[rows.length - 1].after(fresh);
    renumber(section);
    fresh.querySelector("textarea, input").focus();
    return true;
  }
  if (verb === "hapus") {
    if (rows.length === 1) return false;
    const next = row.nextElementSibling.closest(".edit-row") || row.previousElementSibling;
    row.remove();
    renumber(section);
    next.querySelector("textarea, input").focus();
    return true;
  }
  const held = document.activeElement;
  if (moveRow(row, verb === "naik" ? -1 : 1)) renumber(section);
  held.focus();
  return true;
}
