// Changes of Services from a form, in the text and in the cluster, against the real API server.
import { describe, expect, test } from "vitest";
import type { Service } from "../../cluster/index.ts";
import { emptyRow, type PortRow, type ServiceForm } from "./service.ts";
import { lines, open, WEB } from "./testing.ts";

const port =
  (at: number, change: Partial<PortRow>) =>
  ({ ports }: ServiceForm) => ({
    ports: ports.map((row, index) => (index === at ? { ...row, ...change } : row)),
  });

describe("[CHANGE-1] a change of a Service is written into the text, and nothing else of it changes", () => {
  test.each<
    readonly [string, (form: ServiceForm) => Partial<ServiceForm>, readonly string[], Partial<Service["spec"]>]
  >([
    [
      "NodePort to ClusterIP takes the nodePorts along",
      () => ({ type: "ClusterIP" }),
      [
        "-  type: NodePort # open to the outside",
        "-      nodePort: 30080 # as in the firewall",
        "+  type: ClusterIP # open to the outside",
      ],
      {
        type: "ClusterIP",
        ports: [expect.not.objectContaining({ nodePort: expect.anything() }), expect.anything()] as never,
      },
    ],
    [
      "NodePort to LoadBalancer keeps them",
      () => ({ type: "LoadBalancer" }),
      ["-  type: NodePort # open to the outside", "+  type: LoadBalancer # open to the outside"],
      { type: "LoadBalancer" },
    ],
    [
      "NodePort to ExternalName",
      () => ({ type: "ExternalName", externalName: "example.com" }),
      [
        "-  type: NodePort # open to the outside",
        "-      nodePort: 30080 # as in the firewall",
        "+  type: ExternalName # open to the outside",
        "+  externalName: example.com",
      ],
      { type: "ExternalName", externalName: "example.com" },
    ],
    [
      "a port",
      port(0, { port: "81", targetPort: "http", nodePort: "30081" }),
      [
        "-      port: 80",
        "-      targetPort: 8080",
        "-      nodePort: 30080 # as in the firewall",
        "+      port: 81",
        "+      targetPort: http",
        "+      nodePort: 30081 # as in the firewall",
      ],
      {},
    ],
    [
      "a nodePort that the cluster is to choose",
      port(0, { nodePort: "" }),
      ["-      nodePort: 30080 # as in the firewall"],
      {},
    ],
    [
      "the other port, in flow style",
      port(1, { protocol: "TCP", targetPort: "5353" }),
      ["-    - {name: dns, port: 53, protocol: UDP}", "+    - {name: dns, port: 53, protocol: TCP, targetPort: 5353}"],
      {},
    ],
    [
      "a port more",
      ({ ports }) => ({ ports: [...ports, { ...emptyRow(ports), name: "admin", port: "9000" }] }),
      ["+    - name: admin", "+      port: 9000"],
      {},
    ],
    [
      "a port fewer",
      ({ ports }) => ({ ports: ports.slice(1) }),
      [
        "-    - name: http",
        "-      port: 80",
        "-      targetPort: 8080",
        "-      nodePort: 30080 # as in the firewall",
      ],
      {},
    ],
    [
      "all ports but a new one",
      ({ ports }) => ({ ports: [{ ...emptyRow(ports), port: "8000", targetPort: "80" }] }),
      [
        "-    - name: http",
        "-      port: 80",
        "-      targetPort: 8080",
        "-      nodePort: 30080 # as in the firewall",
        "-    - {name: dns, port: 53, protocol: UDP}",
        "+    - port: 8000",
        "+      targetPort: 80",
      ],
      {},
    ],
    [
      "the selector",
      () => ({ selector: [{ key: "tier", value: "front" }] }),
      ["-    app: web", "+    tier: front"],
      { selector: { tier: "front" } },
    ],
    ["no selector", () => ({ selector: [] }), ["-    app: web"], {}],
    [
      "session affinity with its timeout",
      () => ({ affinity: "ClientIP", timeout: "600" }),
      ["+  sessionAffinity: ClientIP", "+  sessionAffinityConfig:", "+    clientIP:", "+      timeoutSeconds: 600"],
      { sessionAffinity: "ClientIP", sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } } },
    ],
    [
      "both traffic policies",
      () => ({ external: "Local", internal: "Local" }),
      ["+  externalTrafficPolicy: Local", "+  internalTrafficPolicy: Local"],
      { externalTrafficPolicy: "Local", internalTrafficPolicy: "Local" },
    ],
  ])("%s", async (_, to, difference, spec) => {
    const { change, texts, service, run } = open();
    expect(await change(to)).toEqual({});
    expect(lines(texts[0] ?? "", texts[1] ?? "")).toEqual(difference);
    expect(texts).toHaveLength(2);
    expect(run.lastApplied().documents.flatMap(({ error }) => error ?? [])).toEqual([]);
    expect(service().spec).toMatchObject(spec ?? {});
  });

  test("every type becomes every other one, and what the old one had goes", async () => {
    const types = ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"] as const;
    for (const from of types)
      for (const to of types) {
        const { change, service, now } = open();
        expect(await change(() => ({ type: from, externalName: "a.example" }))).toEqual({});
        if (from !== "ClusterIP" && from !== "ExternalName") await change(() => ({ external: "Local" }));
        expect(await change(() => ({ type: to, externalName: "b.example" }))).toEqual({});
        expect(service().spec?.type).toBe(to);
        expect(now()).toContain("# two ports");
        expect(now().includes("externalTrafficPolicy")).toBe(
          ["NodePort", "LoadBalancer"].includes(from) && ["NodePort", "LoadBalancer"].includes(to),
        );
      }
  });

  test("what only load balancers have goes with the type, and comments stay", async () => {
    const text = WEB.replace(
      "  type: NodePort # open to the outside\n",
      "  type: LoadBalancer\n  loadBalancerClass: cloud/fast\n  allocateLoadBalancerNodePorts: true\n  externalTrafficPolicy: Local\n  healthCheckNodePort: 32000\n  loadBalancerSourceRanges: [10.0.0.0/8]\n",
    );
    const { change, service, now } = open({ text });
    expect(await change(() => ({ type: "ClusterIP" }))).toEqual({});
    expect(now()).toBe(
      WEB.replace("type: NodePort # open to the outside", "type: ClusterIP").replace(/ {6}nodePort.*\n/, ""),
    );
    expect(service().spec?.type).toBe("ClusterIP");
  });

  test("in an item of a list, beside other documents", async () => {
    const text = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec:
    ports: [{port: 80}] # one
`;
    const { change, now } = open({ text });
    expect(await change(port(0, { targetPort: "8080" }))).toEqual({});
    expect(now()).toBe(text.replace("[{port: 80}] # one", "[{port: 80, targetPort: 8080}] # one"));
  });

  test("without an editor, as in a frame, the text of the run is changed", async () => {
    const { change, now, service } = open({ editor: false });
    expect(await change(() => ({ selector: [{ key: "tier", value: "front" }] }))).toEqual({});
    expect(now()).toContain("    tier: front\n\n  # two ports");
    expect(service().spec?.selector).toEqual({ tier: "front" });
  });
});

describe("[CHANGE-2] what the API server refuses changes nothing and is reported at its field, in its words", () => {
  test.each<readonly [string, (form: ServiceForm) => Partial<ServiceForm>, string, string]>([
    [
      "headless and ClusterIP are forever",
      () => ({ type: "Headless" }),
      "type",
      'spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    ],
    [
      "a nodePort out of range",
      port(0, { nodePort: "99" }),
      "ports.0.nodePort",
      "spec.ports[0].nodePort: Invalid value: 99: provided port is not in the valid range. The range of valid ports is 30000-32767",
    ],
    [
      "a port that is none",
      port(1, { port: "70000" }),
      "ports.1.port",
      "spec.ports[1].port: Invalid value: 70000: must be between 1 and 65535, inclusive",
    ],
    ["a name for each of several", port(1, { name: "" }), "ports.1.name", "spec.ports[1].name: Required value"],
    [
      "an alias of nothing",
      () => ({ type: "ExternalName", externalName: "" }),
      "externalName",
      "spec.externalName: Required value",
    ],
    [
      "a selector",
      () => ({ selector: [{ key: "app", value: "no spaces" }] }),
      "selector",
      "a valid label must be an empty string or consist of alphanumeric characters",
    ],
    [
      "a timeout",
      () => ({ affinity: "ClientIP", timeout: "0" }),
      "timeout",
      "must be greater than 0 and less than 86400",
    ],
  ])("%s", async (_, to, field, words) => {
    const { change, texts, run, service } = open();
    const { digest } = run;
    const before = service();
    const outcome = await change(to);
    expect(outcome.at?.get(field)?.join(" ")).toContain(words);
    expect(texts).toHaveLength(1);
    expect(service()).toBe(before);
    expect(run.digest).toBe(digest);
  });

  test("ClusterIP to headless", async () => {
    const text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n";
    const { change, texts } = open({ text });
    const { at } = await change(() => ({ type: "Headless" }));
    expect(at?.get("type")?.join(" ")).toBe('spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set');
    expect(texts).toHaveLength(1);
  });

  test("headless stays headless, and that is said", async () => {
    const text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {clusterIP: None, ports: [{port: 80}]}\n";
    const { change, service } = open({ text });
    const { at } = await change(() => ({ type: "ClusterIP" }));
    expect(service().spec?.clusterIP).toBe("None");
    expect(at?.get("type")?.join(" ")).toContain("keeps clusterIP None");
  });

  test("a mistake in a row is at that row, wherever the object has its port", async () => {
    const text = WEB.replace("    - {name: dns, port: 53, protocol: UDP}\n", "").replace(
      "  ports:\n",
      "  ports:\n    - {name: dns, port: 53, protocol: UDP}\n",
    );
    const { change } = open({ text });
    const { at } = await change(port(1, { nodePort: "99" }));
    expect([...(at?.keys() ?? [])]).toEqual(["ports.1.nodePort"]);
  });

  test("what isn't a number is refused as a whole", async () => {
    const { change, texts } = open();
    const { at } = await change(port(0, { port: "http" }));
    expect(at?.get("")?.join(" ")).toContain("json: cannot unmarshal string into Go struct field");
    expect(texts).toHaveLength(1);
  });

  test("the look of the API server leaves no trace in the run", async () => {
    const [one, other] = [open(), open()];
    await one.change(() => ({ type: "Headless" }));
    for (const { run } of [one, other]) {
      run.perform({ kind: "scale", namespace: "default", name: "web", replicas: 4 });
      run.advance(5_000);
    }
    expect(one.run.digest).toBe(other.run.digest);
  });
});

describe("[CHANGE-3] what isn't in the text is changed by the command a person would type", () => {
  const THEIRS = {
    metadata: { name: "theirs" },
    spec: {
      type: "NodePort",
      selector: { app: "web" },
      ports: [{ port: 80 }, { port: 53, protocol: "UDP", name: "dns" }],
    },
  };

  test("kubectl patch, with all changes at once", async () => {
    const { run, change, service, lastLine, texts } = open();
    run.cluster.api.create("services", "default", { ...THEIRS, spec: { ...THEIRS.spec, ports: [{ port: 80 }] } });
    const outcome = await change(
      ({ ports }) => ({
        type: "ClusterIP",
        selector: [{ key: "tier", value: "front" }],
        ports: [...ports.map((row) => ({ ...row, name: "http" })), { ...emptyRow(ports), name: "two", port: "81" }],
      }),
      "theirs",
    );
    expect(outcome).toEqual({});
    expect(lastLine()).toMatch(/^kubectl patch services theirs --type=json -p '/);
    expect(service("theirs").spec).toMatchObject({
      type: "ClusterIP",
      selector: { tier: "front" },
      ports: [
        { name: "http", port: 80 },
        { name: "two", port: 81 },
      ],
    });
    expect(texts).toHaveLength(1);
  });

  test("a refusal runs no command", async () => {
    const { run, change, lastLine } = open();
    run.cluster.api.create("services", "default", { ...THEIRS, spec: { ...THEIRS.spec, ports: [{ port: 80 }] } });
    const { at } = await change(port(0, { nodePort: "99" }), "theirs");
    expect(at?.has("ports.0.nodePort")).toBe(true);
    expect(lastLine()).toBeUndefined();
  });

  test("what the text doesn't say of an object that it has", async () => {
    const { run, change, service, lastLine } = open();
    const body = { spec: { selector: { extra: "one" } } };
    run.cluster.api.patch("services", { namespace: "default", name: "web" }, { type: "merge", body });
    expect(await change(() => ({ selector: [{ key: "app", value: "web" }] }))).toEqual({});
    expect(service().spec?.selector).toEqual({ app: "web" });
    expect(lastLine()).toContain("kubectl patch services web");
  });
});

describe("[CHANGE-1] what was done offers to be undone", () => {
  test("the text from before returns, with or without an editor", async () => {
    for (const editor of [true, false]) {
      const { playground, change, now, service } = open({ editor });
      const before = now();
      await change(() => ({ type: "ClusterIP" }));
      expect(service().spec?.type).toBe("ClusterIP");
      expect(playground.store.getState().notice?.offer?.name).toBe("Undo");
      playground.store.getState().notice?.offer?.act();
      await expect.poll(now).toBe(before);
      expect(service().spec?.type).toBe("NodePort");
    }
  });

  test("what was typed since stays", async () => {
    const { playground, change, now } = open();
    await change(() => ({ type: "ClusterIP" }));
    const undo = playground.store.getState().notice?.offer;
    playground.doors.manifest?.change(`${now()}# mine\n`);
    const typed = now();
    undo?.act();
    await expect.poll(() => playground.store.getState().notice?.text).toContain("edited since");
    expect(now()).toBe(typed);
  });
});
