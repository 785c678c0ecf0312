// A text's life: applied after a pause, kept over reloads, compared with what the cluster holds. On the real engine.
import { describe, expect, test } from "vitest";
import { LONGEST_MANIFEST } from "../../manifest/index.ts";
import { newScenario } from "../../scenario/index.ts";
import { createShell } from "../../shell/index.ts";
import { Playground } from "../store/playground.ts";
import { createRun } from "../store/run.ts";
import { EditedText } from "./edited.ts";
import { fixesFor } from "./language/index.ts";
import { hostOf } from "./playgroundHost.ts";
import { statusLine } from "./status.ts";

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 2 # two are enough
  selector:
    matchLabels: {app: shop}
  template:
    metadata:
      labels: {app: shop}
    spec:
      containers:
        - name: shop
          image: nginx
`;
const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  type: NodePort
  selector:
    app: shop
  ports:
    - port: 80
      nodePort: 30100
`;

/** Timers that run when the test says so. */
function timers() {
  const waiting = new Set<() => void>();
  return {
    later: (run: () => void) => {
      waiting.add(run);
      return () => waiting.delete(run);
    },
    pass: () => {
      for (const run of [...waiting]) {
        waiting.delete(run);
        run();
      }
    },
  };
}

interface Wanted {
  readonly text?: string;
}

function open({ text = DEPLOYMENT }: Wanted = {}) {
  const frames: ((time: number) => void)[] = [];
  const playground = new Playground(createRun(newScenario(text), { createShell }), {
    request: (run) => frames.push(run),
    cancel: () => undefined,
  });
  const frame = () => {
    for (const run of frames.splice(0)) run(0);
  };
  const clock = timers();
  const edited = new EditedText({
    host: hostOf(playground),
    later: clock.later,
  });
  edited.begin();
  const { api } = playground.store.getState().run.cluster;
  const line = () => statusLine(edited.state.report).text;
  const type = (next: string) => {
    edited.type(next);
    clock.pass();
  };
  return { playground, edited, api, clock, line, type, frame };
}

describe("applying", () => {
  test("what is typed is applied after a pause, not before", () => {
    const { edited, api, clock } = open();
    edited.type(DEPLOYMENT.replace("replicas: 2", "replicas: 4"));
    expect(edited.state.pending).toBe(true);
    expect(api.get("deployments.apps", "default", "shop").spec?.replicas).toBe(2);
    clock.pass();
    expect(api.get("deployments.apps", "default", "shop").spec?.replicas).toBe(4);
    expect(edited.state.pending).toBe(false);
  });

  test("the status says what was created, configured and deleted", () => {
    const { type, line } = open();
    expect(line()).toBe("Applied: Deployment shop created");
    type(`${DEPLOYMENT}---\n${SERVICE}`);
    expect(line()).toBe("Applied: Service shop created");
    type(DEPLOYMENT);
    expect(line()).toBe("Applied: Service shop deleted: it is no longer in the text");
    type(`# ${DEPLOYMENT}`.replace("# ", "# note\n"));
    expect(line()).toBe("Applied: nothing to change");
  });

  test("a Service that changes its name keeps its nodePort", () => {
    const { type, line } = open({ text: SERVICE });
    type(SERVICE.replace("name: shop", "name: store"));
    expect(line()).toBe("Applied: Service store created, Service shop deleted: it is no longer in the text");
  });

  test("broken text keeps the last good cluster", () => {
    const { type, line, api, edited } = open();
    type(DEPLOYMENT.replace("spec:\n", "spec: [\n"));
    expect(line()).toBe("1 error: the cluster still runs the last good version");
    expect(api.find("deployments.apps", "default", "shop")).toBeDefined();
    expect(edited.state.problems[0]?.source).toBe("yaml");
  });

  test("a good document is applied beside a refused one", () => {
    const { type, line, api, edited } = open();
    const text = `${DEPLOYMENT.replace("replicas: 2", "replicas: 3")}---\n${SERVICE.replace("30100", "99")}`;
    type(text);
    expect(api.get("deployments.apps", "default", "shop").spec?.replicas).toBe(3);
    expect(line()).toBe("1 error: 1 document was refused; Deployment shop configured");
    const at = text.split("\n").findIndex((each) => each.includes("nodePort")) + 1;
    expect(edited.state.problems).toMatchObject([{ line: at, from: 16, to: 18, severity: "error" }]);
    expect(edited.state.problems[0]?.message).toContain("spec.ports[0].nodePort: Invalid value: 99");
  });

  test.each([
    ["an unknown field", "  type: NodePort\n", "  typo: NodePort\n", 'unknown field "spec.typo"', "typo"],
    ["an unknown map", "selector:", "slector:", 'unknown field "spec.slector"', "slector"],
    [
      "a wrong type",
      "port: 80",
      'port: "80"',
      "cannot unmarshal string into Go struct field ServicePort.spec.ports.port",
      '"80"',
    ],
    [
      "a number among labels",
      "app: shop\n",
      "app: 1.5\n",
      "cannot unmarshal number into Go struct field ServiceSpec.spec.selector",
      "1.5",
    ],
    ["an unknown kind", "kind: Service", "kind: Servcie", 'no matches for kind "Servcie" in version "v1"', "Servcie"],
    ["a wrong enum", "type: NodePort", "type: nodeport", 'spec.type: Unsupported value: "nodeport"', "nodeport"],
    ["a name with capitals", "name: shop", "name: Shop", 'metadata.name: Invalid value: "Shop"', "Shop"],
  ])("%s is reported at its place", (_title, ...[good, bad, message, marked]) => {
    const { type, edited } = open({ text: SERVICE });
    const text = SERVICE.replace(good, bad);
    type(text);
    const found = edited.state.problems.find((each) => each.severity === "error");
    expect(found?.message).toContain(message);
    expect(text.split("\n")[(found?.line ?? 0) - 1]?.slice(found?.from, found?.to)).toBe(marked);
  });
});

