// What programs say when they are asked.
import {
  greeter,
  type Handler,
  type IncomingRequest,
  type Reply,
  type Surroundings,
  textReply,
  webPage,
} from "../../cluster/index.ts";
import { canonical, echoBasic } from "./echo-basic.ts";

const ok = (body: string): Reply => textReply(body);

/** The handler for one way of answering; the default is a greeting. `write` takes what the program logs. Spec: [IMG-3]. */
export function handlerFor(answers: string, surroundings: Surroundings, write: (line: string) => void): Handler {
  const { hostname } = surroundings;
  switch (answers) {
    case "web":
      return webPage(surroundings);
    case "echo":
      return (request) => httpEcho(request, surroundings);
    case "echo-basic":
      return echoBasic(surroundings, write);
    case "hostname":
      return () => ok(hostname);
    case "netexec":
      return (request) => netexec(request, surroundings);
    case "whoami":
      return whoami(surroundings);
    case "hello-app":
      return () =>
        ok(
          `Hello, world!\nVersion: ${tagOf(surroundings, "1.0").replace(/^(\d+\.\d+)$/, "$1.0")}\nHostname: ${hostname}\n`,
        );
    case "node-hello":
      return () => ok("Hello Kubernetes!");
    case "bootcamp":
      return () =>
        ok(`Hello Kubernetes bootcamp! | Running on: ${hostname} | v=${tagOf(surroundings, "v1").replace("v", "")}\n`);
    case "hello":
      return () => ok("Hello World\n");
    case "consul":
      return ({ path }) => ok(/^\/v1\/status\/leader/.test(path) ? `"${surroundings.pod.address}:8300"` : "[]");
    case "hpa":
      return () => ok("OK!");
    case "notfound":
      return () => textReply("404 page not found\n", 404);
    case "traefik":
      return ({ path }) =>
        /^\/ping(?:$|\?)/.test(path) && argumentOf(surroundings, "ping") !== undefined
          ? ok("OK")
          : textReply("404 page not found\n", 404);
    case "podinfo":
      return ({ path }) =>
        /^\/(?:healthz|readyz)/.test(path)
          ? ok('{"status": "OK"}\n')
          : ok(
              `${JSON.stringify({ hostname, version: tagOf(surroundings, "6"), message: `greetings from podinfo v${tagOf(surroundings, "6")}` }, null, 2)}\n`,
            );
    default:
      return greeter(surroundings);
  }
}

/** The tag of the container's image. */
function tagOf({ container }: Surroundings, otherwise: string): string {
  return /:([^:/@]+)(?:@.*)?$/.exec(container.image ?? "")?.[1] ?? otherwise;
}

function netexec(request: IncomingRequest, surroundings: Surroundings): Reply {
  if (request.protocol === "UDP") return netexecDatagram(request, surroundings);
  const [path = "/", query = ""] = request.path.split("?");
  const { address, port } = request.source;
  const parameter = (name: string) => new RegExp(`(?:^|&)${name}=([^&]*)`).exec(query)?.[1] ?? "";
  switch (path) {
    case "/hostname":
    case "/hostName":
      return ok(surroundings.hostname);
    case "/clientip":
      return ok(`${address}:${port}`);
    case "/echo":
      return { ...ok(parameter("msg")), status: Number(parameter("code") || 200) };
    case "/healthz":
      return ok("");
    case "/":
      return ok(`${surroundings.pod.name} on ${surroundings.node.name}, you are ${address}\n`);
    default:
      return textReply("404 page not found\n", 404);
  }
}

/** agnhost's UDP server takes words: `hostname`, `clientip`, `echo TEXT`. */
function netexecDatagram({ body, source }: IncomingRequest, { hostname }: Surroundings): Reply {
  const [word = "", ...rest] = body.trim().split(" ");
  if (/^hostname$/i.test(word)) return ok(hostname);
  if (word === "clientip") return ok(`${source.address}:${source.port}`);
  return ok(word === "echo" ? rest.join(" ") : "");
}

/** traefik/whoami: the request as it came, written out as Go writes one. A POST to /health sets the status that /health gives. */
// Models github.com/traefik/whoami app.go
function whoami(surroundings: Surroundings): Handler {
  let health = 200;
  return (request) => {
    const [path = "/", query = ""] = request.path.split("?");
    switch (path) {
      case "/bench":
        return { status: 200, headers: { Connection: "keep-alive", "Content-Type": "text/plain" }, body: "1" };
      case "/api":
        return { status: 200, headers: WHOAMI_API, body: `${JSON.stringify(whoamiData(request, surroundings))}\n` };
      case "/health":
        if (request.method === "POST") health = Number(request.body) || health;
        return { status: request.method === "POST" ? 200 : health, body: "" };
      default:
        return ok(whoamiText(request, surroundings, /(?:^|&)env=(?:1|t|true)(?:&|$)/i.test(query)));
    }
  };
}

