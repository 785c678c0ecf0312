// What images hold: which commands can be started in their containers. Images that nobody knows hold everything the console has.

/** Images built from scratch or on a base without a shell, by what their reference contains. */
const BARE = [
  /\bdistroless\/(?!.*:.*debug)/,
  /\bgoogle-samples\/hello-app\b/,
  /\bhashicorp\/http-echo\b/,
  /\b(?:traefik|containous)\/whoami\b/,
  /(?:^|\/)pause(?::|@|$)/,
  /(?:^|\/)coredns(?::|@|$)/,
];

/** Commands whose presence differs from image to image; whatever else the console simulates is in every image with a shell. */
const OPTIONAL = new Set(["bash", "ash", "curl", "wget", "dig", "host", "nslookup", "ping", "nc", "jq", "ss"]);

const BUSYBOX = ["ash", "wget", "nslookup", "ping", "nc"];
const DEBIAN = ["bash"];
const BUILD_TOOLS = [...DEBIAN, "curl", "wget"];

/** Images on Debian or Ubuntu with nothing added that asks over the network; nginx adds curl (nginxinc/docker-nginx). */
const PLAIN_DEBIAN = new Set([
  "debian",
  "ubuntu",
  "httpd",
  "redis",
  "valkey/valkey",
  "postgres",
  "mariadb",
  "memcached",
  "haproxy",
]);
/** Images on buildpack-deps unless their tag says slim. */
const BUILDERS = new Set(["python", "node", "golang", "ruby"]);
const NGINX = new Set(["nginx", "nginxinc/nginx-unprivileged"]);

/** The optional commands that an image holds; undefined when nobody knows. */
function held(image: string): readonly string[] | undefined {
  if (BARE.some((pattern) => pattern.test(image))) return [];
  const { name, tag } = partsOf(image);
  const alpine = tag.includes("alpine");
  if (name === "curlimages/curl") return [...BUSYBOX, "curl"];
  if (name === "bash") return [...BUSYBOX, "bash"];
  if (name === "busybox" || name === "alpine") return BUSYBOX;
  if (NGINX.has(name)) {
    if (alpine) return tag.includes("slim") ? BUSYBOX : [...BUSYBOX, "curl"];
    return [...DEBIAN, "curl"];
  }
  const known = PLAIN_DEBIAN.has(name) || BUILDERS.has(name);
  if (!known) return undefined;
  if (alpine) return BUSYBOX;
  return BUILDERS.has(name) && !tag.includes("slim") ? BUILD_TOOLS : DEBIAN;
}

/** The repository without registry and `library/`, and the tag. */
function partsOf(image: string): { name: string; tag: string } {
  const [reference = ""] = image.split("@");
  const at = reference.indexOf(":", reference.lastIndexOf("/") + 1);
  const [whole, tag] = at < 0 ? [reference, "latest"] : [reference.slice(0, at), reference.slice(at + 1)];
  const [host = "", ...path] = whole.split("/");
  const local = path.length > 0 && (/[.:]/.test(host) || host === "localhost") ? path.join("/") : whole;
  return { name: local.replace(/^library\//, ""), tag };
}

/** Whether a command cannot be started in a container of this image. Spec: [EXEC-1] [EXEC-3]. */
export function imageLacks(image: string | undefined, command: string): boolean {
  if (image === undefined) return false;
  const contents = held(image);
  if (contents === undefined) return false;
  if (contents.length === 0) return true;
  const name = command.slice(command.lastIndexOf("/") + 1);
  return OPTIONAL.has(name) && !contents.includes(name);
}

/** Whether what the image runs by itself is a shell, so that one can type into it. */
export function runsShell(image: string): boolean {
  return ["busybox", "alpine", "debian", "ubuntu", "bash"].includes(partsOf(image).name);
}

/** What the container runtime says when a command cannot be started in a container of this image; undefined when it can. */
// Models github.com/opencontainers/runc's words for a program that is not there
export function startFailure(image: string | undefined, command: string): string | undefined {
  if (!imageLacks(image, command)) return undefined;
  const why = command.startsWith("/")
    ? `stat ${command}: no such file or directory`
    : "executable file not found in $PATH";
  return `OCI runtime exec failed: exec failed: unable to start container process: exec: ${JSON.stringify(command)}: ${why}: unknown`;
}
