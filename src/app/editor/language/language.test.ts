import { describe, expect, test } from "vitest";
import type { KubeObject } from "../../../cluster/index.ts";
import { FIELD_WORDS } from "../../../kubectl/index.ts";
import { advise } from "./advice.ts";
import { complete } from "./completion.ts";
import { applyEdits, toOffset, toPosition } from "./edits.ts";
import { fixesFor } from "./fixes.ts";
import { hover } from "./hover.ts";
import type { Lister } from "./lister.ts";
import { driftOf, liveObject } from "./live.ts";
import { outline } from "./outline.ts";
import type { Problem, Suggestion } from "./types.ts";

const OBJECTS: Readonly<Record<string, readonly unknown[]>> = {
  namespaces: [{ metadata: { name: "default" } }, { metadata: { name: "shop" } }],
  pods: [
    {
      metadata: {
        name: "web-1",
        namespace: "default",
        labels: { app: "web", tier: "front", "pod-template-hash": "abc" },
      },
      spec: { containers: [{ name: "web", image: "nginx", ports: [{ name: "http", containerPort: 8080 }] }] },
    },
    {
      metadata: { name: "api-1", namespace: "default", labels: { app: "api" } },
      spec: { containers: [{ name: "api", image: "nginx", ports: [{ containerPort: 3000 }] }] },
    },
  ],
  services: [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web", namespace: "default" },
      spec: { type: "NodePort", clusterIP: "10.96.5.5", ports: [{ name: "http", port: 80, nodePort: 30080 }] },
    },
  ],
  "deployments.apps": [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web", namespace: "default" },
      spec: {
        replicas: 5,
        template: { spec: { containers: [{ name: "web", resources: { limits: { cpu: "500m" } } }] } },
      },
    },
  ],
};
const LISTER: Lister = { list: (resource) => (OBJECTS[resource] ?? []) as KubeObject[] };

/** The text without its caret `|`, and where the caret was. */
function caret(marked: string) {
  const at = marked.indexOf("|");
  const text = marked.slice(0, at) + marked.slice(at + 1);
  return { text, ...toPosition(text, at), lister: LISTER, descriptions: FIELD_WORDS };
}

const labels = (marked: string) => complete(caret(marked)).map((each) => each.label);

function accept(marked: string, label: string): string {
  const request = caret(marked);
  const found = complete(request).find((each) => each.label === label);
  if (found === undefined) throw new Error(`nothing suggests ${label}: ${complete(request).map((each) => each.label)}`);
  const { replace } = found as Suggestion;
  const insert = found.insert.replace(/\$\{\d:([^}]*)\}/g, "$1").replace(/\$\d/g, "");
  return applyEdits(request.text, [{ ...replace, endLine: replace.line, text: insert }]);
}

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n";

