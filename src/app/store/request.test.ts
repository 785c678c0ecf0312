// Who sends and where to, when nothing was drafted, and as the scenario changes under what was.
import { describe, expect, test } from "vitest";
import { newScenario } from "../../scenario/index.ts";
import { Playground } from "./playground.ts";
import { drafted, wanted } from "./request.ts";
import { createRun } from "./run.ts";
import { readTarget, targetChoices, textOf } from "./targets.ts";

const STILL = { request: () => 0, cancel: () => undefined };

const web = (service = "", name = "web") => `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  type: NodePort
  selector: { app: web }
  ports: [{ name: http, port: 80, targetPort: 8080, nodePort: 30080 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "nginx:1.29", ports: [{ containerPort: 8080 }] }] }
${service}`;

function setUp(text = web()) {
  const run = createRun(newScenario(text));
  run.advance(5_000);
  const playground = new Playground(run, STILL);
  const state = () => playground.store.getState();
  const now = () => drafted(state(), undefined);
  const target = () => textOf(now().target ?? expect.fail("no target"));
  const choose = (text: string) => {
    const choice = targetChoices(state().objects, false).find((each) => textOf(each) === text) ?? expect.fail(text);
    playground.setDraft({ target: wanted(state().objects, choice, false) });
  };
  const type = (text: string) => {
    const read = readTarget(text) ?? expect.fail(text);
    playground.setDraft({ target: wanted(state().objects, read, true) });
  };
  const apply = (text: string) => {
    playground.run({ kind: "apply", text });
    playground.store.getState().run.advance(3_000);
    playground.flush();
  };
  return { playground, state, now, target, choose, type, apply };
}

describe("[REQUEST-2] a chosen target follows its Service, and is forgotten with it", () => {
  test("another nodePort", () => {
    const { choose, target, apply } = setUp();
    choose("192.168.1.12:30080");
    apply(web().replace("30080", "30081"));
    expect(target()).toBe("192.168.1.12:30081");
  });

  test("another port of the ClusterIP", () => {
    const { choose, target, apply, state } = setUp();
    const address = () =>
      [...(state().objects.get("services")?.values() ?? [])].find((each) => each.metadata.name === "web");
    const { clusterIP = "" } = (address() as { spec?: { clusterIP?: string } }).spec ?? {};
    choose(`${clusterIP}:80`);
    apply(web().replace("port: 80,", "port: 8000,"));
    expect(target()).toBe(`${clusterIP}:8000`);
  });

  test("a Service that is deleted", () => {
    const { choose, target, apply } = setUp(web(SHOP));
    choose("192.168.1.12:30099");
    apply(web());
    expect(target()).toBe("192.168.1.11:30080");
  });

  test("a Service that is renamed and keeps its nodePort", () => {
    const { choose, target, apply } = setUp();
    choose("192.168.1.12:30080");
    apply(web("", "shop"));
    expect(target()).toBe("192.168.1.12:30080");
    choose("shop.default.svc.cluster.local:80");
    apply(web());
    expect(target()).toBe("192.168.1.11:30080");
  });

  test("a pod that is gone, and a sender that is gone", () => {
    const { playground, state, target, now, choose } = setUp();
    const [pod] = [...(state().objects.get("pods")?.values() ?? [])].filter(
      ({ metadata }) => metadata.namespace === "default",
    );
    const address = (pod as { status?: { podIP?: string } }).status?.podIP ?? "";
    choose(`${address}:8080`);
    const name = pod?.metadata.name ?? "";
    playground.setDraft({ from: { kind: "pod", namespace: "default", name } });
    expect(target()).toBe(`${address}:8080`);
    expect(now().from).toEqual({ kind: "pod", namespace: "default", name });
    playground.run({ kind: "kill-pod", namespace: "default", name });
    state().run.advance(60_000);
    playground.flush();
    expect(target()).toBe("192.168.1.11:30080");
    expect(now().from).toEqual({ kind: "client", name: "laptop" });
  });

  test("another scenario forgets what was chosen", () => {
    const { playground, choose, target } = setUp();
    choose("192.168.1.13:30080");
    playground.replace(createRun(newScenario(web())));
    expect(target()).toBe("192.168.1.11:30080");
  });
});

describe("[REQUEST-3] what was typed by hand stays for as long as it can be meant", () => {
  test("a stranger's address", () => {
    const { playground, type, target, apply } = setUp();
    type("203.0.113.77:443");
    apply(web("", "shop"));
    expect(target()).toBe("203.0.113.77:443");
    playground.replace(createRun(newScenario(web())));
    expect(target()).toBe("203.0.113.77:443");
  });

  test("a Service's short name, until the Service is gone", () => {
    const { type, target, apply, now } = setUp();
    type("web:80");
    expect(target()).toBe("web:80");
    expect(now().from.kind).toBe("pod");
    apply(web("", "shop"));
    expect(target()).toBe("192.168.1.11:30080");
  });

  test("a nodePort that the next scenario has too, and one that it has not", () => {
    const { playground, type, target } = setUp();
    type("192.168.1.13:30080");
    playground.replace(createRun(newScenario(web())));
    expect(target()).toBe("192.168.1.13:30080");
    playground.replace(createRun(newScenario(web().replace("30080", "30081").replace("name: web", "name: shop"))));
    expect(target()).toBe("192.168.1.11:30081");
  });
});

const SHOP = `---
apiVersion: v1
kind: Service
metadata: { name: shop }
spec:
  type: NodePort
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30099 }]
`;
