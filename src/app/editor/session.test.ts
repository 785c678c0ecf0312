// A text's life: applied after a pause, kept over reloads, compared with what the cluster holds. On the real engine.
import { describe, expect, test } from "vitest";
import { newScenario } from "../../scenario/index.ts";
import { createShell } from "../../shell/index.ts";
import { Playground } from "../store/playground.ts";
import { createRun } from "../store/run.ts";
import { fixesFor } from "./language/index.ts";
import { hostOf } from "./playgroundHost.ts";
import { EditorSession, LONGEST_TEXT } from "./session.ts";
import { statusLine } from "./status.ts";
import { textStorage } from "./storage.ts";

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

function memory(): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

interface Wanted {
  readonly text?: string;
  readonly brought?: boolean;
  readonly storage?: Pick<Storage, "getItem" | "setItem" | "removeItem">;
}

function open({ text = DEPLOYMENT, brought = false, storage = memory() }: Wanted = {}) {
  const playground = new Playground(createRun(newScenario(text), { createShell }), {
    request: () => 0,
    cancel: () => undefined,
  });
  const clock = timers();
  const session = new EditorSession({
    host: hostOf(playground),
    storage: textStorage(() => storage),
    later: clock.later,
    brought,
  });
  session.begin();
  const { api } = playground.store.getState().session.cluster;
  const line = () => statusLine(session.state.report).text;
  const type = (next: string) => {
    session.type(next);
    clock.pass();
  };
  return { playground, session, api, clock, line, type, storage };
}

describe("applying", () => {
  test("what is typed is applied after a pause, not before", () => {
    const { session, api, clock } = open();
    session.type(DEPLOYMENT.replace("replicas: 2", "replicas: 4"));
    expect(session.state.pending).toBe(true);
    expect(api.get("deployments.apps", "default", "shop").spec?.replicas).toBe(2);
    clock.pass();
    expect(api.get("deployments.apps", "default", "shop").spec?.replicas).toBe(4);
    expect(session.state.pending).toBe(false);
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
    const { type, line, api, session } = open();
    type(DEPLOYMENT.replace("spec:\n", "spec: [\n"));
    expect(line()).toBe("1 error: the cluster still runs the last good version");
    expect(api.find("deployments.apps", "default", "shop")).toBeDefined();
    expect(session.state.problems[0]?.source).toBe("yaml");
  });

  test("a good document is applied beside a refused one", () => {
    const { type, line, api, session } = open();
    const text = `${DEPLOYMENT.replace("replicas: 2", "replicas: 3")}---\n${SERVICE.replace("30100", "99")}`;
    type(text);
    expect(api.get("deployments.apps", "default", "shop").spec?.replicas).toBe(3);
    expect(line()).toBe("1 error: 1 document was refused; Deployment shop configured");
    const at = text.split("\n").findIndex((each) => each.includes("nodePort")) + 1;
    expect(session.state.problems).toMatchObject([{ line: at, from: 16, to: 18, severity: "error" }]);
    expect(session.state.problems[0]?.message).toContain("spec.ports[0].nodePort: Invalid value: 99");
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
  ])("%s is told at its place", (_title, ...[good, bad, message, marked]) => {
    const { type, session } = open({ text: SERVICE });
    const text = SERVICE.replace(good, bad);
    type(text);
    const found = session.state.problems.find((each) => each.severity === "error");
    expect(found?.message).toContain(message);
    expect(text.split("\n")[(found?.line ?? 0) - 1]?.slice(found?.from, found?.to)).toBe(marked);
  });
});

describe("hostile text", () => {
  test("a text beyond the limit is refused, and the cluster stays", () => {
    const { type, line, api, session } = open();
    type("a: b\n".repeat(LONGEST_TEXT));
    expect(line()).toBe("1 error: the cluster still runs the last good version");
    expect(session.state.problems[0]?.message).toContain("2.5 MB");
    expect(api.find("deployments.apps", "default", "shop")).toBeDefined();
  });

  test("aliases that multiply are refused", () => {
    const { type, session } = open();
    const levels = Array.from({ length: 12 }, (_, at) =>
      at === 0
        ? "a0: &a0 [x,x,x,x,x,x,x,x,x]"
        : `a${at}: &a${at} [${Array(9)
            .fill(`*a${at - 1}`)
            .join(",")}]`,
    );
    type(levels.join("\n"));
    expect(session.state.problems[0]?.message).toContain("excessive aliasing");
  });

  test("markup in names is a name that is refused", () => {
    const { type, session } = open({ text: SERVICE });
    type(SERVICE.replace("name: shop", "name: <img src=x onerror=alert(1)>"));
    expect(session.state.problems[0]?.message).toContain("metadata.name: Invalid value");
  });
});