describe("completion", () => {
  test.each([
    ["an empty text offers whole objects", "|", ["apiVersion", "Service NodePort", "Deployment", "Pod"]],
    ["the root of a Service", "apiVersion: v1\nkind: Service\n|", ["metadata", "spec"]],
    ["a half-typed key", `${SERVICE}  ty|`, ["type", "selector", "ports"]],
    ["an empty line in a struct", `${SERVICE}  type: NodePort\n  |`, ["selector", "ports", "clusterIP"]],
    ["keys of a list item", `${SERVICE}  ports:\n    - port: 80\n      |`, ["name", "targetPort", "nodePort"]],
    ["keys behind a dash", `${SERVICE}  ports:\n    - |`, ["port", "targetPort", "nodePort"]],
    ["a list wants an item", `${SERVICE}  ports:\n    |`, ["- port:"]],
    ["enum values", `${SERVICE}  type: |`, ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"]],
    ["enum values inside a list", `${SERVICE}  ipFamilies:\n    - |`, ["IPv4", "IPv6"]],
    ["booleans", `${SERVICE}  publishNotReadyAddresses: |`, ["true", "false"]],
    ["labels that exist, for a selector", `${SERVICE}  selector:\n    |`, ["app: api", "app: web", "tier: front"]],
    ["values of a label", `${SERVICE}  selector:\n    app: |`, ["api", "web"]],
    [
      "port names and numbers of matching pods",
      `${SERVICE}  selector:\n    app: web\n  ports:\n    - port: 80\n      targetPort: |`,
      ["http", "8080"],
    ],
    ["free node ports", `${SERVICE}  ports:\n    - port: 80\n      nodePort: |`, ["30081", "30082"]],
    ["namespaces", "apiVersion: v1\nkind: Pod\nmetadata:\n  namespace: |", ["default", "shop"]],
    ["kinds", "apiVersion: v1\nkind: |", ["Service", "Pod"]],
    ["versions of a kind", "kind: Deployment\napiVersion: |", ["apps/v1"]],
    [
      "Services for a backend",
      "apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec:\n  defaultBackend:\n    service:\n      name: |",
      ["web"],
    ],
    [
      "ports of that Service",
      "apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec:\n  defaultBackend:\n    service:\n      name: web\n      port:\n        number: |",
      ["80"],
    ],
    ["keys in braces", `${SERVICE.replace("spec:\n", "spec: {ty|")}`, ["type", "selector", "ports"]],
    ["keys of an item in brackets", `${SERVICE}  ports: [{port: 80, |}]`, ["targetPort", "nodePort"]],
    ["values in braces", `${SERVICE}  ports: [{port: 80, protocol: |`, ["TCP", "UDP"]],
    ["labels in braces", `${SERVICE}  selector: {a|}`, ["app: api", "app: web"]],
    ["items in brackets", `${SERVICE}  ipFamilies: [|]`, ["IPv4", "IPv6"]],
  ])("%s", (_title, marked, expected) => {
    expect(labels(marked)).toEqual(expect.arrayContaining(expected));
  });

  test.each([
    ["keys that are there already are not offered", `${SERVICE}  type: NodePort\n  |\n  ports:\n`, ["type", "ports"]],
    ["what the server sets is not offered", "apiVersion: v1\nkind: Pod\nmetadata:\n  |", ["uid", "resourceVersion"]],
    ["machines' labels are not offered", `${SERVICE}  selector:\n    |`, ["pod-template-hash: abc"]],
    ["keys in the same braces are not offered", `${SERVICE}  ports: [{port: 80, |}]`, ["port"]],
    ["held node ports are not offered", `${SERVICE}  ports:\n    - nodePort: |`, ["30080"]],
  ])("%s", (_title, marked, forbidden) => {
    for (const label of forbidden) expect(labels(marked)).not.toContain(label);
  });

  test.each([
    ["a comment", `${SERVICE}  # ty|`],
    [
      "a block of text",
      "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |-\n    ty¦".replace("|-", ">-").replace("¦", "|"),
    ],
    ["the end of a flow collection", `${SERVICE}  selector: {app: web} |`],
    ["an unknown kind", "apiVersion: v9\nkind: Thing\nspec:\n  |"],
  ])("nothing inside %s", (_title, marked) => {
    expect(labels(marked)).toEqual([]);
  });

  test("accepted keys come with their colon and the indentation below", () => {
    expect(accept(`${SERVICE}  po|`, "ports")).toBe(`${SERVICE}  ports:\n    - `);
    expect(accept(`${SERVICE}  sel|`, "selector")).toBe(`${SERVICE}  selector:\n    `);
    expect(accept(`${SERVICE}  ports:\n    - po|`, "port")).toBe(`${SERVICE}  ports:\n    - port: `);
    expect(accept(`${SERVICE}  t|x: NodePort`, "type")).toBe(`${SERVICE}  type: NodePort`);
    expect(accept(`${SERVICE}  type: no|de`, "NodePort")).toBe(`${SERVICE}  type: NodePort`);
    expect(accept(`${SERVICE}  selector:\n    |`, "app: web")).toBe(`${SERVICE}  selector:\n    app: web`);
  });

  test("in braces what is accepted stays on its line", () => {
    expect(accept(`${SERVICE}  ports: [{port: 80, nod|}]`, "nodePort")).toBe(
      `${SERVICE}  ports: [{port: 80, nodePort: }]`,
    );
    expect(accept(`${SERVICE}  ports: [{pro|: TCP}]`, "protocol")).toBe(`${SERVICE}  ports: [{protocol: TCP}]`);
  });

  test("a whole object below another one begins with ---", () => {
    expect(accept(`${SERVICE}  type: ClusterIP\n|`, "Namespace")).toBe(
      `${SERVICE}  type: ClusterIP\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n`,
    );
  });
});

describe("hover", () => {
  test("a field tells its type, meaning, values and default", () => {
    const found = hover(caret(`${SERVICE}  ty|pe: NodePort`));
    expect(found?.paragraphs[0]).toBe("type: string");
    expect(found?.paragraphs).toContain("One of ClusterIP, NodePort, LoadBalancer, ExternalName.");
    expect(found?.paragraphs).toContain("Default: ClusterIP.");
    expect(found?.span).toEqual({ line: 6, from: 2, to: 6 });
  });

  test("inside braces it is the innermost field that is reported", () => {
    const found = hover(caret(`${SERVICE}  ports: [{port: 80, proto|col: TCP}]`));
    expect(found?.paragraphs).toContain("Default: TCP.");
    expect(hover(caret(`${SERVICE}  selec|tor: {app: nobody}`))?.paragraphs.at(-1)).toBe(
      "Matches 0 pods in namespace default.",
    );
  });

  test("the live value is reported where it is not what is typed", () => {
    const deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  repl|icas: 3\n";
    expect(hover(caret(deployment))?.paragraphs).toContain("Live: 5");
    expect(hover(caret(deployment.replace("3", "5")))?.paragraphs).not.toContain("Live: 5");
  });

  test("a selector tells how many pods it matches", () => {
    expect(hover(caret(`${SERVICE}  sele|ctor:\n    app: web\n`))?.paragraphs).toContain(
      "Matches 1 pod in namespace default.",
    );
  });

  test("nothing is known of an unknown field", () => {
    expect(hover(caret(`${SERVICE}  no|pe: 1`))).toBeUndefined();
  });
});

/** The text after the first fix for a problem at `^` in a line of carets below the text. */
function mend(text: string, line: number, message: string, source: Problem["source"] = "server"): string | undefined {
  const raw = text.split("\n")[line - 1] ?? "";
  const problem: Problem = { line, from: raw.search(/\S/), to: raw.length, severity: "error", message, source };
  const fix = fixesFor(text, problem, LISTER)[0];
  return fix === undefined ? undefined : applyEdits(text, fix.edits);
}

describe("quick fixes", () => {
  test.each([
    [
      "an unknown field becomes the one that was meant",
      `${SERVICE}  ports:\n    - port: 80\n      targetport: 80\n`,
      8,
      'strict decoding error: unknown field "spec.ports[0].targetport"',
      `${SERVICE}  ports:\n    - port: 80\n      targetPort: 80\n`,
    ],
    [
      "two letters the wrong way round",
      `${SERVICE}  slector:\n    app: web\n`,
      6,
      'unknown field "spec.slector"',
      `${SERVICE}  selector:\n    app: web\n`,
    ],
    [
      "an enum in the wrong case",
      `${SERVICE}  type: nodeport\n`,
      6,
      'Unsupported value: "nodeport": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      `${SERVICE}  type: NodePort\n`,
    ],
    [
      "a missing dash",
      `${SERVICE}  ports:\n    port: 80\n    targetPort: 8080\n\n  type: NodePort\n`,
      6,
      "json: cannot unmarshal object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort",
      `${SERVICE}  ports:\n    - port: 80\n      targetPort: 8080\n\n  type: NodePort\n`,
    ],
    [
      "a quoted number",
      `${SERVICE}  ports:\n    - port: "80"\n`,
      7,
      "json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32",
      `${SERVICE}  ports:\n    - port: 80\n`,
    ],
    [
      "a number where text is wanted",
      `${SERVICE}  selector:\n    version: 1.10\n`,
      7,
      "json: cannot unmarshal number into Go struct field ServiceSpec.spec.selector of type string",
      `${SERVICE}  selector:\n    version: "1.10"\n`,
    ],
    [
      "a boolean where a typed text is wanted",
      `${SERVICE}  sessionAffinity: yes\n`,
      6,
      "json: cannot unmarshal bool into Go struct field ServiceSpec.spec.sessionAffinity of type v1.ServiceAffinity",
      `${SERVICE}  sessionAffinity: "yes"\n`,
    ],
    [
      "one name where a list is wanted",
      `${SERVICE}  ipFamilies: IPv4\n`,
      6,
      "json: cannot unmarshal string into Go struct field ServiceSpec.spec.ipFamilies of type []v1.IPFamily",
      `${SERVICE}  ipFamilies: [IPv4]\n`,
    ],
    [
      "a name with capitals",
      "apiVersion: v1\nkind: Service\nmetadata:\n  name: MyApp_1\n",
      4,
      'metadata.name: Invalid value: "MyApp_1": a DNS-1035 label must consist of … (RFC 1035)',
      "apiVersion: v1\nkind: Service\nmetadata:\n  name: my-app-1\n",
    ],
    [
      "an apiVersion that does not have the kind",
      "apiVersion: v1\nkind: Deployment\nmetadata:\n  name: web\n",
      2,
      'no matches for kind "Deployment" in version "v1"',
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n",
    ],
    [
      "a mistyped kind",
      "apiVersion: v1\nkind: Servcie\nmetadata:\n  name: web\n",
      2,
      'no matches for kind "Servcie" in version "v1"',
      "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n",
    ],
    [
      "a selector that nothing matches",
      `${SERVICE}  selector:\n    app: wbe\n`,
      7,
      "No pod in namespace default has the labels app=wbe: …",
      `${SERVICE}  selector:\n    app: web\n`,
    ],
    [
      "a label key that nobody has",
      `${SERVICE}  selector:\n    name: web\n`,
      7,
      "No pod in namespace default has the labels name=web: …",
      `${SERVICE}  selector:\n    app: web\n`,
    ],
    [
      "a port name that nobody has",
      `${SERVICE}  selector:\n    app: web\n  ports:\n    - port: 80\n      targetPort: htpp\n`,
      10,
      "No container port of the matching pods is named htpp: …",
      `${SERVICE}  selector:\n    app: web\n  ports:\n    - port: 80\n      targetPort: http\n`,
    ],
  ])("%s", (_title, ...[text, line, message, mended]) => {
    const source = message.startsWith("No ") ? "advice" : "server";
    expect(mend(text, line, message, source)).toBe(mended);
  });

  test("where nothing is near, nothing is offered but the removal", () => {
    const text = `${SERVICE}  flavour: 1\n`;
    const problem: Problem = {
      line: 6,
      from: 2,
      to: 9,
      severity: "error",
      message: 'unknown field "spec.flavour"',
      source: "server",
    };
    expect(fixesFor(text, problem, LISTER).map((fix) => fix.title)).toEqual(["Remove flavour"]);
    expect(mend(text, 6, problem.message)).toBe(SERVICE);
  });
});

describe("advice", () => {
  test("a selector that matches nothing is reported at its first label", () => {
    const found = advise(`${SERVICE}  selector:\n    app: wbe\n`, LISTER);
    expect(found).toMatchObject([{ line: 7, from: 9, to: 12, severity: "warning" }]);
  });

  test("[DIAG-48] what is stored without effect is marked, for information", () => {
    const text = "apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata:\n  name: few\nvalue: 1\n";
    expect(advise(text, LISTER)).toMatchObject([{ line: 2, severity: "info", path: ["kind"] }]);
    const service = `apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  annotations:\n    metallb.io/pool: x\n`;
    expect(advise(service, LISTER)).toMatchObject([{ line: 6, severity: "info" }]);
  });

  test("a template's labels count before its pods are there", () => {
    expect(advise(`${SERVICE}  selector:\n    app: web\n  ports:\n  - port: 80\n    targetPort: 99\n`, LISTER)).toEqual(
      [],
    );
  });

  test("a port name that no pod has is reported", () => {
    const text = `${SERVICE}  selector:\n    app: web\n  ports:\n  - port: 80\n    targetPort: htpp\n`;
    expect(advise(text, LISTER).map((each) => each.line)).toEqual([10]);
  });
});

describe("live objects", () => {
  const drift = (text: string) => {
    const section = outline(text)[0];
    const live = section === undefined ? undefined : liveObject(LISTER, section);
    return section === undefined || live === undefined
      ? undefined
      : driftOf(section, live).map((each) => [each.field, each.live]);
  };
  const DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n";

  test("a field that differs is reported with its live value", () => {
    expect(drift(`${DEPLOYMENT}  replicas: 3\n`)).toEqual([["spec.replicas", "5"]]);
    expect(drift(`${DEPLOYMENT}  replicas: 5\n`)).toEqual([]);
  });

  test("quantities are compared by what they mean", () => {
    const text = (cpu: string) =>
      `${DEPLOYMENT}  template:\n    spec:\n      containers:\n        - name: web\n          resources:\n            limits:\n              cpu: ${cpu}\n`;
    expect(drift(text("0.5"))).toEqual([]);
    expect(drift(text("0.6"))).toEqual([["spec.template.spec.containers[0].resources.limits.cpu", "500m"]]);
  });
});

describe("edits", () => {
  test("offsets and positions are each other's inverse", () => {
    const text = "ab\r\nc\n\nd";
    for (let at = 0; at <= text.length; at++) {
      if (text[at - 1] === "\r") continue;
      const { line, column } = toPosition(text, at);
      expect(toOffset(text, line, column)).toBe(at);
    }
  });
});