describe("a long text", () => {
  const definition = (name: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n${Array.from({ length: 4_000 }, (_, at) => `  key${at}: |\n    some words of a value\n    and some more of them\n`).join("")}`;
  const long = (port: number) =>
    [definition("one"), definition("two"), definition("three"), SERVICE.replace("port: 80", `port: ${port}`)].join(
      "---\n",
    );

  test("[LONG-2] is read in slices, then applied; typing meanwhile begins again", () => {
    const { type, edited, api, clock } = open();
    type(long(80));
    expect(edited.state.reading).toBeGreaterThan(0);
    expect(api.find("services", "default", "shop")).toBeUndefined();
    expect(api.find("deployments.apps", "default", "shop")).toBeDefined();
    edited.type(long(81));
    expect(edited.state).toMatchObject({ pending: true, reading: undefined });
    for (let passes = 0; edited.state.pending && passes < 1_000; passes++) clock.pass();
    expect(edited.state.reading).toBeUndefined();
    expect(api.find("services", "default", "shop")?.spec?.ports?.[0]?.port).toBe(81);
    expect(edited.state.report?.problems.map(({ message }) => message)).toEqual([]);
    expect(api.find("deployments.apps", "default", "shop")).toBeUndefined();
  });

  test("with a broken document tells it at its line, and the others apply", () => {
    const { type, edited, api, clock } = open();
    const text = long(80).replace("kind: Service", "kind: Servcie");
    type(text);
    for (let passes = 0; edited.state.pending && passes < 1_000; passes++) clock.pass();
    const [problem] = edited.state.problems;
    expect(problem?.message).toContain('no matches for kind "Servcie"');
    expect(text.split("\n")[(problem?.line ?? 0) - 1]).toBe("kind: Servcie");
    expect(api.find("configmaps", "default", "three")).toBeDefined();
    expect(api.find("deployments.apps", "default", "shop")).toBeDefined();
  });
});

describe("hostile text", () => {
  test("[LONG-1] a text beyond the limit is refused, and the cluster stays", () => {
    const { type, line, api, edited } = open();
    type("a: b\n".repeat(LONGEST_MANIFEST / 4));
    expect(line()).toBe("1 error: the cluster still runs the last good version");
    expect(edited.state.problems[0]?.message).toContain("This text is 10.0 MB long; up to 8 MB is applied");
    expect(api.find("deployments.apps", "default", "shop")).toBeDefined();
  });

  test("aliases that multiply are refused", () => {
    const { type, edited } = open();
    const levels = Array.from({ length: 12 }, (_, at) =>
      at === 0
        ? "a0: &a0 [x,x,x,x,x,x,x,x,x]"
        : `a${at}: &a${at} [${Array(9)
            .fill(`*a${at - 1}`)
            .join(",")}]`,
    );
    type(levels.join("\n"));
    expect(edited.state.problems[0]?.message).toContain("excessive aliasing");
  });

  test("markup in names is a name that is refused", () => {
    const { type, edited } = open({ text: SERVICE });
    type(SERVICE.replace("name: shop", "name: <img src=x onerror=alert(1)>"));
    expect(edited.state.problems[0]?.message).toContain("metadata.name: Invalid value");
  });
});

describe("the cluster behind the text's back", () => {
  test("a live value that differs is marked at its line", () => {
    const { playground, api, edited, clock } = open();
    const scaled = { type: "merge", body: { spec: { replicas: 7 } } } as const;
    api.patch("deployments.apps", { namespace: "default", name: "shop" }, scaled);
    playground.flush();
    clock.pass();
    expect(edited.state.problems).toMatchObject([{ line: 6, from: 12, to: 13, severity: "info", live: "7" }]);
    expect(edited.state.text).toBe(DEPLOYMENT);
  });

  test("what the console did is named, and one fix puts it in the text", () => {
    const { playground, edited, clock } = open();
    playground.run({ kind: "shell", line: "kubectl scale deploy/shop --replicas=5" });
    playground.run({ kind: "shell", line: "kubectl describe deployment shop" });
    clock.pass();
    const [problem] = edited.state.problems;
    expect(problem?.message).toBe("live: 5 (changed by kubectl scale at 0:00)");
    const fix = problem === undefined ? undefined : fixesFor(edited.state.text, problem, edited.host.lister)[0];
    edited.edit(fix?.edits ?? []);
    clock.pass();
    expect(edited.state.text).toBe(DEPLOYMENT.replace("replicas: 2", "replicas: 5"));
    expect(edited.state.problems).toEqual([]);
  });

  test.each([
    ['kubectl patch deploy/shop -p \'{"spec":{"replicas":3}}\'', "live: 3 (changed by kubectl patch at 0:00)"],
    ["kubectl set image deploy/shop '*=httpd'", "live: httpd (changed by kubectl set at 0:00)"],
    [
      "kubectl get deploy shop -o yaml | sed 's/replicas: 2/replicas: 6/' | kubectl replace -f -",
      "live: 6 (changed by kubectl replace at 0:00)",
    ],
    [
      "kubectl get deploy shop -o yaml | sed 's/replicas: 2/replicas: 6/' | kubectl apply -f -",
      "live: 6 (changed by kubectl apply at 0:00)",
    ],
    [
      'kubectl patch deploy/shop --field-manager=robot -p \'{"spec":{"replicas":3}}\'',
      "live: 3 (changed by robot at 0:00)",
    ],
    ["kubectl get deploy shop # kubectl scale --replicas=9", undefined],
  ])("after %s the mark says %s", (line, message) => {
    const { playground, edited, clock } = open();
    playground.run({ kind: "shell", line });
    playground.store.getState().run.advance(500);
    playground.flush();
    clock.pass();
    expect(edited.state.problems[0]?.message).toBe(message);
  });

  test("a label that the console overwrote is marked with its name", () => {
    const text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  labels:\n    tier: front\n";
    const { playground, edited, clock } = open({ text });
    playground.run({ kind: "shell", line: "kubectl label configmap c tier=back --overwrite" });
    playground.flush();
    clock.pass();
    expect(edited.state.problems).toMatchObject([
      { line: 6, message: "live: back (changed by kubectl label at 0:00)", live: "back" },
    ]);
  });

  test("what the text itself applied is named by nobody", () => {
    const { edited, clock, playground, api } = open();
    playground.flush();
    clock.pass();
    const live = api.get("deployments.apps", "default", "shop");
    expect(edited.host.writerOf(live, ["spec", "replicas"])?.manager).toBe("kubectl-client-side-apply");
    expect(edited.state.problems).toEqual([]);
  });

  test("scaling on the canvas changes the text, comments kept, and is applied", () => {
    const { playground, edited, clock, api, line } = open();
    playground.run({ kind: "scale", namespace: "default", name: "shop", replicas: 4 });
    clock.pass();
    expect(edited.state.text).toBe(DEPLOYMENT.replace("replicas: 2 #", "replicas: 4 #"));
    clock.pass();
    expect(api.get("deployments.apps", "default", "shop").spec?.replicas).toBe(4);
    expect(line()).not.toContain("error");
    expect(edited.state.problems).toEqual([]);
  });

  test("scaling there and back again within a moment is not taken back by the text", () => {
    const { playground, edited, clock, api } = open();
    const scale = (replicas: number) => playground.run({ kind: "scale", namespace: "default", name: "shop", replicas });
    scale(4);
    clock.pass();
    scale(2);
    for (let i = 0; i < 3; i++) clock.pass();
    expect(api.get("deployments.apps", "default", "shop").spec?.replicas).toBe(2);
    expect(edited.state.text).toBe(DEPLOYMENT);
  });

  test("a number typed after the canvas scaled stays, and so does one that an undo brings back", () => {
    const { playground, edited, clock, api, type } = open();
    playground.run({ kind: "scale", namespace: "default", name: "shop", replicas: 4 });
    clock.pass();
    clock.pass();
    for (const replicas of [2, 5]) {
      type(edited.state.text.replace(/replicas: \d/, `replicas: ${replicas}`));
      clock.pass();
      expect(edited.state.text).toContain(`replicas: ${replicas} #`);
      expect(api.get("deployments.apps", "default", "shop").spec?.replicas).toBe(replicas);
    }
    playground.run({ kind: "scale", namespace: "default", name: "shop", replicas: 6 });
    clock.pass();
    expect(edited.state.text).toContain("replicas: 6 #");
  });

  test("what is typed while the canvas scales does not take the scaling back", () => {
    const { playground, edited, clock, api } = open();
    edited.type(DEPLOYMENT.replace("two are enough", "enough"));
    playground.run({ kind: "scale", namespace: "default", name: "shop", replicas: 4 });
    clock.pass();
    expect(edited.state.text).toContain("replicas: 4 # enough");
    expect(api.get("deployments.apps", "default", "shop").spec?.replicas).toBe(4);
  });

  test("another run brings its text", () => {
    const { playground, edited, line, type } = open();
    const own = `${DEPLOYMENT}# mine\n`;
    type(own);
    playground.replace(createRun(newScenario(SERVICE)));
    expect(edited.state.text).toBe(SERVICE);
    expect(line()).toBe("Applied: Service shop created");
  });
});

