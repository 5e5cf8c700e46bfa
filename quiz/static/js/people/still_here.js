"use strict";
/* Says how many responses of the person logged in here wait on this phone. */
(function () {
  const place = document.querySelector("[data-waiting]");
  const mine = (key) => key.startsWith(`kuis:${place.dataset.waiting}:`);
  let waiting = 0;
  try {
    Object.keys(localStorage).filter(mine).forEach((key) => {
      const { entries } = JSON.parse(localStorage.getItem(key));
      waiting += Object.values(entries).filter((entry) => entry.state === "pending").length;
    });
  } catch (error) {
    return;
  }
  if (!waiting) return;
  place.textContent =
    `${waiting} jawaban atas nama itu masih di HP ini dan belum sampai di server. ` +
    "Jawaban itu tidak hilang: masuk lagi dengan kartunya, lalu buka kuisnya.";
  place.hidden = false;
})();
