// Mistakes after which a Service has no usable endpoint: selectors, replicas, pods that are not ready.
import type { Chance } from "../chance.ts";
import type { Mistake, Planted } from "../mistake.ts";
import {
  type App,
  askFor,
  containerOf,
  type Fields,
  partOf,
  podSpecOf,
  portOf,
  serviceOf,
  type World,
  workloadOf,
} from "../world.ts";

/** A word with one letter dropped, doubled or swapped. */
export function mistyped(word: string, chance: Chance): string {
  const at = chance.between(1, word.length - 2);
  const [head, letter, next, rest] = [word.slice(0, at), word[at] ?? "", word[at + 1] ?? "", word.slice(at + 2)];
  if (chance.luck(0.4) && letter !== next) return `${head}${next}${letter}${rest}`;
  return chance.luck(0.5) ? `${head}${next}${rest}` : `${head}${letter}${letter}${next}${rest}`;
}

/** A mistake made to an app that fits, and reported by the request of its neighbour. */
export function ofApp(
  name: string,
  fits: (app: App, world: World) => boolean,
  plant: (about: { readonly draft: World; readonly app: App; readonly chance: Chance }) => Planted | undefined,
): Mistake {
  return {
    name,
    plant(draft, chance) {
      const apps = draft.apps.filter((each) => fits(each, draft));
      return apps.length === 0 ? undefined : plant({ draft, app: chance.of(apps), chance });
    },
  };
}

const any = () => true;
const scaled = ({ kind }: App) => kind !== "DaemonSet";

