// Recorded sessions: taken apart, and played again on a fresh cluster.
import { type Cluster, createCluster, RECORDED_SETTINGS } from "../cluster/index.ts";
import type { Process } from "./jobs.ts";
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

/** Plays a transcript's commands on a fresh cluster and gives the transcript as it came out. */
export function replay(text: string, seed = "transcript"): string {
  const cluster = createCluster({ seed, settings: RECORDED_SETTINGS });
  const shell = createShell({ cluster });
  const result: string[] = [];
  cluster.advance(SETTLE_MS);
  for (const { command, lines } of partsOf(text)) {
    if (command === undefined) {
      result.push(...lines);
      continue;
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
