"use strict";
/* Makes what stands on the page like `fresh`, touching only what differs, so that focus, the pointer
   and a screen reader stay where they are. A part marked data-still is left as it is while somebody
   points at it or is in it with the keyboard; true when that was so and it would have changed. */
function blend(old, fresh) {
  if (old.isEqualNode(fresh)) return false;
  if (isInUse(old)) return true;
  if (old.nodeName !== fresh.nodeName || keyOf(old) !== keyOf(fresh)) {
    old.replaceWith(fresh);
    return false;
  }
  if (old.nodeType === Node.TEXT_NODE) {
    old.data = fresh.data;
    return false;
  }
  if (old.nodeType === Node.ELEMENT_NODE) takeAttributes(old, fresh);
  return blendChildren(old, fresh);
}

function blendChildren(old, fresh) {
  const mine = Array.from(old.childNodes);
  const theirs = Array.from(fresh.childNodes);
  if (mine.length === theirs.length) {
    return mine.map((node, place) => blend(node, theirs[place])).some(Boolean);
  }
  if (mine.some((node) => node.nodeType === Node.ELEMENT_NODE && holdsUse(node))) return true;
  old.replaceChildren(...theirs);
  return false;
}

function takeAttributes(old, fresh) {
  Array.from(old.attributes)
    .filter(({ name }) => !fresh.hasAttribute(name))
    .forEach(({ name }) => old.removeAttribute(name));
  Array.from(fresh.attributes).forEach(({ name, value }) => {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  });
}

function keyOf(node) {
  return node.dataset ? node.dataset.key : undefined;
}

function isInUse(node) {
  return Boolean(node.dataset) && "still" in node.dataset && inUse(node);
}

function holdsUse(node) {
  return isInUse(node) || Array.from(node.querySelectorAll("[data-still]")).some(inUse);
}

function inUse(node) {
  return node.contains(document.activeElement) || node.matches(":hover");
}
