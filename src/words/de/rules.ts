import type { EN } from "../en/rules.ts";

export const DE: typeof EN = {
  rulesOf: (node) => `Regeln von ${node}`,
  goTo: (chain) => `Zu Chain ${chain} gehen`,
  form: "Form der Regeln",
  rulesOfForm: (node, form) => `Regeln von ${node}, ${form}`,
  find: "In den Regeln suchen",
  placeholder: "Suchen: ein Service, eine Adresse, eine Chain",
  noPacket: "Noch kein Paket ist auf diese Regeln getroffen.",
  lines: (n) => `${n} ${n === 1 ? "Zeile" : "Zeilen"}`,
  highlighted: (chosen, nftables, gone) =>
    `Hervorgehoben: worauf ${chosen ? "dieses Paket" : "das letzte Paket"} traf${nftables ? ", wie es der nftables-Modus schreiben würde; hier gelten iptables-Regeln" : ""}${gone > 0 ? `; ${gone} seiner Regeln ${gone === 1 ? "gibt" : "gibt"} es nicht mehr` : ""}.`,
  next: "Nächste hervorgehobene Regel",
};