export const ENDPOINT_MISTAKES: readonly Mistake[] = [
  ofApp("selector-typo", any, ({ draft, app, chance }) => {
    const selector = partOf(serviceOf(draft, app), "spec", "selector");
    const wrong = mistyped(app.name, chance);
    selector.app = wrong;
    return {
      ask: askFor(draft, app),
      causes: ["selector-matches-nothing"],
      words: [`app=${wrong}`, `app=${app.name}`],
    };
  }),
  ofApp("selector-key", any, ({ draft, app }) => {
    const spec = partOf(serviceOf(draft, app), "spec");
    spec.selector = { name: app.name };
    return { ask: askFor(draft, app), causes: ["selector-matches-nothing"], words: [`name=${app.name}`] };
  }),
  ofApp("selector-extra-label", any, ({ draft, app, chance }) => {
    const version = chance.of(["v1", "v2", "blue"]);
    partOf(serviceOf(draft, app), "spec", "selector").version = version;
    return { ask: askFor(draft, app), causes: ["selector-matches-nothing"], words: [`version=${version}`] };
  }),
  ofApp("labels-on-the-workload-alone", any, ({ draft, app }) => {
    partOf(workloadOf(draft, app), "metadata").labels = { component: app.name };
    partOf(serviceOf(draft, app), "spec").selector = { component: app.name };
    return {
      ask: askFor(draft, app),
      causes: ["selector-matches-nothing"],
      words: [`component=${app.name}`, "spec.template.metadata.labels"],
    };
  }),
  ofApp(
    "pods-in-another-namespace",
    (app, world) => world.namespaces.length > 1 && app.type !== "headless",
    ({ draft, app, chance }) => {
      const other = chance.of(draft.namespaces.filter((each) => each !== app.namespace));
      const service = serviceOf(draft, app);
      service.metadata.namespace = other;
      const clients = draft.clients.find(({ namespace }) => namespace === other);
      if (clients === undefined) return undefined;
      return {
        ask: { ...askFor(draft, app), from: { kind: "workload", namespace: other, name: clients.name } },
        causes: ["pods-in-other-namespace"],
        words: [other, app.namespace],
        ...(app.type === "ClusterIP" ? {} : { incurable: true }),
      };
    },
  ),
  ofApp("scaled-to-zero", scaled, ({ draft, app }) => {
    partOf(workloadOf(draft, app), "spec").replicas = 0;
    return { ask: askFor(draft, app), causes: ["scaled-to-zero"], words: [app.name, "0"] };
  }),
  ofApp("image-missing", any, ({ draft, app }) => {
    const image = `registry.invalid/${app.image}`;
    containerOf(draft, app).image = image;
    return { ask: askFor(draft, app), causes: ["pods-image-pull"], words: [image] };
  }),
  ofApp(
    "command-ends",
    ({ image }) => /nginx|httpd|agnhost/.test(image),
    ({ draft, app, chance }) => {
      const code = chance.between(1, 3);
      containerOf(draft, app).command = ["sh", "-c", `exit ${code}`];
      return { ask: askFor(draft, app), causes: ["pods-crashing"], words: [`exit code ${code}`] };
    },
  ),
  ofApp("command-not-in-the-image", any, ({ draft, app }) => {
    containerOf(draft, app).command = ["/opt/serve-all"];
    return { ask: askFor(draft, app), causes: ["pods-crashing"], words: ["/opt/serve-all", "exit code 12"] };
  }),
  ofApp(
    "probe-path",
    ({ image }) => /nginx|httpd|agnhost/.test(image),
    ({ draft, app }) => {
      containerOf(draft, app).readinessProbe = { httpGet: { path: "/healthy", port: app.listens }, periodSeconds: 1 };
      return { ask: askFor(draft, app), causes: ["pods-probe-fails"], words: ["404"] };
    },
  ),
  ofApp("probe-port", any, ({ draft, app }) => {
    containerOf(draft, app).readinessProbe = { tcpSocket: { port: 9999 }, periodSeconds: 1 };
    return { ask: askFor(draft, app), causes: ["pods-probe-fails"], words: ["9999"] };
  }),
  ofApp("probe-delay", any, ({ draft, app }) => {
    const probe: Fields = { httpGet: { path: "/", port: app.listens }, initialDelaySeconds: 600, periodSeconds: 5 };
    containerOf(draft, app).readinessProbe = probe;
    return { ask: askFor(draft, app), causes: ["pods-waits-for-probe"], words: ["600 s", "initialDelaySeconds"] };
  }),
  ofApp("readiness-gate", any, ({ draft, app }) => {
    podSpecOf(draft, app).readinessGates = [{ conditionType: "example.com/warm" }];
    return { ask: askFor(draft, app), causes: ["pods-readiness-gate"], words: ["example.com/warm"], incurable: true };
  }),
  ofApp("no-node-fits", any, ({ draft, app }) => {
    podSpecOf(draft, app).nodeSelector = { disktype: "ssd" };
    return app.kind === "DaemonSet"
      ? { ask: askFor(draft, app), causes: ["no-pods-yet"], words: [app.name, "disktype=ssd"] }
      : { ask: askFor(draft, app), causes: ["pods-unschedulable"], words: ["node affinity/selector"] };
  }),
  ofApp("too-much-memory", scaled, ({ draft, app }) => {
    containerOf(draft, app).resources = { requests: { memory: "9000Gi" } };
    return { ask: askFor(draft, app), causes: ["pods-unschedulable"], words: ["Insufficient memory"] };
  }),
  ofApp("configmap-missing", any, ({ draft, app }) => {
    containerOf(draft, app).envFrom = [{ configMapRef: { name: "settings" } }];
    return { ask: askFor(draft, app), causes: ["pods-misconfigured"], words: ["settings"], incurable: true };
  }),
  ofApp("init-never-ends", any, ({ draft, app }) => {
    const wait = { name: "wait", image: "busybox:1.37", command: ["sleep", "100000"] };
    podSpecOf(draft, app).initContainers = [wait];
    return { ask: askFor(draft, app), causes: ["pods-init"], words: ["wait"] };
  }),
  ofApp("held-unready", any, ({ draft, app }) => {
    const line = `for p in $(kubectl get pods -n ${app.namespace} -l app=${app.name} -o name); do sim fail $p --readiness -n ${app.namespace}; done`;
    return { ask: askFor(draft, app), lines: [line], causes: ["pods-unready"], words: [app.name] };
  }),
  ofApp("service-deleted", any, ({ draft, app }) => {
    const ask = askFor(draft, app);
    draft.objects.splice(draft.objects.indexOf(serviceOf(draft, app)), 1);
    return { ask, causes: ["unknown-name"], words: [`no Service ${app.service}`], incurable: true };
  }),
  ofApp(
    "job-pods-behind-a-named-port",
    (app) => app.portName !== undefined && app.type !== "headless",
    ({ draft, app }) => {
      portOf(draft, app).targetPort = app.portName;
      draft.objects.push({
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: { name: "migrate", namespace: app.namespace },
        spec: {
          template: {
            metadata: { labels: { ...app.labels } },
            spec: {
              restartPolicy: "Never",
              containers: [{ name: "migrate", image: "busybox:1.37", command: ["sleep", "600"] }],
            },
          },
        },
      });
      return { harmless: true, causes: ["pods-without-the-port"], words: ["migrate", app.portName ?? ""] };
    },
  ),
];
