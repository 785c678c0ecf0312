// The shell as a filter: options and files first, then commands from standard input one at a time.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type ClusterSettings, createCluster, SHELL_SETTINGS } from "../../cluster/index.ts";
import { ingressNginx } from "../../ingress/index.ts";
import { createShell, type Shell } from "../shell.ts";
import { runToEnd, SETTLE_MS } from "../transcript.ts";

interface Options {
  readonly seed: string;
  readonly settings: Partial<ClusterSettings>;
  readonly files: readonly string[];
}

const USAGE =
  "usage: shell [--cluster FILE] [--seed N] [--hop-latency MS] [FILE.yaml …]\n       shell replay [--out DIR] FILE.transcript …\n";

/** Runs the terminal; the exit status of the last command. */
export function runTerminal(words: readonly string[], readInput: () => string): number {
  const options = optionsOf(words);
  if (options === undefined) {
    process.stderr.write(USAGE);
    return 2;
  }
  const cluster = createCluster({
    seed: options.seed,
    settings: { ...SHELL_SETTINGS, ...options.settings },
    addons: [ingressNginx],
  });
  cluster.advance(SETTLE_MS);
  const files = new Map(options.files.map((file) => [basename(file), readFileSync(file, "utf8")]));
  const shell = createShell({ cluster, files });
  const sink = {
    out: (text: string) => void process.stdout.write(text),
    err: (text: string) => void process.stderr.write(text),
  };
  let code = 0;
  for (const file of files.keys()) code = runToEnd(cluster, shell, `kubectl apply -f '${file}'`, sink) || code;
  for (const command of commandsOf(readInput(), shell)) code = runToEnd(cluster, shell, command, sink);
  return code;
}

function optionsOf(words: readonly string[]): Options | undefined {
  const files: string[] = [];
  let seed = "1";
  let settings: Partial<ClusterSettings> = {};
  for (let at = 0; at < words.length; at++) {
    const [name = "", inline] = (words[at] ?? "").split("=", 2);
    if (!name.startsWith("--")) {
      files.push(words[at] ?? "");
      continue;
    }
    const value = inline ?? words[++at];
    if (value === undefined) return undefined;
    if (name === "--seed") seed = value;
    else if (name === "--hop-latency") settings = { ...settings, hopLatency: Number(value) };
    else if (name === "--cluster") settings = { ...readSettings(value), ...settings };
    else return undefined;
  }
  return { seed, settings, files };
}

/** Cluster settings from a JSON file. */
function readSettings(file: string): Partial<ClusterSettings> {
  const value: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new Error(`${file}: not an object of settings`);
  return value; // the settings are checked where they are used
}

/** The commands of a text: lines, joined while a quote, a here-document or a loop is open. */
function* commandsOf(text: string, shell: Shell): Generator<string> {
  let command = "";
  for (const line of text.split("\n")) {
    command = command === "" ? line : `${command}\n${line}`;
    if (shell.isIncomplete(command)) continue;
    if (command.trim() !== "") yield command;
    command = "";
  }
  if (command.trim() !== "") yield command;
}
