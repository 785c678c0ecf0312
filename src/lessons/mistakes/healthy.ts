// Makes worlds in which nothing is wrong: programs, Services of every kind, names, probes, policies, and clients that ask.
import { type Chance, chanceOf } from "./chance.ts";
import { type App, type Ask, askFor, clientIn, type Fields, type Manifest, reachedAt, type World } from "./world.ts";

const NAMES = ["web", "api", "shop", "cart", "auth", "search", "orders", "mail", "stock", "billing"];
const NAMESPACES = ["prod", "staging", "team-a", "backend"];

interface Image {
  readonly image: string;
  readonly listens: number;
  readonly args?: (port: number) => string[];
}

/** Programs that listen where their arguments or their makers say. */
const SERVERS: readonly Image[] = [
  { image: "nginx:1.29", listens: 80 },
  { image: "nginx:1.29-alpine", listens: 80 },
  { image: "httpd:2.4", listens: 80 },
  { image: "nginxinc/nginx-unprivileged:1.29", listens: 8080 },
  { image: "registry.k8s.io/e2e-test-images/agnhost:2.53", listens: 8080, args: () => ["netexec"] },
  { image: "traefik/whoami:v1.11", listens: 8000, args: (port) => [`--port=${port}`] },
  { image: "hashicorp/http-echo:1.0", listens: 5678, args: (port) => ["-text=hello", `-listen=:${port}`] },
  { image: "gcr.io/google-samples/hello-app:2.0", listens: 8080 },
];
const CLIENT_IMAGES = ["curlimages/curl:8.17.0", "nicolaka/netshoot:v0.14", "busybox:1.37"];

/** A world for a seed: equal seeds give equal worlds. */
export function healthyWorld(seed: string): World {
  const chance = chanceOf(`world ${seed}`);
  const names = chance.shuffled(NAMES);
  const namespaces = ["default", ...chance.shuffled(NAMESPACES).slice(0, chance.between(0, 2))];
  const nodePorts = chance.shuffled([30080, 30081, 30443, 31000, 31234, 32000]);
  const apps = namespaces.flatMap((namespace, at) =>
    Array.from({ length: at === 0 ? chance.between(1, 3) : chance.between(1, 2) }, () =>
      newApp(chance, namespace, { name: names.pop() ?? "extra", nodePort: nodePorts.pop() ?? 32100 }),
    ),
  );
  const clients = namespaces.map((namespace) => ({ namespace, name: "client", image: chance.of(CLIENT_IMAGES) }));
  const settings = apps.some(({ type }) => type === "LoadBalancer") ? { cloud: true } : {};
  const objects = [
    ...namespaces.slice(1).map((name): Manifest => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } })),
    ...apps.flatMap((app) => objectsOf(chance, app)),
    ...clients.map(clientPod),
  ];
  const world: World = { seed, settings, objects, apps, clients, namespaces, asks: [] };
  return { ...world, asks: apps.flatMap((app) => asksOf(world, app)) };
}

function newApp(
  chance: Chance,
  namespace: string,
  { name, nodePort }: { readonly name: string; readonly nodePort: number },
): App {
  const server = chance.of(SERVERS);
  const kind = chance.of(["Deployment", "Deployment", "Deployment", "StatefulSet", "DaemonSet"] as const);
  const type =
    kind === "StatefulSet" && chance.luck(0.6)
      ? "headless"
      : chance.of(["ClusterIP", "NodePort", "LoadBalancer"] as const);
  const labels: Record<string, string> = { app: name };
  if (chance.luck(0.4)) labels.tier = chance.of(["frontend", "backend"]);
  if (chance.luck(0.2)) labels["app.kubernetes.io/part-of"] = "shop";
  return {
    namespace,
    name,
    kind,
    labels,
    image: server.image,
    listens: server.args === undefined ? server.listens : chance.of([server.listens, server.listens]),
    portName: chance.luck(0.5) ? "http" : undefined,
    service: chance.luck(0.8) ? name : `${name}-svc`,
    type,
    port: chance.of([80, 80, 8080, 9000, server.listens]),
    nodePort: type === "NodePort" || type === "LoadBalancer" ? nodePort : undefined,
  };
}

function objectsOf(chance: Chance, app: App): Manifest[] {
  const both = [workload(chance, app), service(chance, app)];
  return app.kind === "StatefulSet" && app.type !== "headless" ? [...both, namesOf(app)] : both;
}

