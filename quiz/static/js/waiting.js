// Says how many responses of the person logged in here wait on this phone.
(function () {
  "use strict";
  var place = document.querySelector("[data-waiting]");
  if (!place) return;
  var prefix = "kuis:" + place.dataset.waiting + ":";
  var waiting = 0;
  try {
    for (var i = 0; i < localStorage.length; i += 1) {
      var key = localStorage.key(i);
      if (key.indexOf(prefix) !== 0) continue;
      waiting += Object.keys(JSON.parse(localStorage.getItem(key)).pending || {}).length;
    }
  } catch (error) {
    return;
  }
  if (!waiting) return;
  place.textContent = waiting + " jawaban atas nama itu masih di HP ini dan belum sampai di server. " +
    "Jawaban itu tidak hilang: masuk lagi dengan kartunya, lalu buka kuisnya.";
  place.hidden = false;
})();
