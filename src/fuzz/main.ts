// `npm run fuzz -- [SECONDS] [--seed N] [TARGET …]`: feeds every target with new inputs until the time is up.
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import fc from "fast-check";
import type { Target } from "./target.ts";
import { TARGETS } from "./targets/index.ts";

/** Processor time, as a busy machine may keep the worker waiting. A worker that says nothing for so long is frozen: the input it works at is one that stops the page. */
const FROZEN_MS = 20_000;

/** Milliseconds of processor time that this process has used. */
function used(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
/** Inputs of one round; a failure is named by the round's seed. */
const ROUND = 50;

/** What the worker reports. */
type Report =
  | { readonly kind: "input"; readonly target: string; readonly seed: number; readonly input: string }
  | { readonly kind: "round"; readonly target: string; readonly inputs: number }
  | { readonly kind: "failure"; readonly target: string; readonly seed: number; readonly text: string };

interface Order {
  readonly until: number;
  readonly seed: number;
  readonly names: readonly string[];
}

function readOrder(words: readonly string[]): Order {
  const seedAt = words.indexOf("--seed");
  const rest = words.filter((word, at) => word !== "--seed" && (seedAt < 0 || at !== seedAt + 1));
  const seconds = Number(rest.find((word) => /^\d+$/.test(word)) ?? "60");
  const known = TARGETS.map(({ name }) => name);
  const names = rest.filter((word) => !/^\d+$/.test(word));
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no target ${unknown}; known are ${known.join(", ")}.`);
  const seed = seedAt < 0 ? Date.now() % 0x7fffffff : Number(words[seedAt + 1]);
  if (!Number.isInteger(seed)) throw new Error("--seed takes a whole number.");
  return { until: Date.now() + seconds * 1000, seed, names: names.length === 0 ? known : names };
}

/** In the worker: rounds of one target after the other. Each failure ends its target. */
async function work({ until, seed: first, names }: Order, report: (each: Report) => void): Promise<void> {
  const targets = TARGETS.filter(({ name }) => names.includes(name));
  for (let seed = first; Date.now() < until && targets.length > 0; seed++)
    for (const each of [...targets]) {
      if (Date.now() >= until) return;
      if (!(await round(each, seed, report))) targets.splice(targets.indexOf(each), 1);
    }
}

async function round({ name, inputs, check }: Target, seed: number, report: (each: Report) => void): Promise<boolean> {
  const property = fc.asyncProperty(inputs, async (input) => {
    report({ kind: "input", target: name, seed, input: fc.stringify(input) });
    await check(input);
  });
  const result = await fc.check(property, { numRuns: ROUND, seed, interruptAfterTimeLimit: 10 * FROZEN_MS });
  report({ kind: "round", target: name, inputs: result.numRuns });
  if (!result.failed || result.interrupted) return true;
  const cause = result.errorInstance;
  const why = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  report({ kind: "failure", target: name, seed, text: `${fc.stringify(result.counterexample)}\n${why}` });
  return false;
}

/** In the main thread: counts, prints failures, and watches that the worker continues. */
function watch(order: Order): void {
  const counts = new Map(order.names.map((name) => [name, 0]));
  let failures = 0;
  let last: { readonly at: number; readonly input?: Extract<Report, { kind: "input" }> } = { at: used() };
  const worker = new Worker(new URL(import.meta.url), { workerData: order });
  const finish = () => {
    clearInterval(timer);
    for (const [name, inputs] of counts) console.log(`${name}: ${inputs} inputs`);
    console.log(failures === 0 ? `nothing found (seed ${order.seed})` : `${failures} found (seed ${order.seed})`);
    process.exit(failures === 0 ? 0 : 1);
  };
  const fail = (target: string, seed: number, text: string) => {
    failures++;
    console.log(`--- ${target}: again with \`npm run fuzz -- 60 --seed ${seed} ${target}\`\n${text}\n`);
  };
  const timer = setInterval(() => {
    if (used() - last.at < FROZEN_MS) return;
    const { target = "?", seed = order.seed, input = "nothing yet" } = last.input ?? {};
    fail(target, seed, `frozen for ${FROZEN_MS / 1000} s at\n${input.slice(0, 5_000)}`);
    worker.terminate().then(finish, finish);
  }, 1_000);
  worker.on("message", (report: Report) => {
    last = report.kind === "input" ? { at: used(), input: report } : { ...last, at: used() };
    if (report.kind === "round") counts.set(report.target, (counts.get(report.target) ?? 0) + report.inputs);
    if (report.kind === "failure") fail(report.target, report.seed, report.text);
  });
  worker.on("error", (error) => {
    fail(last.input?.target ?? "?", last.input?.seed ?? order.seed, `${String(error)} at\n${last.input?.input}`);
    finish();
  });
  worker.on("exit", finish);
}

if (isMainThread) watch(readOrder(process.argv.slice(2)));
else await work(workerData as Order, (report) => parentPort?.postMessage(report)); // what `watch` handed over
