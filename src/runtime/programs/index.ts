// The programs that only containers have: servers, waiters, and unknown ones.
import type { Program } from "../../sh/index.ts";
import type { Box } from "../box.ts";
import { hostNames } from "../etc.ts";
import { daemon, isServer, netcat, server } from "./servers.ts";
import { ending, waitingProgram } from "./waiting.ts";

/** Names of programs that do their work and end. */
const TASKS =
  /migrat|init|setup|seed|wait|check|create|upgrade|install|bootstrap|backup|restore|import|export|job|task|test/;

/** A program of a container; with `strange`, also an unknown one. Spec: [WORLD-7] [WORLD-8]. */
export function ownProgram(cell: Box, name: string, strange = false): Program | undefined {
  if (name === "hostname") return hostname(cell);
  if (name === "id") return id(cell);
  if (name === "nc" || name === "ncat") return listening(cell, name);
  if (name === "sysctl") return sysctl(cell);
  if (name === "busybox") return (words, io) => io.run(words.slice(1));
  const waiting = waitingProgram(cell, name);
  if (waiting !== undefined) return waiting;
  if (WRAPPERS.test(name)) return (words, io) => io.run(wrapped(words));
  if (/entrypoint(?:\.sh)?$/.test(name)) return entrypoint(cell);
  if (name === "agnhost") return agnhost(cell);
  if (isServer(name)) return servingOrEnding(cell);
  return strange ? servingOrEnding(cell) : undefined;
}

/** Programs that run another one in their place. */
const WRAPPERS = /^(?:tini|dumb-init|catatonit|gosu|su-exec|stdbuf|nice|exec)$/;

/** The command behind a wrapper's own words: its options, `--`, and the user that some take first. */
function wrapped(words: readonly string[]): readonly string[] {
  const skips = /^(?:gosu|su-exec)$/.test(words[0] ?? "") ? 2 : 1;
  const rest = words.slice(skips);
  const at = rest.findIndex((word) => !word.startsWith("-"));
  const end = rest.indexOf("--");
  return end >= 0 ? rest.slice(end + 1) : rest.slice(Math.max(0, at));
}

/** An entrypoint prepares and runs its words; options alone are its server's. */
function entrypoint(cell: Box): Program {
  return (words, io) => {
    const [first] = words.slice(1);
    return first === undefined || first.startsWith("-") ? servingOrEnding(cell)(words, io) : io.run(words.slice(1));
  };
}

/** Many programs in one: `agnhost connect` is a client, the others serve. */
function agnhost(cell: Box): Program {
  return (words, io) => {
    const client = words[1] === "connect" ? cell.tool("agnhost") : undefined;
    return (client ?? servingOrEnding(cell))(words, io);
  };
}

/** `nc -l` is a server; else the client nc is used, under either name. */
function listening(cell: Box, name: string): Program | undefined {
  const tool = cell.tool(name) ?? cell.tool("nc");
  return (words, io) => {
    if (words.some((word) => /^(?:-\w*l|--listen$)/.test(word))) return netcat(cell)(words, io);
    return tool === undefined ? 127 : tool(words, io);
  };
}

/** Servers that go to the background by themselves, so that the script behind them continues. */
const DAEMONS =
  /^(?:\S*\/)?(?:(?:httpd (?!.*-f\b)|nginx(?!.*daemon off))|apachectl (?:-k )?start|(?:redis|valkey)-server .*--daemonize yes|mongod .*--fork|php-fpm.* (?:-D|--daemonize)\b)/;

/** A program that serves, unless it has to end: what an init container or a Job runs, a task by its name, or one that others follow. */
function servingOrEnding(cell: Box): Program {
  return (words, io) => {
    const { role, pod } = cell.slot;
    const mustEnd = role === "init" || (pod().spec?.restartPolicy ?? "Always") !== "Always";
    const isVersion = words.some((word) => /^(?:--?version|-v|-V|--?help|-t)$/.test(word));
    const text = words.join(" ");
    const script = [...(cell.slot.spec.command ?? []), ...(cell.slot.spec.args ?? [])].join("\n");
    const at = script.indexOf(text);
    const followed = at >= 0 && /^\s*(?:&&|;|\n)\s*\S/.test(script.slice(at + text.length));
    const { programTime } = cell.worlds.host.settings();
    if (isVersion || !cell.isMain(io.machine)) return 0; // beside the main process: a look, or a word to the server
    if (followed && DAEMONS.test(text)) return daemon(cell)(words, io);
    if (mustEnd || followed || TASKS.test(words.slice(0, 3).join(" "))) return ending(programTime)(words, io);
    return server(cell)(words, io);
  };
}

/** Kernel parameters: set with `-w` or `=` in privileged containers. */
function sysctl(cell: Box): Program {
  return (words, io) => {
    const isPrivileged = cell.slot.spec.securityContext?.privileged === true;
    for (const word of words.slice(1).filter((each) => !each.startsWith("-"))) {
      const [name = "", value] = word.split("=", 2);
      const key = name.trim();
      if (value === undefined || !isPrivileged) {
        const why = value === undefined ? "No such file or directory" : "Read-only file system";
        io.err(`sysctl: error ${value === undefined ? "reading" : "setting"} key '${key}': ${why}\n`);
        return 1;
      }
      io.out(`${key} = ${value.trim()}\n`);
    }
    return 0;
  };
}

function hostname(cell: Box): Program {
  return (words, io) => {
    const { hostname: short, pod } = cell.slot.surroundings();
    const { full } = hostNames(cell.slot.pod(), short);
    if (words.some((word) => /^-[iI]$/.test(word))) io.out(`${pod.address}\n`);
    else if (words.some((word) => /^(?:-\w*f|--fqdn|--long)$/.test(word))) io.out(`${full}\n`);
    else if (words.includes("-d")) io.out(`${full.slice(short.length + 1)}\n`);
    else io.out(`${short}\n`);
    return 0;
  };
}

function id(cell: Box): Program {
  return (words, io) => {
    const { user, tools } = io.machine;
    const { fsGroup, supplementalGroups = [] } = cell.slot.pod().spec?.securityContext ?? {};
    if (words.includes("-u")) io.out(`${words.includes("-n") ? user.name : user.id}\n`);
    else if (words.includes("-g")) io.out(`${words.includes("-n") ? user.group : user.groupId}\n`);
    else {
      const named = (number: number, name: string) => (/^\d+$/.test(name) ? String(number) : `${number}(${name})`);
      const groups = [
        named(user.groupId, user.group),
        ...[...supplementalGroups, ...(fsGroup === undefined ? [] : [fsGroup])].map(String),
      ];
      if (tools === "busybox" && user.id === 0) groups.push("10(wheel)");
      io.out(`uid=${named(user.id, user.name)} gid=${named(user.groupId, user.group)} groups=${groups.join(",")}\n`);
    }
    return 0;
  };
}
