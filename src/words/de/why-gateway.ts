import type { EN } from "../en/why-gateway.ts";

export const DE: typeof EN = {
  retired: (name) => `Ingress ${name} wird von einem Controller bedient, der eingestellt wurde`,
  retiredLong: (name, routes) =>
    `Ingress ${name} hat die Klasse nginx. ingress-nginx wurde im März 2026 eingestellt: Es gibt keine neuen Versionen mehr, auch keine Sicherheitsupdates. Die Ingress-API bleibt, aber neue Funktionen bekommt die Gateway API. Als Gateway sind diese Regeln ein Gateway und ${routes} zu denselben Services; beide können zugleich da sein, jeder mit seiner eigenen Adresse.`,
  nginxClass: "die Klasse nginx",
  install: "Die Gateway API installieren, die dann das Gateway anbietet",
  without: (names) => ` (ohne ${names})`,
  addTwin: (also) => `Dieselben Regeln als Gateway hinzufügen${also}`,
  hasFalse: (kind, name, type, reason) => `${kind} ${name} hat ${type} False: ${reason}`,
  controllerSays: (kind, name, message) => `Der Controller hat ${kind} ${name} angesehen und sagt: ${message}.`,
  conditionWith: (type, reason) => `Bedingung ${type} mit Grund ${reason}`,
  noRoute: (what) => `Keine Route hat eine Regel für ${what}`,
  noRouteLong: (what, rules) =>
    `Ein Gateway wählt den Listener nach dem Host-Header, dann die Route, die am besten zu Host und Pfad passt. ${what} passt zu keiner, also antwortet sein Pod selbst 404, und kein Service ist beteiligt. Regeln gibt es für ${rules ?? "nichts"}.`,
  sendHost: (host) => `Stattdessen Host: ${host} senden`,
  answered: (status) => `Das Gateway selbst antwortete ${status}`,
  rulesAndConditions: "seine Regeln und Bedingungen",
};
