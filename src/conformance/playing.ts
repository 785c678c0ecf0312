// Upstream's cases in this folder: what they are, and how their commands are played on a console as `npm run shell` has it.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ClusterSettings, createCluster, SHELL_SETTINGS } from "../cluster/index.ts";
import { ingressNginx } from "../ingress/index.ts";
import { ALL_KINDS } from "../kinds/index.ts";
import { createShell, runToEnd } from "../shell/index.ts";

/** One case or one row of a table as it came out. */
export interface Result {
  /** `group/file`, and the row behind ` | ` for tables. */
  readonly name: string;
  readonly group: string;
  readonly equal: boolean;
  /** What was asked, what must come and what came; empty when equal. */
  readonly difference: string;
}

/** What commands wrote, and the status of the last. */
export interface Output {
  readonly out: string;
  readonly err: string;
  readonly exit: number;
}

/** Where the recorded and restated cases lie: beside the sources, wherever this file was bundled to. */
export const FOLDER = folder();

/** Time after the start and between commands that change something, as the terminal lets it pass. */
const SETTLE_MS = 1_500;

function folder(): string {
  const beside = dirname(fileURLToPath(import.meta.url));
  return existsSync(join(beside, "service-api")) ? beside : join(process.cwd(), "src", "conformance");
}

/** The case files with this ending below a folder of this room, as paths from it, sorted. */
export function caseFiles(below: string, ending: string): string[] {
  return readdirSync(join(FOLDER, below), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${below}/${entry.name}`;
      if (entry.isDirectory()) return caseFiles(path, ending);
      return entry.name.endsWith(ending) ? [path] : [];
    })
    .sort();
}

/** The text of a case file. */
export function readCase(path: string): string {
  return readFileSync(join(FOLDER, path), "utf8");
}

/** A console on a fresh cluster; each call plays a text, line by line or as far as quotes and loops reach. */
export function console(settings: Partial<ClusterSettings> = {}): (text: string) => Output {
  const cluster = createCluster({
    seed: "1",
    settings: { ...SHELL_SETTINGS, ...settings },
    addons: [...ALL_KINDS, ingressNginx],
  });
  cluster.advance(SETTLE_MS);
  const shell = createShell({ cluster });
  return (text) => {
    let [out, err, exit] = ["", "", 0];
    const sink = {
      out: (part: string) => {
        out += part;
      },
      err: (part: string) => {
        err += part;
      },
    };
    let command = "";
    const run = () => {
      if (command.trim() !== "") exit = runToEnd(cluster, shell, command, sink);
      command = "";
    };
    for (const line of text.split("\n")) {
      command = command === "" ? line : `${command}\n${line}`;
      if (!shell.isIncomplete(command)) run();
    }
    run();
    return { out, err, exit };
  };
}

/** Plays one case; an error of the engine is a difference, not an end. */
export function attempt(play: () => string): string {
  try {
    return play();
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error); // shown in the difference
  }
}

/** `group: equal of total`, one line a group and one for all. */
export function summary(results: readonly Result[]): string {
  const counts = new Map<string, { equal: number; total: number }>();
  for (const { group, equal } of results)
    for (const title of [group, "all"]) {
      const count = counts.get(title) ?? { equal: 0, total: 0 };
      counts.set(title, { equal: count.equal + (equal ? 1 : 0), total: count.total + 1 });
    }
  const all = counts.get("all");
  counts.delete("all");
  if (all !== undefined) counts.set("all", all);
  return [...counts].map(([title, { equal, total }]) => `${title}: ${equal} of ${total}`).join("\n");
}

/** The cases that are known to differ, each with the reason: lines `name: reason` of different.txt. */
export function readDifferent(): Map<string, string> {
  const lines = readCase("different.txt")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(" :: ");
      return [line.slice(0, at), line.slice(at + 4)] as const;
    }),
  );
}
