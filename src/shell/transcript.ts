// Recorded sessions: taken apart, and played again on a fresh cluster.
import { type Cluster, createCluster, RECORDED_SETTINGS } from "../cluster/index.ts";
import type { Process } from "./process.ts";
import { createShell, type Shell } from "./shell.ts";

/** A part of a transcript: text that is no command, or a command as typed with its here-document. */
export interface TranscriptPart {
  readonly command: string | undefined;
  /** The lines behind it: comments, or the recorded output. */
  readonly lines: readonly string[];
}

/** How much virtual time passes after a command that changed something. */
export const SETTLE_MS = 1_500;
/** How much virtual time one command may take before it is interrupted. */
const MAX_COMMAND_MS = 3_600_000;

/** Takes a transcript apart. */
export function partsOf(text: string): TranscriptPart[] {
  const lines = text.replaceAll("\r\n", "\n").replace(/\n$/, "").split("\n");
  const parts: Array<{ command: string | undefined; lines: string[] }> = [{ command: undefined, lines: [] }];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (!line.startsWith("$ ")) {
      parts.at(-1)?.lines.push(line);
      continue;
    }
    const command = [line.slice(2)];
    const here = /<<-?\s*(['"]?)(\w+)\1/.exec(line);
    if (here !== null) {
      while (at + 1 < lines.length) {
        const next = lines[++at] ?? "";
        command.push(next);
        if (next === here[2]) break;
      }
    }
    parts.push({ command: command.join("\n"), lines: [] });
  }
  return parts;
}

/** Files that a command names behind `-f`, `--filename` and their relatives. */
export function namedFiles(command: string): string[] {
  const options =
    /(?:^|\s)(?:-[fk]=?|--(?:filename|kustomize|patch-file|from-file|from-env-file|cert|key)[=\s])\s*(?:'([^']+)'|"([^"]+)"|([^\s'"|;&<>()-][^\s'"|;&<>()]*))/g;
  const names = Array.from(command.matchAll(options), ([, single, double, plain]) => single ?? double ?? plain ?? "");
  return names
    .flatMap((name) => name.replace(/^[\w.-]+=/, "").split(","))
    .map((name) => name.replace(/^\.\//, ""))
    .filter((name) => name !== "" && !/^[a-z]+:\/\//.test(name));
}

/**
 * Plays a transcript's commands on a fresh cluster and gives the transcript as it came out.
 *
 * @param readFile - gives the text of a file that a command names; undefined when there is none.
 */
export function replay(text: string, seed = "transcript", readFile?: (name: string) => string | undefined): string {
  const cluster = createCluster({ seed, settings: RECORDED_SETTINGS });
  const shell = createShell({ cluster });
  const result: string[] = [];
  cluster.advance(SETTLE_MS);
  for (const { command, lines } of partsOf(text)) {
    if (command === undefined) {
      result.push(...lines);
      continue;
    }
    for (const name of readFile === undefined ? [] : namedFiles(command)) {
      // What the session itself wrote counts, not what lies in the folder by now.
      const found = shell.files.has(name) ? undefined : readFile?.(name);
      if (found !== undefined) shell.files.set(name, found);
    }
    result.push(`$ ${command}`, ...runRecorded(cluster, shell, command));
    result.push(...lines.filter((line) => line.startsWith("# ")));
  }
  return `${result.join("\n")}\n`;
}

function runRecorded(cluster: Cluster, shell: Shell, command: string): string[] {
  let output = "";
  const write = (text: string) => {
    output += text;
  };
  const code = runToEnd(cluster, shell, command, { out: write, err: write });
  const lines = output === "" ? [] : output.replace(/\n$/, "").split("\n");
  return code === 0 ? lines : [...lines, `[exit ${code}]`];
}

/** Runs a command until it is done, letting virtual time pass, and some more when it changed something. Gives its exit status. */
export function runToEnd(
  cluster: Cluster,
  shell: Shell,
  command: string,
  sink: { out(text: string): void; err(text: string): void },
): number {
  const before = cluster.api.store.resourceVersion;
  const process = shell.start(command, sink);
  finish(cluster, process);
  if (cluster.api.store.resourceVersion !== before) cluster.advance(SETTLE_MS);
  return process.exitCode ?? 1;
}

function finish(cluster: Cluster, process: Process): void {
  const limit = cluster.clock.now + MAX_COMMAND_MS;
  while (!process.done) {
    if (!cluster.step() || cluster.clock.now > limit) {
      process.interrupt();
      return;
    }
  }
}