describe("a run that is replayed", () => {
  test("the text follows what the log applies, and the log continues", () => {
    const { playground, edited } = open();
    const log = [SERVICE, DEPLOYMENT].map((text, at) => ({ at: 1000 * at, action: { kind: "apply" as const, text } }));
    playground.replace(createRun({ ...newScenario(DEPLOYMENT), log }));
    const run = playground.store.getState().run;
    run.advance(10);
    expect(edited.state.text).toBe(SERVICE);
    run.advance(1000);
    expect(edited.state.text).toBe(DEPLOYMENT);
    expect(run.log).toEqual(log);
  });
});

describe("earlier moments", () => {
  test("[PAST-5] the text follows the playhead, and looking back neither edits nor applies anything", async () => {
    const { playground, edited, clock, type, frame } = open();
    await playground.travel();
    const pass = (ms: number) => {
      playground.store.getState().run.advance(ms);
      playground.flush();
    };
    const seek = (time: number, actions: number) => {
      playground.seek(time, actions);
      frame();
      clock.pass();
      clock.pass();
    };
    pass(5_000);
    playground.run({ kind: "scale", namespace: "default", name: "shop", replicas: 4 });
    clock.pass();
    clock.pass();
    pass(5_000);
    type(edited.state.text.replace("image: nginx", "image: httpd"));
    pass(5_000);
    const now = edited.state.text;
    expect(now).toContain("replicas: 4");
    const log = playground.head.log.length;
    seek(5_000, 1); // scaled, and not yet written into the text
    expect(edited.state.text).toBe(DEPLOYMENT);
    expect(playground.store.getState().past).toBe(true);
    playground.toNow();
    clock.pass();
    expect(edited.state.text).toBe(now);
    expect([playground.store.getState().branches.length, playground.head.log.length]).toEqual([1, log]);
    seek(5_000, 1);
    type(`${edited.state.text}# mine\n`);
    expect(playground.store.getState().branches.map(({ name }) => name)).toEqual([
      "First run",
      "Apply the YAML at 0:05.0",
    ]);
  });
});
