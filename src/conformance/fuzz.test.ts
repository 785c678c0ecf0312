// Whatever text is applied, kubectl answers in its own style within a moment, and what is refused leaves nothing behind.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Cluster, createCluster, SHELL_SETTINGS } from "../cluster/index.ts";
import { runKubectl } from "../kubectl/index.ts";

const TEMPLATE = `template:
    metadata:
      labels:
        app: shop
    spec:
      containers:
      - name: main
        image: nginx:1.29
        env:
        - name: A
          value: "1"
        ports:
        - containerPort: 8080
          name: http
        resources:
          limits:
            memory: 128Mi
        readinessProbe:
          httpGet:
            port: http
            path: /`;
const METADATA = "metadata:\n  name: x\n  labels:\n    app: shop";
const MANIFESTS = [
  `apiVersion: v1\nkind: Service\n${METADATA}\nspec:\n  type: NodePort\n  clusterIP: 10.96.77.7\n  selector:\n    app: shop\n  ports:\n  - name: http\n    port: 80\n    targetPort: http\n    nodePort: 30080\n  - name: metrics\n    port: 9090\n    protocol: TCP\n`,
  `apiVersion: apps/v1\nkind: Deployment\n${METADATA}\nspec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app: shop\n  ${TEMPLATE}\n`,
  `apiVersion: batch/v1\nkind: CronJob\n${METADATA}\nspec:\n  schedule: "*/5 * * * *"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          containers: [{ name: main, image: busybox }]\n`,
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\n${METADATA}\nspec:\n  rules:\n  - host: a.example\n    http:\n      paths:\n      - path: /\n        pathType: Prefix\n        backend:\n          service:\n            name: x\n            port:\n              number: 80\n`,
  `apiVersion: v1\nkind: ConfigMap\n${METADATA}\ndata:\n  a: |\n    text\n    more\n  b: "c"\n`,
];
const WORDS = [
  ..."[]{}:-&*!|>'\"%@`#,?\t\n \\",
  ": ",
  "\n- ",
  "- - - ",
  "&a ",
  "*a",
  "<<: *a",
  "!!int ",
  "!!binary ",
  "---\n",
  "...\n",
  "null",
  "~",
  "yes",
  "0x1F",
  "1e400",
  "-0",
  ".nan",
  "2026-01-01",
  "9".repeat(40),
  "1".repeat(4_000),
  "[".repeat(20_000),
  "{a: ".repeat(5_000),
  "- ".repeat(3_000),
  "🦊",
  "\u202e",
  "\u0000",
  "\ufeff",
  "\ud800",
  "é́",
  "__proto__: {x: 1}\n",
  "constructor: 1\n",
];

const word = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...WORDS) }, { weight: 1, arbitrary: fc.string() });
const place = fc.nat({ max: 10_000 });
/** One change of a text: words put in, characters taken out, a line left out, doubled, moved in or out, a value exchanged. */
const change = fc.oneof(
  fc.tuple(place, word).map(
    ([at, text]) =>
      (yaml: string) =>
        splice(yaml, at, 0, text),
  ),
  fc.tuple(place, fc.nat({ max: 5 })).map(
    ([at, count]) =>
      (yaml: string) =>
        splice(yaml, at, count, ""),
  ),
  place.map((at) => byLine(at, () => [])),
  place.map((at) => byLine(at, (line) => [line, line])),
  place.map((at) => byLine(at, (line) => [`  ${line}`])),
  place.map((at) => byLine(at, (line) => [line.replace(/^ {2}/, "")])),
  fc.tuple(place, word).map(([at, text]) => byLine(at, (line) => [line.replace(/: .*$/, `: ${text}`)])),
);
const spoiled = fc
  .tuple(fc.constantFrom(...MANIFESTS), fc.array(change, { minLength: 1, maxLength: 3 }))
  .map(([whole, changes]) => ({ whole, broken: changes.reduce((yaml, each) => each(yaml), whole) }));

function splice(yaml: string, at: number, count: number, text: string): string {
  const from = at % (yaml.length + 1);
  return yaml.slice(0, from) + text + yaml.slice(from + count);
}

function byLine(at: number, change: (line: string) => readonly string[]) {
  return (yaml: string) => {
    const lines = yaml.split("\n");
    const chosen = at % lines.length;
    return lines.flatMap((line, i) => (i === chosen ? change(line) : [line])).join("\n");
  };
}

function kubectl(cluster: Cluster, stdin: string, ...args: readonly string[]) {
  let out = "";
  let err = "";
  let status = 0;
  runKubectl([...args], {
    cluster,
    files: new Map(),
    stdin,
    namespace: "default",
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    exit: (code) => {
      status = code;
    },
    onInterrupt: () => undefined,
  });
  return { out, err, status };
}

const ANSWERED = /^\S+\/\S+ (created|configured|unchanged)$/;
const REFUSED =
  /^(error: |error when|Error from server|The \S+ ".*" is invalid|The request is invalid|Warning: |\* |ensure CRDs)/;

test("[FUZZ-3] any text applied is answered in kubectl's style; what is refused leaves no trace, what is taken can be shown", () => {
  fc.assert(
    fc.property(spoiled, ({ whole, broken }) => {
      const cluster = createCluster({ seed: "fuzz", settings: SHELL_SETTINGS });
      const before = cluster.api.store.resourceVersion;
      const { out, err, status } = kubectl(cluster, broken, "apply", "-f", "-");
      const answers = out.split("\n").filter((line) => line !== "");
      expect(answers.filter((line) => !ANSWERED.test(line))).toEqual([]);
      if (answers.length === 0) {
        expect(status).not.toBe(0);
        expect(err).toMatch(REFUSED);
        expect(cluster.api.store.resourceVersion).toBe(before);
        expect(kubectl(cluster, whole, "apply", "-f", "-").err).toBe("");
        return;
      }
      cluster.advance(2_000);
      for (const line of answers) {
        const name = line.slice(0, line.indexOf(" "));
        expect(kubectl(cluster, "", "get", name, "-o", "yaml").err).not.toContain("TypeError");
        kubectl(cluster, "", "describe", name);
      }
      expect(kubectl(cluster, broken, "apply", "-f", "-").status).toBe(status);
    }),
    { numRuns: 80, seed: 20260102, interruptAfterTimeLimit: 15_000 },
  );
}, 60_000);
