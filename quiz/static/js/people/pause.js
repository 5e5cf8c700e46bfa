// After many wrong codes the page asks for a pause; the server never refuses a right code.
(function () {
  "use strict";
  var form = document.querySelector("form[data-wait]");
  var words = document.querySelector("[data-wait-words]");
  if (!form || !words) return;
  var button = form.querySelector("button[type=submit]");
  var left = Number(form.dataset.wait);
  button.disabled = true;
  var timer = setInterval(function () {
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    button.disabled = false;
    words.textContent = "Silakan coba lagi.";
  }, 1000);
})();
