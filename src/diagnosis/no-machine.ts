// An address that nothing in this cluster has.

import { W as REASONS } from "../words/en/reasons.ts";
import { sendInstead } from "./reach.ts";
import type { Cause, Trouble } from "./trouble.ts";

/** Nothing has the address that the request was sent to, inside the cluster or outside. Spec: [DIAG-20]. */
export function noMachine(trouble: Trouble): Cause | undefined {
  const { asked, exchange, survey } = trouble;
  const { outcome } = exchange;
  if (outcome.kind !== "timeout" && outcome.kind !== "unreachable") return undefined;
  if (!REASONS.noMachine.test(outcome.reason)) return undefined;
  const { address = asked.host } = asked;
  const ends =
    outcome.kind === "unreachable"
      ? "It is in the nodes' network, so the sender's machine asks for it there, hears nothing for 3 s and reports that there is no route to the host"
      : "The packet left by the default route, and nothing reports that it was lost, so the sender waits until it times out";
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
    title: `No machine has the address ${address}`,
    explanation: `${ends}. The known machines are ${known.map((each) => `${each.name} ${each.address}`).join(", ")}.`,
    evidence: [
      {
        command: "kubectl get nodes -o wide",
        shows: `no INTERNAL-IP ${address}`,
        prints: ["INTERNAL-IP"],
        lacks: [`${address} `],
      },
    ],
    cures: open === undefined ? [] : [sendInstead(trouble, open, asked.port)],
  };
}
