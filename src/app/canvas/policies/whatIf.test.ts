// What a NetworkPolicy would change, before it is applied, against the real API server.
import { expect, test } from "vitest";
import { ALL_KINDS } from "../../../kinds/index.ts";
import { PolicyView } from "../../../kinds/networkpolicy/index.ts";
import { newScenario } from "../../../scenario/index.ts";
import { createShell } from "../../../shell/index.ts";
import { Playground } from "../../store/playground.ts";
import { createRun } from "../../store/run.ts";
import { comparedTable, tableOf, type Wanted } from "./table.ts";
import { applyWanted, DENY_ALL, manifestOf, textWith, wantedOf } from "./whatIf.ts";

const pod = (name: string) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec: {containers: [{name: main, image: podpath.example/server, ports: [{containerPort: 8080}]}]}
`;
const policy = (name: string, app: string, from: string) => `# who may reach ${app}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}}
spec:
  podSelector: {matchLabels: {app: ${app}}}
  ingress: [{from: [{podSelector: {matchLabels: {app: ${from}}}}]}]
`;
const PODS = ["api", "db", "web"].map(pod).join("---\n");
const TEXT = `${PODS}---\n${policy("db", "db", "api")}---\n# the end\n${pod("last")}`;

function aPage(text = TEXT) {
  const run = createRun(newScenario(text), { createShell, addons: ALL_KINDS });
  run.advance(8_000);
  const playground = new Playground(run, { request: () => 0, cancel: () => undefined });
  const texts = [text];
  playground.doors.openManifest({
    text: () => texts.at(-1) ?? "",
    change: (next) => {
      texts.push(next);
      playground.run({ kind: "apply", text: next });
    },
    settle: () => undefined,
  });
  const { world } = run;
  const look = (system = false) => ({ world, view: new PolicyView(world), system });
  const names = () => world.api.list("networkpolicies.networking.k8s.io").map(({ metadata }) => metadata.name);
  const compared = (manifest: string, system = false) =>
    comparedTable(look(system), wantedOf(playground, manifest) as Wanted);
  return { playground, texts, world, look, names, compared };
}

test("[POLICY-4] what would open and close is counted, and nothing is applied", () => {
  const { compared, look, names } = aPage();
  const table = compared(policy("db", "db", "web"));
  expect([table.opens, table.closes]).toEqual([1, 1]);
  expect(table.ways.get("default/web default/db TCP 8080")).toMatchObject({
    turn: "opens",
    reach: { may: "yes" },
    before: { may: "no" },
  });
  expect(table.ways.get("default/api default/db TCP 8080")).toMatchObject({ turn: "closes", reach: { may: "no" } });
  expect(table.ways.get("default/last default/db TCP 8080")).not.toHaveProperty("turn");
  expect(names()).toEqual(["db"]);
  expect(tableOf(look()).ways.get("default/web default/db TCP 8080")?.reach.may).toBe("no");
});

test("[POLICY-4] a policy more, one as it is, and addresses that part the pods of a workload", () => {
  const { compared, world } = aPage();
  expect(compared(policy("other", "web", "api"))).toMatchObject({ opens: 0, closes: 3, isCut: false });
  expect(compared(policy("db", "db", "api"))).toMatchObject({ opens: 0, closes: 0 });
  const [node] = world.settings.nodes;
  const some = policy("db", "db", "api").replace(
    "[{podSelector: {matchLabels: {app: api}}}]",
    `[{ipBlock: {cidr: ${node?.address}/32}}]`,
  );
  const way = compared(some).ways.get("outside default/db TCP 8080");
  expect(way).toMatchObject({ turn: world.settings.nodes.length === 1 ? "opens" : "opensSome" });
});

test("[POLICY-4] a hidden workload is shown when a way to it changes", () => {
  const { compared, look } = aPage();
  const isDns = (name: string) => name.startsWith("kube-system/");
  expect(tableOf(look()).columns.some(isDns)).toBe(false);
  const egress = policy("quiet", "web", "api").replace("ingress: [{from:", "egress: [{to:");
  const { columns, rows, ways } = compared(egress);
  expect(columns.filter(isDns)).toContain("kube-system/coredns UDP 53");
  expect(rows.some(isDns)).toBe(false);
  expect(ways.get("default/web kube-system/coredns UDP 53")?.turn).toBe("closes");
});

test.each([
  [
    "port",
    DENY_ALL.replace("podSelector: {}", "podSelector: {}\n  ingress: [{ports: [{port: 80800}]}]"),
    /^NetworkPolicy.networking.k8s.io "default-deny-ingress" is invalid: spec.ingress\[0\].ports\[0\].port: Invalid value: 80800: must be between 1 and 65535/,
  ],
  ["field", DENY_ALL.replace("podSelector", "podselector"), /unknown field "spec.podselector"/],
  ["namespace", DENY_ALL.replace("namespace: default", "namespace: none"), /^namespaces "none" not found$/],
  [
    "YAML",
    "kind: [",
    /^error parsing the manifest: error converting YAML to JSON: yaml: did not find expected ',' or '\]'$/,
  ],
  ["kind", pod("x"), /^Only NetworkPolicies are compared here, and this is Pod x\.$/],
  ["text", "\n", /^There is no NetworkPolicy in this text\.$/],
])("[POLICY-4] what can't be applied is refused in the server's words: %s", (_, manifest, message) => {
  const { playground, names } = aPage();
  expect(wantedOf(playground, manifest)).toMatchObject({ message: expect.stringMatching(message) });
  expect(names()).toEqual(["db"]);
});

test("[POLICY-5] applied, it is one edit of the YAML in the policy's place, and undo returns the text", async () => {
  const { playground, texts, names, look } = aPage();
  const both = `${policy("db", "db", "web")}---\n${DENY_ALL}`;
  expect(await applyWanted(playground, both)).toBeUndefined();
  expect(texts).toHaveLength(2);
  expect(texts[1]).toBe(`${TEXT.replace(policy("db", "db", "api"), policy("db", "db", "web"))}---\n${DENY_ALL}`);
  expect(names()).toEqual(["db", "default-deny-ingress"]);
  expect(tableOf(look()).ways.get("default/web default/db TCP 8080")?.reach.may).toBe("yes");
  playground.store.getState().notice?.offer?.act();
  await expect.poll(() => texts.at(-1)).toBe(TEXT);
});

test("[POLICY-5] what is refused by now changes nothing", async () => {
  const { playground, texts } = aPage();
  expect(await applyWanted(playground, pod("x"))).toMatchObject({ message: expect.stringContaining("Only") });
  expect(texts).toHaveLength(1);
});

test("[POLICY-5] items of a list are put where they are", () => {
  const list = `apiVersion: v1
kind: List
items:
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata:
    name: db
  spec:
    podSelector: {}
`;
  const next = textWith(list, policy("db", "db", "api"));
  expect(next).toMatch(/^apiVersion: v1\nkind: List\nitems:\n/);
  expect(next).toContain("app: db");
  expect(next).not.toContain("---");
  expect(textWith("", list)).toMatch(/^apiVersion: networking.k8s.io\/v1\nkind: NetworkPolicy\n/);
});

test("[POLICY-4] one starts from a policy as it is written, else as the cluster has it", () => {
  const { playground, texts } = aPage();
  expect(manifestOf(playground, "default", "db")).toBe(policy("db", "db", "api"));
  texts.push(PODS);
  expect(manifestOf(playground, "default", "db")).toMatch(
    /^apiVersion: networking.k8s.io\/v1\nkind: NetworkPolicy\nmetadata:\n {2}name: db\n {2}namespace: default\nspec:\n/,
  );
});
