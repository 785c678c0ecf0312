// Small verbs: diff, autoscale, auth, get --raw, and plain refusals. Forms: kubectl 1.36's source and what `diff -u` prints.

import { expect, test } from "vitest";
import { createCluster, SHELL_SETTINGS } from "../../cluster/index.ts";
import { ALL_KINDS } from "../../kinds/index.ts";
import { runKubectl } from "../run.ts";

const SERVICE = (port: number) =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    app: web\n  ports:\n  - port: ${port}\n`;

function session(...lines: string[]): string {
  const cluster = createCluster({ addons: ALL_KINDS, seed: "1", settings: SHELL_SETTINGS });
  cluster.advance(1_500);
  const files = new Map([
    ["a.yaml", SERVICE(80)],
    ["b.yaml", SERVICE(81)],
  ]);
  let text = "";
  const write = (part: string) => {
    text += part;
  };
  for (const line of lines) {
    text = "";
    runKubectl(line.split(" "), {
      cluster,
      files,
      stdin: "",
      namespace: "default",
      out: write,
      err: write,
      exit: (code) => {
        if (code !== 0) text += `[exit ${code}]\n`;
      },
      onInterrupt: () => {},
    });
  }
  return text;
}

test("[DIFF-1] diff prints nothing for what is as the file says, and exits 0", () => {
  expect(session("apply -f a.yaml", "diff -f a.yaml")).toBe("");
});

test("[DIFF-1] diff prints the live object against the merged one, and exits 1", () => {
  const text = session("apply -f a.yaml", "diff -f b.yaml");
  expect(text).toMatch(
    /^diff -u -N \/tmp\/LIVE-\d+\/v1\.Service\.default\.web \/tmp\/MERGED-\d+\/v1\.Service\.default\.web\n--- /,
  );
  expect(text).toContain("-  - port: 80\n");
  expect(text).toContain("+  - port: 81\n");
  expect(text).toMatch(/@@ -\d+,\d+ \+\d+,\d+ @@\n/);
  expect(text.endsWith("[exit 1]\n")).toBe(true);
  expect(session("apply -f a.yaml", "diff -f b.yaml", "get svc web -o jsonpath={.spec.ports[0].port}")).toBe("80");
});

test("[DIFF-2] what is to be created is all added", () => {
  const text = session("diff -f a.yaml");
  expect(text).toMatch(/@@ -0,0 \+1,\d+ @@\n\+apiVersion: v1\n/);
});

test.each([
  ["autoscale deployment web --min=1 --max=5 --cpu=80%", "horizontalpodautoscaler.autoscaling/web autoscaled\n"],
  ["autoscale deployment web --max=0", "error: --max=MAXPODS is required and must be at least 1, max: 0\n[exit 1]\n"],
  [
    "autoscale deployment web --min=3 --max=1",
    "error: --max=MAXPODS must be larger or equal to --min=MINPODS, max: 1, min: 3\n[exit 1]\n",
  ],
  ["auth can-i create pods", "yes\n"],
  ["auth can-i get foos", "Warning: the server doesn't have a resource type 'foos'\n\nyes\n"],
  ["auth whoami", "ATTRIBUTE   VALUE\nUsername    learner\nGroups      [system:masters system:authenticated]\n"],
  ["get --raw /livez", "ok"],
  [
    "get --raw /api/v1/foos",
    "Error from server (NotFound): the server could not find the requested resource\n[exit 1]\n",
  ],
])("[VERBS-1] kubectl %s", (line, expected) => {
  expect(session("create deployment web --image=nginx", line)).toBe(expected);
});

test("[VERBS-2] get --raw gives objects and lists as JSON", () => {
  expect(JSON.parse(session("get --raw /api/v1/namespaces/default/services/kubernetes"))).toMatchObject({
    kind: "Service",
  });
  expect(JSON.parse(session("get --raw /apis/apps/v1/deployments"))).toMatchObject({ kind: "DeploymentList" });
});

test.each([
  "attach web",
  "cp a b",
  "debug web",
  "proxy",
  "certificate approve x",
  "completion bash",
  "plugin list",
  "kustomize .",
  "alpha x",
])("[VERBS-3] kubectl %s says that it is not simulated and fails", (line) => {
  expect(session(line)).toMatch(/^error: kubectl \w+ is not simulated.*: .*\n\[exit 1\]\n$/);
});
