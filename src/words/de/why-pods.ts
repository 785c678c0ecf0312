import type { EN } from "../en/why-pods.ts";
import { plural } from "../language.ts";

export const DE: typeof EN = {
  initContainer: "Init-Container",
  notCreated: (which, name, why) => `sein ${which} ${name} kann nicht erzeugt werden: ${why}`,
  reasonAndFailed: "der Grund, und Failed-Events",
  imagePull: (image) => `sein Image ${image} lässt sich nicht laden`,
  reasonInEvents: "der Grund, in den Events",
  setImage: (image) => `Das Image auf ${image} setzen`,
  removeCommand: "Den Befehl entfernen, damit das Programm des Images läuft",
  probeKills: (probe, says, name) =>
    `seine ${probe} scheitert (${says}), deshalb startet das kubelet Container ${name} immer wieder neu`,
  removeProbe: (probe) => `Die ${probe} entfernen`,
  addressIn: (name) => `die Adresse in ${name}`,
  howExited: "wie er endete",
  noServiceLinks: "enableServiceLinks auf false setzen",
  probeNow: "Sofort prüfen (initialDelaySeconds 0)",
  setPath: (field) => `Den Pfad der ${field} auf / setzen`,
  setPort: (field, port) => `Den Port der ${field} auf ${port} setzen`,
  setScheme: (field) => `Das Schema der ${field} auf HTTP setzen`,
  fitsNowhere: (why) => `er passt auf keinen Node (${why})`,
  schedulingEvents: "FailedScheduling-Events",
  itsConditions: "seine Bedingungen",
  removeNodeSelector: (labels) => `Den nodeSelector ${labels} entfernen`,
  uncordon: (name) => `Uncordon ${name}`,
  noScheduler: (name) => `er wartet auf den Scheduler ${name}, aber ein Scheduler dieses Namens läuft hier nicht`,
  defaultScheduler: "Den Standard-Scheduler benutzen",
  removeRequest: (short, name) => `Die Anforderung ${short} von Container ${name} entfernen`,
  nodeLeft: (node) => `${node}, wo er lief, hat den Cluster verlassen`,
  noNode: (node) => `kein ${node}`,
  deleteNow: (name) => `${name} jetzt löschen`,
  noPower: (node) => `${node}, wo er läuft, hat keinen Strom`,
  notReadyLater: (node) => `${node} NotReady, sobald die Control Plane es bemerkt`,
  switchOn: (node) => `${node} einschalten`,
  overridden: "seine Container laufen, aber seine Bereitschaft ist auf nicht bereit überschrieben",
  brokenOnPurpose: "was absichtlich gestört ist",
  probeAgain: (name) => `Die Readiness-Probe von ${name} wieder gelingen lassen`,
  initRuns: (name, words) =>
    `sein Init-Container ${name} läuft noch${words}, und kein anderer Container startet, bevor er endet`,
  removeInit: (name) => `Den Init-Container ${name} entfernen`,
  gates: (n, names) =>
    `nichts hat ${n === 1 ? "sein Readiness-Gate" : "seine Readiness-Gates"} ${names} auf True gesetzt`,
  waiting: (for_) => `wartet: ${for_}`,
  stateAndEvents: "sein Zustand und seine Events",
  starting: (phase) => `er startet noch (${phase})`,
  been: (phase, seconds, why) =>
    `er ist seit ${seconds} s ${phase}${why === undefined ? ", aus keinem bekannten Grund" : ` (${why})`}`,
  keepsExiting: (which, n, what, unstarted, code) =>
    `${which} endet immer wieder (${plural(n, { one: "# Neustart", other: "# Neustarts" })}): ${what} ${unstarted === undefined ? "endete" : `lässt sich nicht starten (${unstarted}), was als Ende zählt,`} mit Exit-Code ${code}`,
  programOf: (image) => `das Programm von ${image}`,
  itsCommand: (words) => `sein Befehl ${words}`,
  clash: (container, name, value, service, code) =>
    `sein Container ${container} liest seinen Port aus ${name}, aber das kubelet setzt ${name}=${value} für Service ${service}, und er endet mit Code ${code}`,
  endsInError: (what) => `endet mit einem Fehler (${what})`,
  fails: (what) => `scheitert (${what})`,
  probeFails: (field, fails, port) =>
    `seine ${field} ${fails}${port === undefined ? "" : `; das Programm lauscht nur auf 127.0.0.1:${port}`}`,
  notRunYet: (field, delay, name, runs) =>
    `seine ${field} lief noch nicht: initialDelaySeconds ist ${delay}, das kubelet wartet also ${delay} s nach dem Start von Container ${name}, und der läuft seit ${runs} s`,
  notPassedYet: (field, period, needed, name, runs) =>
    `seine ${field} ist noch nicht gelungen: Sie läuft alle ${period} s (periodSeconds)${needed > 1 ? ` und muss ${needed}-mal gelingen (successThreshold)` : ""}, und Container ${name} läuft seit ${runs} s`,
  listedUnready: (n) =>
    `Der EndpointSlice führt ${n === 1 ? "den Pod" : "die Pods"} mit ready: false, und kein Node benutzt ${n === 1 ? "ihn" : "sie"} in seinen Regeln.`,
  unlisted: (n) => `Ohne Adresse ${n === 1 ? "steht er" : "stehen sie"} in keinem EndpointSlice.`,
  othersTake: "Die anderen Pods übernehmen allen Traffic.",
  notReady: (n, why) =>
    `${n === 0 ? "Kein Pod ist bereit" : `${plural(n, { one: "# Pod", other: "# Pods" })} nicht bereit`}: ${why}`,
  matchButUnready: (names, n, service, why) =>
    `${n === 1 ? `Pod ${names} passt` : `Die Pods ${names} passen`} zum Selector von Service ${service}, ${n === 1 ? "ist" : "sind"} aber nicht bereit: ${why}.`,
};
