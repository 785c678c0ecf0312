// Scripts and clients that look whether something answers: wait-for-it.sh, wait4x, dockerize, pg_isready, redis-cli, mysqladmin.
import type { Outcome } from "../../cluster/index.ts";
import type { Program, ProgramIO, Task } from "../../sh/index.ts";
import type { Box } from "../box.ts";
import { knownImage } from "../images/table.ts";

/** One connection to a port, by packets of the pod. */
export function* connect(cell: Box, host: string, port: number, timeoutMs: number): Task<Outcome> {
  const found: { outcome?: Outcome; wake?: () => void } = {};
  const { namespace, name } = cell.slot.surroundings().pod;
  cell.worlds.host.send(
    { from: { kind: "pod", namespace, name }, host, port, timeoutMs, target: `${host}:${port}` },
    (outcome) => {
      found.outcome = outcome;
      found.wake?.();
    },
  );
  if (found.outcome === undefined)
    yield (resume) => {
      found.wake = resume;
      return undefined;
    };
  return found.outcome ?? { kind: "timeout", reason: "no answer" };
}

const isOpen = ({ kind }: Outcome) => kind === "answered" || kind === "reset";

const SCHEMES = new Map([
  ["http", 80],
  ["https", 443],
  ["postgres", 5432],
  ["postgresql", 5432],
  ["mysql", 3306],
  ["redis", 6379],
  ["mongodb", 27_017],
  ["amqp", 5672],
]);
const UNITS = new Map([
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/** `host:port` and `tcp://host:port/`, taken apart. */
function addressIn(word: string): { host: string; port: number } | undefined {
  const match = /^(?:(\w+):\/\/)?(?:[^@/]*@)?([A-Za-z0-9._-]+)(?::(\d{1,5}))?(?:[/?].*)?$/.exec(word);
  if (match === null) return undefined;
  const port = Number(match[3] ?? SCHEMES.get(match[1] ?? ""));
  return Number.isInteger(port) ? { host: match[2] ?? "", port } : undefined;
}

function flag(words: readonly string[], ...names: string[]): string | undefined {
  for (const [at, word] of words.entries())
    for (const name of names) {
      if (word === name) return words[at + 1];
      if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
      if (/^-\w$/.test(name) && word.startsWith(name) && word.length > 2) return word.slice(2);
    }
  return undefined;
}

const seconds = (text: string | undefined, otherwise: number): number => {
  const match = /^(\d+)(ms|s|m|h)?$/.exec(text ?? "");
  if (match === null) return otherwise;
  return Number(match[1]) * (UNITS.get(match[2] ?? "s") ?? 1_000);
};

/** Waits until a port answers, or the time is up (0: forever); then runs what follows `--`. */
function waiter(cell: Box, usualTimeoutMs: number): Program {
  return function* (words, io) {
    const end = words.indexOf("--");
    const own = end < 0 ? words : words.slice(0, end);
    const host = flag(own, "-h", "--host");
    const port = flag(own, "-p", "--port");
    const values = new Set([
      host,
      port,
      flag(own, "-t", "--timeout", "-timeout"),
      flag(own, "-i", "--interval"),
      flag(own, "-q"),
    ]);
    const listed = own.slice(1).filter((word) => !word.startsWith("-") && !values.has(word) && !WORDS.has(word));
    const waits = own.flatMap((word, at) => (own[at - 1] === "-wait" ? [word] : []));
    const targets = [...listed, ...waits].flatMap((word) => addressIn(word) ?? []);
    if (host !== undefined && port !== undefined) targets.push({ host, port: Number(port) });
    const timeout = seconds(flag(own, "-t", "--timeout", "-timeout"), usualTimeoutMs);
    const startedAt = io.machine.now();
    for (const target of targets) {
      while (!isOpen(yield* connect(cell, target.host, target.port, 1_000))) {
        if (timeout > 0 && io.machine.now() - startedAt >= timeout) {
          io.err(
            `${(words[0] ?? "").replace(/^.*\//, "")}: timeout occurred after waiting ${Math.round(timeout / 1000)} seconds for ${target.host}:${target.port}\n`,
          );
          return 1;
        }
        yield (resume) => io.machine.later(1_000, resume);
      }
      io.out(
        `${target.host}:${target.port} is available after ${Math.round((io.machine.now() - startedAt) / 1000)} seconds\n`,
      );
    }
    return end < 0 ? 0 : yield* io.run(words.slice(end + 1));
  };
}
const WORDS = new Set(["tcp", "http", "postgresql", "mysql", "redis", "mongodb", "rabbitmq", "dns"]);

/** A client that checks whether its server responds. */
function client(
  cell: Box,
  usual: {
    readonly port: number;
    ok(at: string): string;
    failed(at: string, outcome: Outcome): string;
    readonly code: number;
  },
): Program {
  return function* (words, io) {
    const url = words
      .map((word) => (word.includes("://") ? addressIn(word) : undefined))
      .find((each) => each !== undefined);
    const server = addressIn(flag(words, "--bootstrap-server", "-server") ?? "");
    const host =
      flag(words, "-h", "--host", "--hostname") ?? server?.host ?? url?.host ?? io.env.get("PGHOST") ?? "127.0.0.1";
    const port = Number(flag(words, ...portFlags(words[0] ?? "")) ?? server?.port ?? url?.port ?? usual.port);
    const outcome = yield* connect(cell, host, port, 3_000);
    const at = `${host}:${port}`;
    if (isOpen(outcome)) {
      io.out(usual.ok(at));
      return 0;
    }
    (usual.code === 2 ? io.out : io.err)(usual.failed(at, outcome));
    return usual.code;
  };
}

/** MySQL's tools take the password behind -p, and the port behind -P. */
function portFlags(name: string): readonly string[] {
  return /mysql|mariadb/.test(name) ? ["-P", "--port"] : ["-p", "--port"];
}

function reasonOf({ kind }: Outcome): string {
  return kind === "refused"
    ? "Connection refused"
    : kind === "unresolved"
      ? "Name or service not known"
      : "Connection timed out";
}

/** The programs of this kind by name; undefined for others. Spec: [WORLD-7]. */
export function waitingProgram(cell: Box, name: string): Program | undefined {
  switch (name) {
    case "wait-for-it.sh":
    case "wait-for-it":
    case "wait-for":
    case "wait-for.sh":
      return waiter(cell, 15_000);
    case "wait4x":
    case "dockerize":
    case "wait":
      return waiter(cell, 10_000);
    case "pg_isready":
      return client(cell, {
        port: 5432,
        ok: (at) => `${at} - accepting connections\n`,
        failed: (at) => `${at} - no response\n`,
        code: 2,
      });
    case "redis-cli":
    case "valkey-cli":
      return client(cell, {
        port: 6379,
        ok: () => "PONG\n",
        failed: (at, outcome) => `Could not connect to Redis at ${at}: ${reasonOf(outcome)}\n`,
        code: 1,
      });
    case "mysqladmin":
    case "mariadb-admin":
      return client(cell, {
        port: 3306,
        ok: () => "mysqld is alive\n",
        failed: (at) =>
          `mysqladmin: connect to server at '${at.split(":")[0]}' failed\nerror: 'Can't connect to MySQL server on '${at}' (111)'\n`,
        code: 1,
      });
    case "psql":
    case "mysql":
    case "mariadb":
    case "mongosh":
    case "mongo":
      return client(cell, {
        port: name === "psql" ? 5432 : name.startsWith("mongo") ? 27_017 : 3306,
        ok: () => (name.startsWith("mongo") ? "{ ok: 1 }\n" : ""),
        failed: (at, outcome) => `${name}: error: connection to server at "${at}" failed: ${reasonOf(outcome)}\n`,
        code: 1,
      });
    default:
      return CLIENTS.test(name) ? client(cell, ownServer(cell)) : undefined;
  }
}

/** Tools by which a server is asked after itself. */
const CLIENTS =
  /^(?:rabbitmqctl|rabbitmq-diagnostics|nodetool|cqlsh|etcdctl|influx|cypher-shell|zkCli\.sh|kafka-topics(?:\.sh)?|promtool|amtool|healthcheck\.sh|grafana-cli|podcli)$/;

/** The server that an image's own tools ask: its first port. */
function ownServer(cell: Box): Parameters<typeof client>[1] {
  const port = Number((knownImage(cell.slot.spec.image)?.ports[0] ?? "80").split("/")[0]);
  return { port, ok: () => "", failed: (at, outcome) => `unable to connect to ${at}: ${reasonOf(outcome)}\n`, code: 1 };
}

/** Ends well after a while: an unknown program, where it has to end. */
export function ending(ms: number): Program {
  return function* (_words, io: ProgramIO) {
    yield (resume) => io.machine.later(ms, resume);
    return 0;
  };
}
