// Servers that a script or an entrypoint starts: they listen until they are stopped.
import type { IncomingRequest, Listener, Reply } from "../../cluster/index.ts";
import type { Program, ProgramIO, Task } from "../../sh/index.ts";
import type { Box } from "../box.ts";
import { fileAnswer, pageOf } from "./pages.ts";

const SERVERS = new Set(
  "nginx httpd httpd-foreground apachectl apache2-foreground redis-server valkey-server postgres mysqld mariadbd mongod memcached caddy haproxy traefik envoy prometheus grafana etcd consul vault registry minio node gunicorn uvicorn flask php-fpm rails java catalina.sh rabbitmq-server http-echo whoami agnhost podinfo nc ncat socat python python3 php".split(
    " ",
  ),
);

/** Whether a program is known to serve, or may. */
export function isServer(name: string): boolean {
  return SERVERS.has(name);
}

/** A server: opens the ports that its words and its container say, and runs until a signal. */
export function server(cell: Box): Program {
  return function* (words, io) {
    const listeners = cell.programOf(words).listeners.map((each) => withPages(each, cell, words, io));
    return yield* serve(cell, listeners, io);
  };
}

/** A server that goes to the background: its ports stay open until the container ends. */
export function daemon(cell: Box): Program {
  return (words, io) => {
    for (const listener of cell.programOf(words).listeners) {
      const { handler, ...at } = withPages(listener, cell, words, io);
      if (cell.slot.listen(at, handler) !== undefined) continue;
      io.err(`bind() to 0.0.0.0:${at.port} failed (98: Address already in use)\n`);
      return 1;
    }
    return 0;
  };
}

/** Opens ports and waits for a signal; a port that is taken ends it. */
export function* serve(cell: Box, listeners: readonly Listener[], io: ProgramIO): Task<number> {
  const open: Array<() => void> = [];
  try {
    for (const { handler, ...at } of listeners) {
      const close = cell.slot.listen(at, handler);
      if (close === undefined) {
        io.err(`bind() to 0.0.0.0:${at.port} failed (98: Address already in use)\n`);
        return 1;
      }
      open.push(close);
    }
    yield (resume) => {
      io.signals.receive = (name) => {
        if (!["TERM", "INT", "QUIT"].includes(name)) return false;
        io.machine.later(cell.worlds.host.settings().processExit, resume);
        return true;
      };
      return undefined;
    };
    return 0;
  } finally {
    for (const close of open) close();
  }
}

/** A server of files answers from its directory. */
function withPages(listener: Listener, cell: Box, words: readonly string[], io: ProgramIO): Listener {
  const root = rootOf(words, io);
  const page = (request: IncomingRequest): Reply | undefined =>
    root === undefined ? pageOf(io.machine, cell.slot, request) : fileAnswer(io.machine, root, request);
  return { ...listener, handler: (request, respond) => page(request) ?? listener.handler(request, respond) };
}

/** The directory that `python -m http.server` or busybox's httpd serves. */
function rootOf(words: readonly string[], io: ProgramIO): string | undefined {
  const after = (flag: string) => words[words.indexOf(flag) + 1];
  if (words.includes("http.server") || words.includes("SimpleHTTPServer"))
    return io.files.full(
      words.includes("-d") ? (after("-d") ?? ".") : words.includes("--directory") ? (after("--directory") ?? ".") : ".",
    );
  const busybox = words[0]?.endsWith("httpd") === true && io.machine.tools === "busybox" && words.includes("-p");
  return busybox || words.includes("-h") ? io.files.full(words.includes("-h") ? (after("-h") ?? ".") : ".") : undefined;
}

/** `nc -l PORT`: takes one connection (with -k all), answers it with its input or the output of `-e`, and ends. */
export function netcat(cell: Box): Program {
  return function* (words, io) {
    const text = words.slice(1).join(" ");
    const port = Number(/(?:^|\s|-p\s*)(\d{1,5})(?=\s|$)/.exec(text.replace(/-[ewq]\s*\S+|-c\s.*$/g, ""))?.[1]);
    if (!(port >= 1 && port <= 65_535)) {
      io.err("nc: missing port\n");
      return 1;
    }
    const keeps = /(?:^|\s)(?:-\w*k|--keep-open)/.test(text);
    const udp = /(?:^|\s)(?:-\w*u|--udp)/.test(text);
    const command = /\s(?:-e|-c|--exec|--sh-exec)\s+(.*)$/.exec(` ${text}`)?.[1];
    const input = command === undefined && io.stdin.complete ? yield* io.stdin.rest() : "";
    for (;;) {
      const status = yield* one(cell, { port, udp, input, command }, io);
      if (status !== 0 || !keeps) return status;
    }
  };
}

interface Ear {
  readonly port: number;
  readonly udp: boolean;
  readonly input: string;
  readonly command: string | undefined;
}

function* one(cell: Box, { port, udp, input, command }: Ear, io: ProgramIO): Task<number> {
  const taken: { request?: IncomingRequest; respond?: (reply: Reply) => void; wake?: () => void } = {};
  const close = cell.slot.listen({ protocol: udp ? "UDP" : "TCP", port, loopback: false }, (request, respond) => {
    if (taken.request !== undefined) return undefined;
    taken.request = request;
    taken.respond = respond;
    taken.wake?.();
    return undefined;
  });
  if (close === undefined) {
    io.err("nc: bind: Address already in use\n");
    return 1;
  }
  try {
    if (taken.request === undefined)
      yield (resume) => {
        taken.wake = resume;
        return undefined;
      };
    const { request, respond } = taken;
    if (request === undefined || respond === undefined) return 0;
    if (request.body !== "") io.out(`${request.body}\n`);
    else if (!udp) io.out(`${request.method} ${request.path} HTTP/1.1\r\n`);
    const parts: string[] = [];
    if (command !== undefined) yield* io.run(["sh", "-c", command], { streams: collecting(io, parts) });
    respond(replyOf(command === undefined ? input : parts.join("")));
    return 0;
  } finally {
    close();
  }
}

function collecting(io: ProgramIO, parts: string[]) {
  return new Map(io.streams).set(1, { kind: "output", screen: false, write: (text) => void parts.push(text) });
}

/** A text as the answer to an HTTP client. */
function replyOf(text: string): Reply {
  const [head = "", ...rest] = text.split(/\r?\n\r?\n/);
  const status = /^HTTP\/[\d.]+ (\d{3})/.exec(head)?.[1];
  return status === undefined ? { status: 200, body: text } : { status: Number(status), body: rest.join("\n\n") };
}
