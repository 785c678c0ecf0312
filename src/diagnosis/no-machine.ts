// An address that nothing in this cluster has.

import { W as REASONS } from "../words/en/reasons.ts";
import { W } from "../words/en/why-requests.ts";
import { sendInstead } from "./reach.ts";
import type { Cause, Trouble } from "./trouble.ts";

/** Nothing has the address that the request was sent to, inside the cluster or outside. Spec: [DIAG-20]. */
export function noMachine(trouble: Trouble): Cause | undefined {
  const { asked, exchange, survey } = trouble;
  const { outcome } = exchange;
  if (outcome.kind !== "timeout" && outcome.kind !== "unreachable") return undefined;
  if (!REASONS.noMachine.test(outcome.reason)) return undefined;
  const { address = asked.host } = asked;
  const ends = outcome.kind === "unreachable" ? W.nodeNetwork : W.defaultRoute;
  const known = [...survey.world.settings.nodes, ...survey.world.settings.clients];
  const isOpen = survey.services.some(({ spec }) => spec?.ports?.some(({ nodePort }) => nodePort === asked.port));
  const node = survey.nodes.find(({ metadata }) => survey.world.network.isOn(metadata.name ?? ""));
  const open = isOpen && node !== undefined ? survey.addressOf(node) : undefined;
  return {
    class: "no-machine",
    claims: [
      { kind: "asked", address },
      { kind: "address", address, of: undefined },
      ...survey.world.settings.nodes.map((each) => ({
        kind: "address" as const,
        address: each.address,
        of: { kind: "node" as const, name: each.name },
      })),
      ...survey.world.settings.clients.map((each) => ({
        kind: "address" as const,
        address: each.address,
        of: { kind: "client" as const, name: each.name },
      })),
    ],
    title: W.noMachine(address),
    explanation: W.knownMachines(ends, known.map((each) => `${each.name} ${each.address}`).join(", ")),
    evidence: [
      {
        command: "kubectl get nodes -o wide",
        shows: W.noInternal(address),
        prints: ["INTERNAL-IP"],
        lacks: [`${address} `],
      },
    ],
    cures: open === undefined ? [] : [sendInstead(trouble, open, asked.port)],
  };
}
