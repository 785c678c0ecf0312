import type { EN } from "../en/tour.ts";

export const DE: typeof EN = {
  answer: "Die Antwort kehrt über denselben Node zurück, der die Adressen zurücksetzt.",
  killed: (name, time) =>
    `Pod ${name} wurde bei ${time} beendet: Sein Endpoint erhält keine neuen Anfragen, und ein anderer Pod startet.`,
  replaced: (name, time, address, made) =>
    `Pod ${name} wurde bei ${time} beendet. Sein Endpoint ${address} erhält keine neuen Anfragen, und der neue Pod des Deployments wurde einer: ${made}.`,
  sends: "Der Laptop sendet eine Anfrage.",
  goes: (address, port, node) =>
    `Die Anfrage des Laptops geht an ${address}:${port}: die Adresse von ${node} und der nodePort, den der Service auf jedem Node hat.`,
  nobody: "Auf diesem Port lauscht nichts: Die Regeln des Nodes übernehmen das Paket.",
  rules: (name, ready, before, after) =>
    `Die Regeln von Service ${name} ${ready === 1 ? "nehmen seinen einen bereiten Pod" : `losen unter ${ready} bereiten Pods`}: Das Ziel ${before} wird zu ${after}.`,
};