const WHOAMI_API = {
  "Access-Control-Allow-Methods": "*",
  "Access-Control-Allow-Origin": "*",
  "Content-Type": "application/json",
};

const whoamiAddresses = ({ pod }: Surroundings) => ["127.0.0.1", pod.address];

function whoamiName(surroundings: Surroundings): string {
  return argumentOf(surroundings, "name") ?? surroundings.env.WHOAMI_NAME ?? "";
}

/** Headers by their canonical names, in order, without those that a request has in places of their own. */
function goHeaders({ headers }: IncomingRequest): readonly (readonly [string, string])[] {
  const named = Object.entries(headers).map(([name, value]): [string, string] => [canonical(name), value]);
  return named.filter(([name]) => name !== "Host").sort(([a], [b]) => (a < b ? -1 : 1));
}

function hostHeader({ headers, host = "", destination }: IncomingRequest): string {
  const told = Object.entries(headers).find(([name]) => name.toLowerCase() === "host")?.[1];
  return told ?? (destination.port === 80 ? host : `${host}:${destination.port}`);
}

function whoamiText(request: IncomingRequest, surroundings: Surroundings, withEnvironment: boolean): string {
  const { hostname, env, serviceEnv } = surroundings;
  const name = whoamiName(surroundings);
  const own = [
    ...(name === "" ? [] : [`Name: ${name}`]),
    `Hostname: ${hostname}`,
    ...whoamiAddresses(surroundings).map((address) => `IP: ${address}`),
    `RemoteAddr: ${request.source.address}:${request.source.port}`,
    "",
  ].join("\n");
  const variables = Object.entries({ ...serviceEnv, ...env }).map(([key, value]) => `${key}=${value}\n`);
  return `${own}${wireText(request)}${withEnvironment ? variables.join("") : ""}`;
}

/** The request as it stands on the wire: Host and User-Agent first, the other headers by name. */
// Models net/http Request.Write
function wireText(request: IncomingRequest): string {
  const headers = goHeaders(request);
  const agent = headers.find(([name]) => name === "User-Agent")?.[1] ?? "Go-http-client/1.1";
  const apart = new Set(["User-Agent", "Content-Length", "Transfer-Encoding", "Trailer"]);
  const lines = [
    `${request.method} ${request.path} HTTP/1.1`,
    `Host: ${hostHeader(request)}`,
    ...(agent === "" ? [] : [`User-Agent: ${agent}`]),
    ...(request.body === "" ? [] : [`Content-Length: ${request.body.length}`]),
    ...headers.flatMap(([name, value]) => (apart.has(name) ? [] : [`${name}: ${value}`])),
  ];
  return `${lines.join("\r\n")}\r\n\r\n${request.body}`;
}

function whoamiData(request: IncomingRequest, surroundings: Surroundings) {
  const name = whoamiName(surroundings);
  return {
    hostname: surroundings.hostname,
    ip: whoamiAddresses(surroundings),
    headers: Object.fromEntries(goHeaders(request).map(([key, value]) => [key, [value]])),
    url: request.path,
    host: hostHeader(request),
    method: request.method,
    ...(name === "" ? {} : { name }),
    remoteAddr: `${request.source.address}:${request.source.port}`,
  };
}

/** hashicorp/http-echo: its text at every path but /health. */
// Models github.com/hashicorp/http-echo main.go
function httpEcho({ path }: IncomingRequest, surroundings: Surroundings): Reply {
  const text =
    path.split("?")[0] === "/health"
      ? '{"status":"ok"}'
      : (argumentOf(surroundings, "text") ?? surroundings.env.ECHO_TEXT ?? "");
  const { headers, ...reply } = ok(`${text}\n`);
  return { ...reply, headers: { "X-App-Name": "http-echo", "X-App-Version": "1.0.0", ...headers } };
}

/** The value of a flag as Go's flag package reads it: `-text=hello`, `--text hello`. */
function argumentOf({ container }: Surroundings, flag: string): string | undefined {
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  for (const [at, word] of words.entries()) {
    const plain = word.replace(/^--?/, "");
    if (plain === word) continue;
    if (plain === flag) return words[at + 1];
    if (plain.startsWith(`${flag}=`)) return plain.slice(flag.length + 1);
  }
  return undefined;
}
