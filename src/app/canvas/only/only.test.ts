// What is left on the picture by a namespace, a label selector, and a Service in focus.
import { beforeAll, describe, expect, test } from "vitest";
import { type Hop, resourceName, type Service } from "../../../cluster/index.ts";
import { newScenario } from "../../../scenario/index.ts";
import { watchObjects } from "../../store/objects.ts";
import { describeHidden, describeOnly, LONGEST_SELECTOR, onlyFrom, onlyOf, problemOf } from "../../store/only.ts";
import { drafted } from "../../store/request.ts";
import { openRun, type Run } from "../../store/run.ts";
import { setOnly } from "../../store/show-only.ts";
import { type AppState, initialState, type Shown } from "../../store/state.ts";
import { WIDE } from "../metrics.ts";
import { pathOf } from "../paths.ts";
import { layOut } from "../scene.ts";
import { sceneInput } from "../sceneInput.ts";
import { Slots } from "../slots.ts";

function app(namespace: string, name: string, labels: string, replicas = 2): string {
  return `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {type: NodePort, selector: {app: ${name}}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}, ${labels}}}
    spec: {containers: [{name: web, image: nginx}]}
---
`;
}

const TEXT = `apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
${app("shop", "web", "tier: front")}${app("shop", "cart", "tier: back")}${app("default", "web", "tier: front")}${app("default", "idle", "tier: back", 0)}apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: shop}
spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
`;

let run: Run;
let state: AppState;

beforeAll(async () => {
  run = await openRun(newScenario(TEXT));
  run.advance(8_000);
  const watch = watchObjects(run.cluster.api, run.world.api.kinds.all.map(resourceName));
  state = initialState(run, watch.take());
  watch.stop();
});

/** What is drawn: names of Services, workloads and pods, without what makes names of pods unique. */
function drawn(shown: Shown) {
  const objects = onlyOf(shown).among(state);
  const input = sceneInput(objects, { system: false, focus: undefined, clients: ["laptop"] });
  const pods = input.pods.map(({ key }) => key.replace(/-[^-]+-[^-]+$/, ""));
  const workloads = input.workloads.map((key) => key.replace(/^([a-z])[a-z]*\..*:/, "$1:"));
  return {
    services: input.services.map(({ key }) => key).sort(),
    workloads: workloads.sort(),
    pods: [...new Set(pods)].sort(),
    nodes: input.nodes.length,
  };
}

describe("[SHOWN-1]", () => {
  test("a namespace shows what is in it, and all Nodes", () => {
    expect(drawn({ namespace: "shop" })).toEqual({
      services: ["shop/cart", "shop/web"],
      workloads: ["d:shop/cart", "d:shop/web", "i:shop/shop"],
      pods: ["shop/cart", "shop/web"],
      nodes: 3,
    });
  });

  test.each([
    ["app=web", ["default/web", "shop/web"]],
    ["app in (cart, idle)", ["default/idle", "shop/cart"]],
    ["app!=web", ["default/idle", "shop/cart"]],
    ["tier=front", ["default/web", "shop/web"]],
    ["tier=back,app notin (idle)", ["shop/cart"]],
    ["nobody", []],
  ])("the selector %s shows the Services of the pods that it matches", (selector, services) => {
    const found = drawn({ selector });
    expect(found.services).toEqual(services);
    expect(found.workloads.filter((key) => key.startsWith("d:"))).toEqual(services.map((key) => `d:${key}`));
    expect(found.pods).toEqual(services.filter((key) => key !== "default/idle"));
    expect(found.nodes).toBe(3);
  });

  test("both together show what is in the namespace and matches", () => {
    expect(drawn({ namespace: "shop", selector: "app=web" })).toMatchObject({
      services: ["shop/web"],
      workloads: ["d:shop/web", "i:shop/shop"],
      pods: ["shop/web"],
    });
  });
});

describe("[SHOWN-2]", () => {
  test("a Service in focus shows its Ingress, its endpoints and their workload", () => {
    expect(drawn({ focus: "shop/web" })).toEqual({
      services: ["shop/web"],
      workloads: ["d:shop/web", "i:shop/shop"],
      pods: ["shop/web"],
      nodes: 3,
    });
  });

  test("a Service without pods shows the workload that would make them", () => {
    expect(drawn({ focus: "default/idle" })).toMatchObject({ workloads: ["d:default/idle"], pods: [] });
  });

  test("a pod that sends stays", () => {
    const [key = ""] = [...(state.objects.get("pods")?.keys() ?? [])].filter((each) => each.startsWith("shop/cart"));
    const name = key.slice("shop/".length);
    const from = { kind: "pod", namespace: "shop", name } as const;
    const sending = { ...state, traffic: [{ from, target: { host: "web", port: 80 }, rate: 1 }] };
    expect([...(onlyOf({ focus: "default/web" }).among(sending).get("pods")?.keys() ?? [])]).toContain(key);
  });

  test("one that doesn't exist shows nothing but Nodes", () => {
    expect(drawn({ focus: "shop/gone" })).toEqual({ services: [], workloads: [], pods: [], nodes: 3 });
  });
});