/** The headless Service that gives the pods of a StatefulSet their names. */
function namesOf(app: App): Manifest {
  const spec = { clusterIP: "None", selector: { ...app.labels }, ports: [{ port: app.listens }] };
  return { apiVersion: "v1", kind: "Service", metadata: { name: `${app.name}-pods`, ...placed(app) }, spec };
}

/** Namespaces of their own are written, `default` mostly is not. */
const placed = ({ namespace }: App) => (namespace === "default" ? {} : { namespace });

function workload(chance: Chance, app: App): Manifest {
  const server = SERVERS.find(({ image }) => image === app.image);
  const container: Fields = {
    name: app.name,
    image: app.image,
    ports: [{ ...(app.portName === undefined ? {} : { name: app.portName }), containerPort: app.listens }],
    ...(server?.args === undefined ? {} : { args: server.args(app.listens) }),
  };
  if (chance.luck(0.4)) container.readinessProbe = readinessProbe(chance, app);
  const spec: Fields = {
    ...(app.kind === "DaemonSet" ? {} : { replicas: chance.between(1, 4) }),
    ...(app.kind === "StatefulSet" ? { serviceName: app.type === "headless" ? app.service : `${app.name}-pods` } : {}),
    selector: { matchLabels: { app: app.name } },
    template: { metadata: { labels: { ...app.labels } }, spec: { containers: [container] } },
  };
  return { apiVersion: "apps/v1", kind: app.kind, metadata: { name: app.name, ...placed(app) }, spec };
}

function readinessProbe(chance: Chance, { portName, listens }: App): Fields {
  const port = portName !== undefined && chance.luck(0.5) ? portName : listens;
  const probe: Fields = chance.luck(0.6) ? { httpGet: { path: "/", port } } : { tcpSocket: { port } };
  return { ...probe, periodSeconds: chance.between(1, 3) };
}

function service(chance: Chance, app: App): Manifest {
  const target = app.portName !== undefined && chance.luck(0.6) ? app.portName : app.listens;
  const port: Fields = {
    ...(chance.luck(0.3) ? { name: "web" } : {}),
    port: reachedAt(app),
    ...(app.port === app.listens && chance.luck(0.5) ? {} : { targetPort: target }),
    ...(app.nodePort === undefined ? {} : { nodePort: app.nodePort }),
  };
  const spec: Fields = {
    ...(app.type === "headless" ? { clusterIP: "None" } : app.type === "ClusterIP" ? {} : { type: app.type }),
    selector: { ...app.labels },
    ports: [port],
  };
  if (app.type !== "headless" && chance.luck(0.15)) spec.sessionAffinity = "ClientIP";
  if (app.kind === "DaemonSet" && app.nodePort !== undefined && chance.luck(0.4)) spec.externalTrafficPolicy = "Local";
  if (app.kind === "DaemonSet" && app.type !== "headless" && chance.luck(0.4)) spec.internalTrafficPolicy = "Local";
  return { apiVersion: "v1", kind: "Service", metadata: { name: app.service, ...placed(app) }, spec };
}

function clientPod({ namespace, name, image }: World["clients"][number]): Manifest {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, ...(namespace === "default" ? {} : { namespace }) },
    spec: {
      selector: { matchLabels: { run: name } },
      template: {
        metadata: { labels: { run: name } },
        spec: { containers: [{ name, image, command: ["sleep", "100000"] }] },
      },
    },
  };
}

/** How each Service is reached while all is well: by name from near and far, by node port and balancer from outside. */
function asksOf(world: World, app: App): Ask[] {
  const port = reachedAt(app);
  const far = world.namespaces.find((each) => each !== app.namespace);
  const laptop = { kind: "client", name: "laptop" } as const;
  return [
    askFor(world, app),
    ...(far === undefined ? [] : [{ from: clientIn(world, far), host: `${app.service}.${app.namespace}`, port }]),
    ...(app.nodePort === undefined
      ? []
      : [{ from: laptop, host: { nodeWith: [app.namespace, app.name] as const }, port: app.nodePort }]),
    ...(app.type === "LoadBalancer"
      ? [{ from: laptop, host: { balancer: [app.namespace, app.service] as const }, port }]
      : []),
  ];
}
