// What programs say when they are asked.
import type { Handler, IncomingRequest, Reply } from "../../network/network.ts";
import type { Surroundings } from "./program.ts";
import type { Answers } from "./table.ts";

const TEXT = { "Content-Type": "text/plain; charset=utf-8" };
const ok = (body: string): Reply => ({ status: 200, headers: TEXT, body });

/** The handler for one way of answering. Spec: [IMG-3]. */
export function handlerFor(answers: Answers, surroundings: Surroundings): Handler {
  switch (answers) {
    case "web":
      return (request) => web(request, surroundings);
    case "echo":
      return () => ok(`${textArgument(surroundings) ?? greeting(surroundings, "nobody")}\n`);
    case "hostname":
      return () => ok(surroundings.hostname);
    case "netexec":
      return (request) => netexec(request, surroundings);
    case "whoami":
      return (request) => ok(whoami(request, surroundings));
    case "hello-app":
      return () => ok(`Hello, world!\nVersion: 1.0.0\nHostname: ${surroundings.hostname}\n`);
    case "coredns":
    case "ingress":
    case "greeting":
    case "nothing":
      return (request) => ok(greeting(surroundings, callerOf(request)));
  }
}

/** Names pod and node, and the caller's address as it arrived: after masquerading that is a node. */
function greeting({ pod, node }: Surroundings, caller: string): string {
  return `${pod.name} on ${node.name}, you are ${caller}\n`;
}

/** The address the connection came from, and whom a proxy says it speaks for. */
function callerOf({ source, headers }: IncomingRequest): string {
  const behind = headers["x-forwarded-for"];
  return behind === undefined ? source.address : `${source.address}, forwarded for ${behind}`;
}

/** A web server with nothing but a start page. */
function web(request: IncomingRequest, surroundings: Surroundings): Reply {
  const path = request.path.split("?")[0];
  if (path === "/" || path === "" || path === "/index.html") return ok(greeting(surroundings, callerOf(request)));
  return { status: 404, headers: TEXT, body: "404 Not Found\n" };
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
      return ok(greeting(surroundings, address));
    default:
      return { status: 404, headers: TEXT, body: "404 page not found\n" };
  }
}

/** agnhost's UDP server takes words: `hostname`, `clientip`, `echo TEXT`. */
function netexecDatagram({ body, source }: IncomingRequest, { hostname }: Surroundings): Reply {
  const [word = "", ...rest] = body.trim().split(" ");
  if (/^hostname$/i.test(word)) return ok(hostname);
  if (word === "clientip") return ok(`${source.address}:${source.port}`);
  return ok(word === "echo" ? rest.join(" ") : "");
}

function whoami(request: IncomingRequest, { hostname, pod }: Surroundings): string {
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  return [
    `Hostname: ${hostname}`,
    "IP: 127.0.0.1",
    `IP: ${pod.address}`,
    `RemoteAddr: ${request.source.address}:${request.source.port}`,
    `${request.method} ${request.path} HTTP/1.1`,
    ...headers,
    "",
  ].join("\n");
}

/** http-echo's `-text=hello`. */
function textArgument({ container, env }: Surroundings): string | undefined {
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  const at = words.findIndex((word) => /^--?text(=|$)/.test(word));
  if (at < 0) return env.ECHO_TEXT;
  return /=(.*)$/s.exec(words[at] ?? "")?.[1] ?? words[at + 1];
}