describe("[SHOWN-3]", () => {
  test("what is shown and what is hidden is said in words", () => {
    const said = (shown: Shown) => describeHidden({ ...state, view: { ...state.view, only: onlyOf(shown) } });
    expect(said({ focus: "shop/web" })).toBe("3 Services, 3 workloads, 4 pods hidden");
    expect(said({ selector: "tier" })).toBe("Nothing is hidden");
    expect(describeOnly({ namespace: "shop", selector: "app=web" })).toBe("namespace shop · app=web");
    expect(describeOnly({ focus: "shop/web" })).toBe("Service web in shop");
  });

  test("a request nobody has edited goes to what is shown", () => {
    const cart = state.objects.get("services")?.get("shop/cart") as Service | undefined;
    const only = onlyOf({ focus: "shop/cart" });
    const { target } = drafted({ ...state, view: { ...state.view, only } }, undefined);
    expect(target?.port).toBe(cart?.spec?.ports?.[0]?.nodePort);
    expect(drafted(state, undefined).target?.port).not.toBe(target?.port);
  });

  test("the answer is the same while nothing changed", () => {
    const only = onlyOf({ selector: "app=web" });
    expect(only.among(state)).toBe(only.among({ ...state, log: [] }));
  });
});

describe("[SHOWN-4]", () => {
  const read = (query: string) => {
    const { only, problems } = onlyFrom(new URLSearchParams(query));
    const { among: _among, ...shown } = only ?? { among: undefined };
    return { shown: only && JSON.parse(JSON.stringify(shown)), problems };
  };

  test.each([{ namespace: "shop" }, { selector: "app=web,tier in (a,b),!old" }, { focus: "shop/web" }])(
    "%j is kept in an address",
    (shown) => {
      expect(read(setOnly(new URLSearchParams("embed"), shown).toString())).toEqual({ shown, problems: [] });
    },
  );

  test.each([
    ["namespace=a/b", "namespace=a/b is not the name of a namespace; showing everything."],
    ["selector=app=(", "selector=app=( is not a label selector, such as app=web; showing everything."],
    ["focus=web", "focus=web is not the namespace and name of a Service, such as default/web; showing everything."],
    [`namespace=${"a".repeat(64)}`, `namespace=${"a".repeat(39)}… is not the name of a namespace; showing everything.`],
  ])("%s is refused with a reason", (query, problem) => {
    expect(read(query)).toEqual({ shown: undefined, problems: [problem] });
  });

  test("a selector has a longest length", () => {
    expect(problemOf("a".repeat(LONGEST_SELECTOR))).toBeUndefined();
    expect(problemOf("a".repeat(LONGEST_SELECTOR + 1))).toBe("longer than 300 characters");
    expect(problemOf("app=web,)")).toBe("found ')', expected: identifier after ','");
  });

  test("names of an object's own parts are names like others", () => {
    expect(drawn({ namespace: "constructor" }).services).toEqual([]);
    expect(drawn({ selector: "__proto__" }).services).toEqual([]);
    expect(drawn({ selector: "toString" }).services).toEqual([]);
    expect(drawn({ focus: "default/constructor" }).services).toEqual([]);
  });

  test("focus wins over the others, and that is said", () => {
    expect(read("focus=shop/web&namespace=shop")).toEqual({
      shown: { focus: "shop/web" },
      problems: ["focus shows one Service; namespace and selector are left out."],
    });
  });
});

test("[SHOWN-5] a packet to a pod that isn't shown goes to its Node", () => {
  const shown = onlyOf({ focus: "default/web" }).among(state);
  const scene = layOut(sceneInput(shown, { system: false, focus: undefined, clients: [] }), WIDE, new Slots());
  const around = {
    scene,
    clients: new Set<string>(),
    nodes: new Map<string, string>(),
    wire: false,
    measured: new Map(),
  };
  const hop = {
    packet: 1,
    index: 0,
    from: { kind: "node", name: "node-2" },
    to: { kind: "pod", namespace: "shop", name: "hidden" },
    header: { destination: "10.244.2.9", destinationPort: 80 },
  } as unknown as Hop; // what a path looks at
  const band = scene.boxes.get("node:node-2");
  const points = pathOf(hop, undefined, around)?.points;
  const [x = 0, y = 0] = points?.slice(-2) ?? [];
  expect(band !== undefined && x > band.x && x < band.x + band.width && y > band.y && y < band.y + band.height).toBe(
    true,
  );
});
