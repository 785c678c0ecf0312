import type { EN } from "../en/lesson-made.ts";

const MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(" ");

function date(day: string): string {
  const [year = "", month = "", number = ""] = day.split("-");
  return `${Number(number)}. ${MONTHS[Number(month) - 1]} ${year}`;
}

function sender(from: string): string {
  const [kind, first, second] = from.split("/");
  if (kind === "node") return `von \`${first}\``;
  if (kind !== "pod") return kind === "laptop" ? "vom Laptop" : kind === "phone" ? "vom Telefon" : `von ${kind}`;
  return second === undefined ? `vom Pod \`${first}\`` : `vom Pod \`${second}\` im Namespace \`${first}\``;
}

export const DE: typeof EN = {
  another: (word) => `Noch ein kaputter Service: ${word}`,
  ofDay: (day) => `Der kaputte Service vom ${date(day)}`,
  noName: (name) =>
    `„${name}“ ist kein Name eines kaputten Service: Er besteht aus another- und bis zu 20 Kleinbuchstaben und Ziffern.`,
  noDay: (name) => `„${name}“ nennt keinen Tag: daily-2026-11-30 schreiben, oder daily für den heutigen.`,
  tooEarly: (first) => `Der erste kaputte Service eines Tages ist der vom ${date(first)}.`,
  tooLate: (day, today) =>
    `Der kaputte Service vom ${date(day)} kommt an diesem Tag; heute ist nach UTC der ${date(today)}.`,

  question: "Ein Service, der funktioniert hat, ist kaputt. Was stimmt nicht?",
  report: "Die Meldung",
  task: (url, from) =>
    `Herausfinden, was nicht stimmt, den Fehler beheben und eine Antwort bekommen: \`${url}\` ${sender(from)}.`,
  before: [
    "Bis gestern Abend hat es funktioniert.",
    "Letzte Woche hat es funktioniert.",
    "Niemand hat etwas geändert, heißt es.",
    "Wir haben es heute Morgen ausgerollt.",
    "Das YAML ist von einem anderen Team kopiert, bei dem es funktioniert.",
    "Im Testcluster war alles gut.",
    "Es ist das Letzte vor den Feiertagen.",
  ],
  ends: {
    answered: ["bekommt eine Antwort"],
    refused: ["wird sofort abgewiesen", "meldet „Connection refused“, ohne einen Moment zu warten"],
    timeout: ["wartet bis zum Timeout", "hängt und meldet am Ende „timed out“"],
    unreachable: ["meldet, dass es keine Route zum Host gibt"],
    unresolved: ["meldet „Could not resolve host“", "findet nicht einmal den Namen"],
    reset: ["wird abgebrochen"],
    failed: ["schlägt fehl"],
  },
  status: (status) => `bekommt eine Antwort mit ${status}`,
  said: (before, url, from, ends) => `„${before} Jetzt: \`${url}\` ${sender(from)} ${ends}.“`,
  look: {
    answered: "Eine Antwort mit einem Fehler hat ein Programm gesendet. Welches?",
    refused: "Jemand sagt Nein. Ist es ein Node, der keinen Endpoint kennt, oder ein Pod, in dem niemand lauscht?",
    timeout: "Jemand verwirft das Paket. Es bis zu der Stelle verfolgen, an der es endet.",
    unreachable: "Das Paket bis zu der Stelle verfolgen, an der es endet.",
    unresolved:
      "Es scheitert, bevor ein Paket für den Service gesendet wird. Wer wird nach dem Namen gefragt, und was weiß er?",
    reset: "Es war verbunden und wurde abgebrochen. Von wem?",
    failed: "Die Anfrage bis zu der Stelle verfolgen, an der sie endet.",
  },
};
