// What well-known images do here. Everything else listens on its container ports and greets.

/** How an image's program answers. */
export type Answers =
  | "greeting"
  | "web"
  | "echo"
  | "hostname"
  | "netexec"
  | "whoami"
  | "hello-app"
  | "coredns"
  | "ingress"
  | "nothing";

/** One known image. */
export interface KnownImage {
  /** Repository without registry, organisation `library/` and tag. */
  readonly name: string;
  /** Ports it listens on when the container declares none: `80` or `53/UDP`. */
  readonly ports: readonly string[];
  readonly answers: Answers;
  /** The variable from which it takes its port instead of PORT. */
  readonly portVariable?: string;
}

const table = (answers: Answers, rows: Readonly<Record<string, readonly string[]>>): KnownImage[] =>
  Object.entries(rows).map(([name, ports]) => ({ name, ports, answers }));

/** The known images, as the README lists them. Spec: [IMG-2]. */
export const KNOWN_IMAGES: readonly KnownImage[] = [
  ...table("web", { nginx: ["80"], httpd: ["80"], "nginxinc/nginx-unprivileged": ["8080"], caddy: ["80"] }),
  ...table("greeting", {
    "nginxdemos/hello": ["80"],
    "nginxdemos/nginx-hello": ["8080"],
    "kicbase/echo-server": ["8080"],
    echoserver: ["8080"],
    "ealen/echo-server": ["80"],
    "mendhak/http-https-echo": ["8080", "8443"],
    redis: ["6379"],
    valkey: ["6379"],
    postgres: ["5432"],
    mysql: ["3306"],
    mariadb: ["3306"],
    mongo: ["27017"],
    rabbitmq: ["5672"],
    memcached: ["11211"],
    elasticsearch: ["9200", "9300"],
    "prom/prometheus": ["9090"],
    "grafana/grafana": ["3000"],
    tomcat: ["8080"],
    wordpress: ["80"],
    ghost: ["2368"],
    haproxy: [],
  }),
  { name: "redislabs/redisinsight", ports: ["8001"], answers: "greeting", portVariable: "REDISINSIGHT_PORT" },
  ...table("whoami", { "traefik/whoami": ["80"], "containous/whoami": ["80"] }),
  ...table("echo", { "hashicorp/http-echo": ["5678"] }),
  ...table("netexec", { agnhost: ["8080", "8081/UDP"], "e2e-test-images/agnhost": ["8080", "8081/UDP"] }),
  ...table("hostname", { serve_hostname: ["9376"] }),
  ...table("hello-app", {
    "google-samples/hello-app": ["8080"],
    "google-samples/node-hello": ["8080"],
    "google-samples/whereami": ["8080"],
  }),
  ...table("coredns", {
    "coredns/coredns": ["53/UDP", "53", "9153", "8080", "8181"],
    coredns: ["53/UDP", "53", "9153", "8080", "8181"],
  }),
  ...table("ingress", { "ingress-nginx/controller": ["80", "443", "8443", "10254"] }),
  ...table("nothing", {
    busybox: [],
    alpine: [],
    debian: [],
    ubuntu: [],
    fedora: [],
    bash: [],
    "curlimages/curl": [],
    "nicolaka/netshoot": [],
    pause: [],
    "google_containers/pause": [],
    python: [],
    node: [],
    golang: [],
    "tutum/dnsutils": [],
    "e2e-test-images/jessie-dnsutils": [],
  }),
];

const BY_NAME = new Map(KNOWN_IMAGES.map((image) => [image.name, image]));

/** The variable from which the program of an image takes its port. Spec: [IMG-4]. */
export function portVariable(reference: string | undefined): string {
  return knownImage(reference)?.portVariable ?? "PORT";
}

/** The known image behind a reference such as `docker.io/library/nginx:1.29@sha256:…`; undefined for any other. */
export function knownImage(reference: string | undefined): KnownImage | undefined {
  let name = (reference ?? "").replace(/@.*$/, "").replace(/:[^:/]*$/, "");
  const host = name.slice(0, Math.max(0, name.indexOf("/")));
  if (/[.:]/.test(host) || host === "localhost") name = name.slice(host.length + 1);
  return BY_NAME.get(name.replace(/^library\//, "")) ?? BY_NAME.get(name.replace(/^(?:bitnami|bitnamilegacy)\//, ""));
}
