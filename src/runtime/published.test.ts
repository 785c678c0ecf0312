// What published applications do with images, entrypoints and files.

import { expect, test } from "vitest";
import { type Container, createCluster, type PodSpec, SHELL_SETTINGS } from "../cluster/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { containers } from "./index.ts";

/** A pod of these containers after half a minute: whether it is ready, its phase, and whom it says restarted. */
function after(
  container: Partial<Container>,
  spec: Partial<PodSpec> = {},
  data: Readonly<Record<string, string>> = {},
) {
  const cluster = createCluster({ seed: "published", settings: SHELL_SETTINGS, addons: [...ALL_KINDS, containers] });
  cluster.api.create("configmaps", "default", {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "files" },
    data,
  });
  cluster.api.create("pods", "default", {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "p" },
    spec: { containers: [{ name: "main", image: "busybox", ...container }], ...spec },
  });
  cluster.advance(30_000);
  const { status } = cluster.api.get("pods", "default", "p");
  return {
    ready: status?.conditions?.find(({ type }) => type === "Ready")?.status,
    phase: status?.phase,
    restarts: status?.containerStatuses?.[0]?.restartCount,
  };
}

const RUNS = { ready: "True", phase: "Running", restarts: 0 };
const ENDED = { ready: "False", phase: "Succeeded", restarts: 0 };
const once: Partial<PodSpec> = { restartPolicy: "Never" };
const files = (more: object = {}): Partial<PodSpec> => ({
  volumes: [{ name: "files", configMap: { name: "files", ...more } }],
});
const script = (text: string): Partial<Container> => ({ command: ["sh", "-c", text] });

test("[IMG-1] declared ports take nothing from an image that is known to listen on more", () => {
  const image = "quay.io/keycloak/keycloak:25.0";
  const readinessProbe = { httpGet: { path: "/health/ready", port: 9000 } };
  expect(after({ image, args: ["start"], ports: [{ containerPort: 8080 }], readinessProbe })).toEqual(RUNS);
  // An own port stands for another configuration: then nothing else is known to be open.
  expect(after({ image, ports: [{ containerPort: 8000 }], readinessProbe })).toMatchObject({ ready: "False" });
});

test("[IMG-2] php with fpm in its tag listens on 9000, without it on 80", () => {
  const readinessProbe = { tcpSocket: { port: 9000 } };
  expect(after({ image: "php:8.3-fpm-alpine", readinessProbe })).toEqual(RUNS);
  expect(after({ image: "php:8.3-apache", readinessProbe })).toMatchObject({ ready: "False" });
});

test("[IMG-3] traefik answers /ping where it is configured to", () => {
  const traefik = { image: "traefik:v3.0", ports: [{ containerPort: 9000 }] };
  const readinessProbe = { httpGet: { path: "/ping", port: 9000 } };
  expect(after({ ...traefik, args: ["--ping=true"], readinessProbe })).toEqual(RUNS);
  expect(after({ ...traefik, readinessProbe })).toMatchObject({ ready: "False" });
});

test("[WORLD-7] an image's entrypoint and own tools are run by their paths", () => {
  const command = ["bash", "-c", "exec /docker-entrypoint.sh zkServer.sh start-foreground"];
  expect(after({ image: "zookeeper:3.9", command, readinessProbe: { tcpSocket: { port: 2181 } } })).toEqual(RUNS);
  expect(after({ image: "zookeeper:3.9", command: ["bash", "-c", "/opt/nothing.sh"] }, once)).toMatchObject({
    phase: "Failed",
  });
});

test("[WORLD-7] mysqladmin takes a password behind -p, not a port", () => {
  const readinessProbe = { exec: { command: ["mysqladmin", "ping", "-uroot", "-psecret"] } };
  expect(after({ image: "mysql:8", readinessProbe })).toEqual(RUNS);
});

test("[WORLD-7] the directories of an unknown image are there, files are not", () => {
  const image = "example.com/site";
  expect(after({ image, ...script("cp -r /app/. /tmp") }, once)).toEqual(ENDED);
  expect(after({ image, ...script("cat /app/file") }, once)).toMatchObject({ phase: "Failed" });
});

test("[WORLD-7] sysctl sets what only privileged containers may set", () => {
  const command = ["sysctl", "-w", "vm.max_map_count=262144"];
  expect(after({ command, securityContext: { privileged: true } }, once)).toEqual(ENDED);
  expect(after({ command }, once)).toMatchObject({ phase: "Failed" });
});

test("[WORLD-8] a server that goes to the background leaves its port open and the script running", () => {
  const readinessProbe = { tcpSocket: { port: 8080 } };
  expect(after({ ...script("httpd -p 8080 -h /tmp; while true; do sleep 5; done"), readinessProbe })).toEqual(RUNS);
  const long = "ncat --listen --keep-open 8080 -c date";
  expect(after({ image: "nicolaka/netshoot", command: ["bash", "-c", long], readinessProbe })).toEqual(RUNS);
});

test("[WORLD-2] files have the mode that their volume or item gives them", () => {
  const volumeMounts = [{ name: "files", mountPath: "/usr/sbin/run.sh", subPath: "run.sh" }];
  const data = { "run.sh": "#!/bin/sh\nexit 0\n" };
  const container = { image: "gitea/gitea", command: ["/usr/sbin/run.sh"], volumeMounts };
  expect(after(container, { ...once, ...files({ defaultMode: 0o755 }) }, data)).toEqual(ENDED);
  const items = [{ key: "run.sh", path: "run.sh", mode: 0o755 }];
  expect(after(container, { ...once, ...files({ items }) }, data)).toEqual(ENDED);
  expect(after(container, { ...once, ...files() }, data)).toMatchObject({ phase: "Failed" });
});

test("[WORLD-9] nginx answers what its own sites return", () => {
  const nginx = (path: string, conf: string) =>
    after(
      {
        image: "nginx",
        ports: [{ containerPort: 8080 }],
        readinessProbe: { httpGet: { path, port: 8080 } },
        volumeMounts: [{ name: "files", mountPath: "/etc/nginx/conf.d" }],
      },
      files(),
      { "site.conf": `server {\n listen 8080;\n location / { proxy_pass http://api; }\n ${conf}\n}` },
    ).ready;
  expect(nginx("/healthz", "location = /healthz { return 200 'ok'; }")).toBe("True");
  expect(nginx("/healthz", "location = /healthz { return 503; }")).toBe("False");
  expect(nginx("/healthz/x", "location = /healthz { return 503; }")).toBe("True");
  expect(nginx("/api/x", "location /api { return 200; }\n location /api/x { return 500; }")).toBe("False");
});

test("[IMG-4] arguments open ports beside the main one", () => {
  const image = "example.com/operator";
  const readinessProbe = { httpGet: { path: "/readyz", port: 8081 } };
  const ports = [{ containerPort: 9443 }];
  const args = ["--leader-elect", "--health-probe-bind-address=:8081"];
  expect(after({ image, ports, args, readinessProbe })).toEqual(RUNS);
  expect(after({ image, ports, args: ["--probe-addr", "0.0.0.0:8081"], readinessProbe })).toEqual(RUNS);
  for (const other of ["--health-probe-bind-address=127.0.0.1:8081", "--text=:8081", "--redis-port=8081"])
    expect(after({ image, ports, args: [other], readinessProbe })).toMatchObject({ ready: "False" });
});
