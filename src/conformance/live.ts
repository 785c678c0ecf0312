// Short sessions on a cluster as the console has it: with CoreDNS, probes and packets. Nothing here is recorded; answers are reasoned first.

import { expect } from "vitest";
import { createCluster, SHELL_SETTINGS } from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { createShell, runToEnd } from "../shell/index.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A command whose answer does not matter, or one with its answer and, where they matter, the names that were asked of the DNS. */
export type LiveStep = string | readonly [command: string, answer: string | RegExp, asked?: readonly string[]];

/** A sentence and what shows that it holds. */
export type LiveCase = readonly [sentence: string, ...steps: LiveStep[]];

/** Plays the steps; output holds stdout and stderr, and `[rc=N]` behind them when the status is not 0. */
export function playLive(steps: readonly LiveStep[]): void {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "live", settings: SHELL_SETTINGS });
  const shell = createShell({ cluster });
  cluster.advance(1_500);
  for (const step of steps) {
    const [command, wanted, asked] = typeof step === "string" ? [step] : step;
    const before = lastExchange(cluster);
    let text = "";
    const write = (part: string) => {
      text += part;
    };
    const code = runToEnd(cluster, shell, command, { out: write, err: write });
    cluster.advance(500);
    if (code !== 0) text += `[rc=${code}]`;
    if (wanted instanceof RegExp) expect(`${command}\n${text}`).toMatch(wanted);
    else if (wanted !== undefined) expect(`${command}\n${text}`).toBe(`${command}\n${wanted}`);
    if (asked !== undefined) {
      const questions = [...cluster.trace.exchanges()].filter(({ id, purpose }) => id > before && purpose === "dns");
      expect(
        questions
          .filter(({ from }) => from.kind === "pod" && !from.name.startsWith("coredns"))
          .map(({ target }) => target.split(" ")[0]),
      ).toEqual(asked);
    }
  }
}

function lastExchange(cluster: ReturnType<typeof createCluster>): number {
  return [...cluster.trace.exchanges()].at(-1)?.id ?? -1;
}

/** A pod on a node whose program tells its name and whom it sees. */
export function netPod(name: string, node: number, spec: Fields = {}, metadata: Fields = {}): Fields {
  const image = "registry.k8s.io/e2e-test-images/agnhost:2.53";
  const ports = [{ name: "web", containerPort: 8080 }];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels: { app: name.replace(/-\d+$/, "") }, ...metadata },
    spec: {
      ...(node === 0 ? {} : { nodeName: `node-${node}` }),
      containers: [{ name: "main", image, args: ["netexec"], ports }],
      ...spec,
    },
  };
}

/** A pod with the DNS tools of BIND, and curl. */
export function toolsPod(name: string, spec: Fields = {}, metadata: Fields = {}): Fields {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, ...metadata },
    spec: { containers: [{ name: "main", image: "nicolaka/netshoot", command: ["sleep", "36000"] }], ...spec },
  };
}

/** Fields of a pod that is never ready. */
export const NEVER_READY: Fields = { readinessGates: [{ conditionType: "example.com/warm" }] };

/** Fields of a pod that takes five minutes to end. */
export const SLOW_END: Fields = {
  terminationGracePeriodSeconds: 300,
  containers: [
    {
      name: "main",
      image: "registry.k8s.io/e2e-test-images/agnhost:2.53",
      args: ["netexec"],
      lifecycle: { preStop: { sleep: { seconds: 300 } } },
    },
  ],
};
