import type { EN } from "../en/policies.ts";
import { plural } from "../language.ts";

const WAYS = { ingress: "Ingress", egress: "Egress", both: "Ingress und Egress" } as const;

export const DE: typeof EN = {
  button: "Policies",
  buttonTitle: "Wer wen erreichen darf, nach den NetworkPolicies",
  isolated: (pod, way, by) => `Pod ${pod} ist für ${WAYS[way]} isoliert durch ${by}`,
  wouldIsolate: (pod, way, by) =>
    `Pod ${pod} wäre für ${WAYS[way]} isoliert durch ${by}, wenn das Netzwerk-Plugin Policies durchsetzte`,
  matrix: "Wer wen erreichen darf",
  matrixAbout:
    "Aus den NetworkPolicies berechnet; kein Paket wird gesendet. Jede Zeile ist ein Absender, jede Spalte ein Port eines Empfängers. Verkehr von außen kommt über einen Node, mit dessen Adresse.",
  ignored: "Das Netzwerk-Plugin beachtet Policies zurzeit nicht, also kommt alles durch.",
  noPorts: "Noch lauscht kein Pod auf einem Port.",
  from: "von",
  press: "Eine Zelle drücken, um den Grund zu sehen.",
  yes: "ja",
  no: "nein",
  some: "teils",
  admitted: (from, to, port) => `${from} darf sich mit ${to} auf ${port} verbinden.`,
  dropped: (from, to, port, why) => `${from} darf sich nicht mit ${to} auf ${port} verbinden: ${why}.`,
  mixed: (from, to, port, why) =>
    `Manche Pods von ${from} und ${to} dürfen sich auf ${port} verbinden. Von einem anderen: ${why}.`,
  whatIf: "Was wäre, wenn …",
  comparison: "Der Vergleich",
  whatIfAbout:
    "Eine NetworkPolicy einfügen oder ändern. Sie wird mit dem Cluster verglichen, wie er ist; angewendet wird noch nichts.",
  startFrom: "Ausgehen von",
  nothingYet: "nichts",
  newPolicy: "einer Policy, die nichts erlaubt",
  manifest: "Manifest von NetworkPolicies",
  theManifest: "dem Manifest",
  compare: "Vergleichen",
  compareTitle: "Vergleichen (Strg+Eingabe)",
  onlyPolicies: (what) => `Hier werden nur NetworkPolicies verglichen, und das ist ${what}.`,
  noPolicy: "In diesem Text steht keine NetworkPolicy.",
  apply: "Anwenden",
  applyTitle: "In das YAML einfügen, das angewendet wird",
  back: "Jetzigen Stand zeigen",
  ways: (opens, closes) => {
    if (opens === 0 && closes === 0) return "Es ändert sich nichts.";
    if (opens === 0)
      return `${plural(closes, { one: "1 Weg schließt", other: "# Wege schließen" })} sich, keiner öffnet sich.`;
    const first = plural(opens, { one: "1 Weg öffnet", other: "# Wege öffnen" });
    return `${first} sich, ${closes === 0 ? "keiner schließt" : plural(closes, { one: "1 schließt", other: "# schließen" })} sich.`;
  },
  cut: "Nur ein Teil davon steht in der Tabelle; `sim matrix --diff FILE` zeigt alles.",
  opens: "jetzt erlaubt",
  opensSome: "jetzt teils",
  closes: "jetzt verworfen",
  closesSome: "jetzt nur teils",
  withIt: (what) => `Mit der Änderung: ${what}`,
  asItIs: (what) => `Wie es ist: ${what}`,
  inYaml: (names) => `Jetzt im YAML: ${names}.`,
  selects: "Wählt aus",
  everyPod: (namespace) => `jeden Pod des Namespace ${namespace}`,
  notLimited: "von dieser Policy nicht eingeschränkt",
  nothing: "lässt nichts zu",
};
