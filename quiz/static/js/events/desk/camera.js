"use strict";
/* The laptop's camera reads cards. The decoder is brought when the camera is first turned on; a card that
   stays before the camera is read once. */
(function () {
  const EVERY = 200;
  const AWAY = 2500;
  const WIDTH = 640;
  const button = document.querySelector("#kamera");
  const frame = document.querySelector("#bidik");
  const video = document.querySelector("#video");
  const news = document.querySelector("#kamera-kabar");
  const { decoder } = document.querySelector("#pindai").dataset;
  const canvas = document.createElement("canvas");
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  let stream = null;
  let timer = 0;
  let last = "";
  let seenAt = 0;

  function tell(words) {
    news.hidden = !words;
    news.lastElementChild.textContent = words;
  }

  function bring() {
    return new Promise((done, failed) => {
      if (window.jsQR) return done();
      const script = document.createElement("script");
      script.src = decoder;
      script.onload = done;
      script.onerror = failed;
      return document.body.append(script);
    });
  }

  function look() {
    if (video.readyState === video.HAVE_ENOUGH_DATA) {
      canvas.width = Math.min(WIDTH, video.videoWidth);
      canvas.height = Math.round((canvas.width * video.videoHeight) / video.videoWidth);
      paper.drawImage(video, 0, 0, canvas.width, canvas.height);
      const image = paper.getImageData(0, 0, canvas.width, canvas.height);
      const found = window.jsQR(image.data, image.width, image.height, {
        inversionAttempts: "dontInvert",
      });
      if (found && found.data) read(found.data);
    }
    timer = setTimeout(look, EVERY);
  }

  function read(text) {
    const now = performance.now();
    const again = text === last && now - seenAt < AWAY;
    last = text;
    seenAt = now;
    if (!again) desk.scan(text);
  }

  async function begin() {
    if (!navigator.mediaDevices) {
      return tell(
        "Kamera hanya dapat dipakai di laptop server, di alamat http://127.0.0.1 atau localhost, " +
          "atau lewat HTTPS. Pindai dengan alat pemindai USB, atau ketik kodenya."
      );
    }
    try {
      await bring();
      stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: false });
    } catch (error) {
      return tell(
        "Kamera tidak dapat dipakai: belum diizinkan peramban, atau sedang dipakai program lain. " +
          "Izinkan kamera untuk halaman ini, lalu tekan lagi."
      );
    }
    tell("");
    video.srcObject = stream;
    await video.play();
    mark(true);
    return look();
  }

  function end() {
    clearTimeout(timer);
    stream.getTracks().forEach((track) => track.stop());
    stream = video.srcObject = null;
    mark(false);
  }

  function mark(on) {
    frame.hidden = !on;
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "Matikan kamera" : "Pakai kamera laptop";
  }

  button.addEventListener("click", () => (stream ? end() : begin()));
})();
