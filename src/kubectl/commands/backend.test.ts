// exec, logs and port-forward against a node whose kubelet does not answer.

import { expect, test } from "vitest";
import { createCluster, SHELL_SETTINGS } from "../../cluster/index.ts";
import { ALL_KINDS } from "../../kinds/index.ts";
import { runKubectl } from "../run.ts";

function world() {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "backend", settings: SHELL_SETTINGS });
  const run = (...args: string[]) => {
    let text = "";
    const write = (part: string) => {
      text += part;
    };
    let code: number | undefined;
    runKubectl(args, {
      cluster,
      files: new Map(),
      stdin: "",
      namespace: "default",
      env: new Map(),
      out: write,
      err: write,
      exit: (status) => {
        code = status;
      },
      onInterrupt: () => undefined,
      setNamespace: () => undefined,
      runProgram: (_, __, io) => io.exit(0),
    });
    for (let i = 0; code === undefined && i < 100_000; i++) cluster.step();
    return `${text.trimEnd()} (${code})`;
  };
  run("run", "web", "--image=nginx", "--port=80");
  cluster.advance(3_000);
  const node = cluster.api.get("pods", "default", "web").spec?.nodeName ?? "";
  return { cluster, run, node, address: cluster.network.nodeAddress(node) };
}

test("[EXEC-4] a stopped kubelet refuses the API server, and answers again when it runs", () => {
  const { cluster, run, node, address } = world();
  cluster.faults.apply({ kind: "kubelet", node });
  const dial = `dial tcp ${address}:10250: connect: connection refused`;
  expect(run("exec", "web", "--", "hostname")).toBe(`Error from server: error dialing backend: ${dial} (1)`);
  expect(run("logs", "web")).toBe(
    `Error from server: Get "https://${address}:10250/containerLogs/default/web/web": ${dial} (1)`,
  );
  expect(run("port-forward", "pod/web", "8080:80")).toBe(
    `error: error upgrading connection: error dialing backend: ${dial} (1)`,
  );
  cluster.faults.undo(`kubelet/${node}`);
  expect(run("exec", "web", "--", "hostname")).toBe(" (0)");
});

test("[EXEC-4] there is no route to a node without power", () => {
  const { cluster, run, node, address } = world();
  cluster.failNode(node);
  expect(run("exec", "web", "--", "hostname")).toBe(
    `Error from server: error dialing backend: dial tcp ${address}:10250: connect: no route to host (1)`,
  );
});