describe("the cluster behind the text's back", () => {
  test("a live value that differs is marked at its line", () => {
    const { playground, api, session, clock } = open();
    const scaled = { type: "merge", body: { spec: { replicas: 7 } } } as const;
    api.patch("deployments.apps", { namespace: "default", name: "shop" }, scaled);
    playground.flush();
    clock.pass();
    expect(session.state.problems).toMatchObject([{ line: 6, from: 12, to: 13, severity: "info", message: "live: 7" }]);
    expect(session.state.text).toBe(DEPLOYMENT);
  });

  test("what the console did is named, and one fix takes it into the text", () => {
    const { playground, session, clock } = open();
    playground.run({ kind: "shell", line: "kubectl scale deploy/shop --replicas=5" });
    playground.run({ kind: "shell", line: "kubectl describe deployment shop" });
    clock.pass();
    const [problem] = session.state.problems;
    expect(problem?.message).toBe("live: 5 (changed by kubectl scale)");
    const fix = problem === undefined ? undefined : fixesFor(session.state.text, problem, session.host.world)[0];
    session.edit(fix?.edits ?? []);
    clock.pass();
    expect(session.state.text).toBe(DEPLOYMENT.replace("replicas: 2", "replicas: 5"));
    expect(session.state.problems).toEqual([]);
  });

  test("scaling on the canvas changes the text, comments kept, and is applied", () => {
    const { playground, session, clock, api, line } = open();
    playground.run({ kind: "scale", namespace: "default", name: "shop", replicas: 4 });
    clock.pass();
    expect(session.state.text).toBe(DEPLOYMENT.replace("replicas: 2 #", "replicas: 4 #"));
    clock.pass();
    expect(api.get("deployments.apps", "default", "shop").spec?.replicas).toBe(4);
    expect(line()).not.toContain("error");
    expect(session.state.problems).toEqual([]);
  });

  test("what is typed while the canvas scales does not take the scaling back", () => {
    const { playground, session, clock, api } = open();
    session.type(DEPLOYMENT.replace("two are enough", "enough"));
    playground.run({ kind: "scale", namespace: "default", name: "shop", replicas: 4 });
    clock.pass();
    expect(session.state.text).toContain("replicas: 4 # enough");
    expect(api.get("deployments.apps", "default", "shop").spec?.replicas).toBe(4);
  });

  test("another run brings its text, and the old one is offered back", () => {
    const { playground, session, line, type } = open();
    const own = `${DEPLOYMENT}# mine\n`;
    type(own);
    playground.replace(createRun(newScenario(SERVICE)));
    expect(session.state.text).toBe(SERVICE);
    expect(session.state.own).toBe(own);
    expect(line()).toBe("Applied: Service shop created");
  });
});

describe("a run that is replayed", () => {
  test("the text follows what the log applies, and the log goes on", () => {
    const { playground, session } = open();
    const log = [SERVICE, DEPLOYMENT].map((text, at) => ({ at: 1000 * at, action: { kind: "apply" as const, text } }));
    playground.replace(createRun({ ...newScenario(DEPLOYMENT), log }));
    const run = playground.store.getState().session;
    run.advance(10);
    expect(session.state.text).toBe(SERVICE);
    run.advance(1000);
    expect(session.state.text).toBe(DEPLOYMENT);
    expect(run.log).toEqual(log);
  });
});

describe("keeping", () => {
  test("a text that came with a link is not kept in the place of one's own until it is changed", () => {
    const first = open();
    first.type(SERVICE);
    const second = open({ storage: first.storage, text: DEPLOYMENT, brought: true });
    second.session.keep();
    expect(open({ storage: first.storage }).session.state.text).toBe(SERVICE);
    second.type(`# mine\n${DEPLOYMENT}`);
    expect(open({ storage: first.storage }).session.state.text).toContain("# mine");
  });

  test("what was typed is there after a reload", () => {
    const first = open();
    first.type(SERVICE);
    expect(open({ storage: first.storage }).session.state.text).toBe(SERVICE);
  });

  test("a text that a link brought wins, and one's own is one click away", () => {
    const first = open();
    first.type(SERVICE);
    const { session } = open({ storage: first.storage, text: DEPLOYMENT, brought: true });
    expect(session.state.text).toBe(DEPLOYMENT);
    session.restore();
    expect(session.state.text).toBe(SERVICE);
  });

  test("a reset offers the old text back", () => {
    const { session, type } = open();
    type(SERVICE);
    session.replaceAll(DEPLOYMENT);
    expect(session.state.own).toBe(SERVICE);
    session.restore();
    expect(session.state.text).toBe(SERVICE);
  });

  test("an example that nobody changed is not offered back", () => {
    const { session } = open();
    session.replaceAll(SERVICE);
    expect(session.state.own).toBeUndefined();
    session.replaceAll(`${SERVICE}---\n${DEPLOYMENT}`);
    expect(session.state.own).toBeUndefined();
  });

  test("the editor works where storage is refused", () => {
    const refuse = (): never => {
      throw new DOMException("denied", "SecurityError");
    };
    const { type, line } = open({ storage: { getItem: refuse, setItem: refuse, removeItem: refuse } });
    type(SERVICE);
    expect(line()).toContain("Service shop created");
  });
});
