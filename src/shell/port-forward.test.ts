// Port forwards and jobs, from the console to the packets. Messages: docs/semantics.md 6.3; jobs: bash.
import { expect, test } from "vitest";
import { type Cluster, createCluster, describeHop, SHELL_SETTINGS } from "../cluster/index.ts";
import { createShell, runToEnd } from "./index.ts";

const WEB = [
  "kubectl create deployment web --image=nginx --port=80 --replicas=2",
  "kubectl expose deployment web --port=8000 --target-port=80",
  "kubectl rollout status deployment/web",
];

function session(...lines: string[]): { text: string; cluster: Cluster } {
  const cluster = createCluster({ seed: "1", settings: SHELL_SETTINGS });
  cluster.advance(1_500);
  const shell = createShell({ cluster });
  let text = "";
  const write = (part: string) => {
    text += part;
  };
  for (const line of lines) {
    if (line.includes("CLEAR")) text = "";
    const code = runToEnd(cluster, shell, line, { out: write, err: write });
    if (code !== 0) text += `[exit ${code}]\n`;
  }
  return { text, cluster };
}

test("[FORWARD-1] a forwarded port reaches one pod through API server and kubelet, past every Service rule", () => {
  const { text, cluster } = session(
    ...WEB,
    "true CLEAR",
    "kubectl port-forward svc/web 8080:8000 &",
    "for i in 1 2 3; do curl -s -o /dev/null -w '%{http_code}\\n' http://localhost:8080; done",
    "kill %1",
    "curl -s -m 1 http://localhost:8080",
  );
  expect(text).toBe(
    "[1] 4201\nForwarding from 127.0.0.1:8080 -> 80\nForwarding from [::1]:8080 -> 80\n" +
      "Handling connection for 8080\n200\nHandling connection for 8080\n200\nHandling connection for 8080\n200\n" +
      "[1]+  Terminated              kubectl port-forward svc/web 8080:8000\n[exit 7]\n",
  );
  const asked = [...cluster.trace.exchanges()].filter(({ outcome }) => outcome.kind === "answered").slice(-3);
  expect(new Set(asked.map(({ outcome }) => (outcome.kind === "answered" ? outcome.endpoint : ""))).size).toBe(1);
  const [packet] = asked[0]?.packets ?? [];
  const hops = cluster.trace.packet(packet ?? 0)?.hops ?? [];
  expect(hops.map(({ from, to }) => `${from.kind}>${to.kind}`)).toEqual([
    "client>client",
    "client>outside",
    "outside>node",
    "node>pod",
  ]);
  expect(hops.some(({ service, rules }) => service !== undefined || rules.length > 0)).toBe(false);
  expect(
    hops
      .slice(1)
      .map(describeHop)
      .every((sentence) => sentence.includes("no Service rule was used")),
  ).toBe(true);
});

test("[FORWARD-2] a forward ends at the first connection that its pod does not take", () => {
  const gone = session(
    ...WEB,
    "kubectl port-forward deploy/web 8080:80 > log 2>&1 &",
    "kubectl delete pod -l app=web > /dev/null",
    "true CLEAR",
    "curl -sS http://localhost:8080",
    "jobs",
    "tail -n 1 log",
  ).text;
  expect(gone).toContain("curl: (52) Empty reply from server");
  expect(gone).toContain("[1]+  Exit 1 ");
  expect(gone).toContain("error: lost connection to pod");
  const closed = session(...WEB, "kubectl port-forward svc/web 8080:8000 &", "true CLEAR").text;
  expect(closed).toBe("");
  const nobody = session(...WEB, "kubectl port-forward deploy/web 8080:81 &", "curl -sS localhost:8080").text;
  expect(nobody).toContain("connect: connection refused\nerror: lost connection to pod\n");
});

test.each([
  ["kubectl port-forward svc/web 8080:81", "error: Service web does not have a service port 81\n[exit 1]\n"],
  [
    "kubectl port-forward svc/web",
    "error: TYPE/NAME and list of ports are required for port-forward\nSee 'kubectl port-forward -h' for help and examples\n[exit 1]\n",
  ],
  ["kubectl port-forward svc/nope 8080:80", 'Error from server (NotFound): services "nope" not found\n[exit 1]\n'],
  ["kubectl port-forward pod/nope 8080:80", 'Error from server (NotFound): pods "nope" not found\n[exit 1]\n'],
  [
    "kubectl create service clusterip none --tcp=80 > /dev/null; kubectl port-forward svc/none 8080:80 --pod-running-timeout=2s",
    "error: timed out waiting for the condition\n[exit 1]\n",
  ],
  [
    "kubectl port-forward svc/kubernetes 8080:443",
    "error: cannot attach to *v1.Service: invalid service 'kubernetes': Service is defined without a selector\n[exit 1]\n",
  ],
])("[FORWARD-3] %s", (line, expected) => {
  expect(session(...WEB, "true CLEAR", line).text).toBe(expected);
});

test("[FORWARD-4] a port that is taken is refused, and Ctrl-C releases it", () => {
  const cluster = createCluster({ seed: "1", settings: SHELL_SETTINGS });
  cluster.advance(1_500);
  const shell = createShell({ cluster });
  let text = "";
  const write = (part: string) => {
    text += part;
  };
  const sink = { out: write, err: write };
  for (const line of WEB) runToEnd(cluster, shell, line, sink);
  const first = shell.start("kubectl port-forward svc/web 8080:8000", sink);
  expect(first.done).toBe(false);
  text = "";
  expect(runToEnd(cluster, shell, "kubectl port-forward svc/web 8080:8000", sink)).toBe(1);
  expect(text).toContain("bind: address already in use");
  expect(text).toContain("error: unable to listen on any of the requested ports: [{8080 80}]\n");
  first.interrupt();
  expect([first.exitCode, cluster.network.forwards.size]).toEqual([130, 0]);
});

test("[EXEC-1] an image without a shell starts no command but its own", () => {
  const { text } = session(
    "kubectl create deployment hello --image=gcr.io/google-samples/hello-app:1.0",
    "kubectl rollout status deployment/hello",
    "true CLEAR",
    "kubectl exec deploy/hello -- sh",
    "kubectl exec deploy/hello -- /bin/sh",
  );
  expect(text).toContain('exec: "sh": executable file not found in $PATH: unknown\n[exit 1]\n');
  expect(text).toContain('exec: "/bin/sh": stat /bin/sh: no such file or directory: unknown\n[exit 1]\n');
});
