"use strict";
/* Brings the page's script once the page can be read, and again where the network drops it: a
   browser tries only once, and without the script nothing is kept on the phone. */
(function () {
  const { script: address } = document.currentScript.dataset;
  let wait = 500;

  function bring() {
    const script = document.createElement("script");
    script.src = address;
    script.onerror = () => {
      setTimeout(bring, wait);
      wait = Math.min(8000, 2 * wait);
    };
    document.body.append(script);
  }

  bring();
})();
