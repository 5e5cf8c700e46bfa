"use strict";
/* What the dock says, as plain functions of how things stand. `now` holds {current, entry, found,
   waiting, refusals, kept, told, online, troubled, back, over, replaced, moved}: troubled names whose
   fault it is, "offline" or "server", moved is by how much the end has; sender holds {failures, stopped, submitting}. */

/* The two custody marks, as [state, words]. */
function custodyMarks(now, sender) {
  const { entry, found, waiting, kept } = now;
  const phone = kept ? ["saved", "tersimpan di HP"] : ["failed", "HP tidak dapat menyimpan"];
  const unsent = ["pending", `${waiting} belum di server`];
  if (entry) return [phone, custodyOf(entry, waiting, sender.failures || sender.stopped) || unsent];
  const { answered } = found;
  if (kept && !answered) phone.splice(0, 2, "pending", "belum dijawab");
  else if (kept) phone[1] = `${answered} tersimpan di HP`;
  return [phone, waiting ? unsent : [answered ? "saved" : "pending", `${answered} di server`]];
}

function custodyOf({ state }, waiting, stuck) {
  if (state === "refused") return ["failed", "tidak diterima server"];
  if (state === "draft") return ["pending", "belum dikunci"];
  if (waiting > 1 || (waiting && stuck)) return null;
  return waiting ? ["pending", "menuju server"] : ["saved", "tersimpan di server"];
}

/* The two buttons, left and right. Sending never stands where a repeated tap would hit it. */
function buttonLooks(now, sender) {
  const { current, found } = now;
  if (sender.submitting) {
    const stuck = !now.over && (sender.failures || sender.stopped || !now.online);
    return [
      { text: stuck ? "Batal mengirim" : "" },
      { text: stuck ? "Menunggu" : "Mengirim", waits: true },
    ];
  }
  if (current) {
    return [
      { text: current.place ? "Sebelumnya" : "", arrow: true },
      { text: current.last ? "Periksa" : "Berikutnya", arrow: true },
    ];
  }
  if (!found.blank) return [{ text: "Kembali", arrow: true }, { text: "Kirim jawaban" }];
  return [
    { text: `Kirim, ${found.blank} kosong` },
    { text: `Isi soal ${found.blanks[0].number}`, arrow: true },
  ];
}

/* The one thing worth a banner, the most pressing first. */
function bannerName(now, { stopped, submitting }) {
  const fault = now.online ? now.troubled : "offline";
  if (stopped) return stopped;
  if (now.refusals) return "closed";
  if (now.replaced) return "replaced";
  if (submitting && fault) return "unsent";
  if (now.over) return now.moved < 0 ? "cut" : "time";
  if (fault) return fault;
  if (now.moved) return now.moved > 0 ? "more" : "less";
  if (now.back) return "back";
  return now.kept || now.told ? "" : "storage";
}
