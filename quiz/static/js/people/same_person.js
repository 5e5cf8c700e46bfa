"use strict";
/* A page that a browser kept is shown to whoever goes back to it, without asking the server. So the
   server says in a cookie that scripts may read whose browser this is (the beginning of a uid; "-"
   for nobody), and a page that is somebody else's goes away, without the network too. */
function isStill(uid) {
  const said = document.cookie.split("; ").find((each) => each.startsWith("siapa="));
  return !said || said === `siapa=${uid.slice(0, 8)}`;
}

function goAway(home) {
  document.documentElement.hidden = true;
  location.replace(home);
}
