import type { EN } from "../en/policies.ts";

const WAYS = { ingress: "Ingress", egress: "Egress", both: "Ingress und Egress" } as const;

export const DE: typeof EN = {
  button: "Policies",
  buttonTitle: "Wer wen erreichen darf, nach den NetworkPolicies",
  isolated: (pod, way, by) => `Pod ${pod} ist für ${WAYS[way]} isoliert durch ${by}`,
  wouldIsolate: (pod, way, by) =>
    `Pod ${pod} wäre für ${WAYS[way]} isoliert durch ${by}, wenn das Netzwerk-Plugin Policies durchsetzte`,
  matrix: "Wer wen erreichen darf",
  matrixAbout:
    "Aus den NetworkPolicies berechnet, ohne ein Paket. Eine Zeile ist, wer sich verbindet, eine Spalte ein Port von wem; outside kommt über einen Node, mit dessen Adresse.",
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
  selects: "Wählt aus",
  everyPod: (namespace) => `jeden Pod des Namespace ${namespace}`,
  notLimited: "von dieser Policy nicht eingeschränkt",
  nothing: "lässt nichts zu",
};
