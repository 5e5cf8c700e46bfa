"use strict";
/* What the dock says, as plain functions of how things stand: `now` holds
   {current, last, entry, waiting, found, kept, failures, stopped, online, troubled, submitting, over,
   replaced, refusals, back, told}. */

/* The two custody marks, as [state, words]. */
function custodyMarks(now) {
  const { entry, found, waiting, kept } = now;
  const phone = kept ? ["saved", "tersimpan di HP"] : ["failed", "HP tidak dapat menyimpan"];
  const unsent = ["pending", `${waiting} belum di server`];
  if (entry) return [phone, custodyOf(entry, now) || unsent];
  const { answered } = found;
  if (kept && !answered) phone.splice(0, 2, "pending", "belum dijawab");
  else if (kept) phone[1] = `${answered} tersimpan di HP`;
  return [phone, waiting ? unsent : [answered ? "saved" : "pending", `${answered} di server`]];
}

function custodyOf(entry, { waiting, failures }) {
  if (entry.state === "refused") return ["failed", "tidak diterima server"];
  if (entry.state === "draft") return ["pending", "belum dikunci"];
  if (waiting > 1 || (waiting && failures)) return null;
  return waiting ? ["pending", "menuju server"] : ["saved", "tersimpan di server"];
}

/* The two buttons, left and right. Sending never stands where a repeated tap would hit it. */
function buttonLooks(now) {
  const { current, last, found } = now;
  if (now.submitting) return sendingLooks(now);
  if (current) {
    return [
      { text: current.place ? "Sebelumnya" : "", arrow: true },
      { text: current.place === last ? "Periksa" : "Berikutnya", arrow: true },
    ];
  }
  if (!found.blank) return [{ text: "Kembali", arrow: true }, { text: "Kirim jawaban" }];
  return [
    { text: `Kirim, ${found.blank} kosong` },
    { text: `Isi soal ${found.blanks[0].number}`, arrow: true },
  ];
}

function sendingLooks({ over, failures, stopped, online }) {
  const stuck = !over && (failures || stopped || !online);
  return [
    { text: stuck ? "Batal mengirim" : "" },
    { text: stuck ? "Menunggu" : "Mengirim", waits: true },
  ];
}

/* The one thing worth a banner, the most pressing first. */
function bannerName(now) {
  if (now.stopped) return now.stopped;
  if (now.refusals) return "closed";
  if (now.replaced) return "replaced";
  const cut = !now.online || now.troubled;
  if (now.submitting && cut) return "unsent";
  if (now.over) return "time";
  if (cut) return now.online ? "server" : "offline";
  if (now.back) return "back";
  return now.kept || now.told ? "" : "storage";
}
