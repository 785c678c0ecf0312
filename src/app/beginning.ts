// What a page or a frame begins with: a scenario at its moment, and a playground around it.
import { type Decoded, formatElapsed, type Scenario } from "../scenario/index.ts";
import { W } from "../words/en/frame.ts";
import type { EmbedOptions } from "./embed/index.ts";
import { exampleNamed, scenarioOf } from "./examples/index.ts";
import type { OnTheWay } from "./opening/index.ts";
import { forget } from "./store/handover.ts";
import { whenIdle } from "./store/idle.ts";
import { type Moment, openAt, type Progress } from "./store/open.ts";
import type { Opened } from "./store/opened.ts";
import { Playground } from "./store/playground.ts";
import type { Run } from "./store/run.ts";
import { FROM_PAGE, type From } from "./store/source.ts";
import type { Only } from "./store/state.ts";

/** Shows how far the page is, until it is ready. */
export type Show = (onTheWay: OnTheWay) => void;

/** The scenario of the link, or what could be read of it, or the example that was asked for, or the first one. */
export async function beginning(opened: Opened, example: string | undefined): Promise<Scenario> {
  if (opened.kind === "scenario") return opened.scenario;
  return scenarioOf(exampleNamed(example));
}

/** What the address asks for: a link's scenario, or an example by its name; what it holds else stays as it was read. */
export async function openedBy(linked: Decoded, example: string | undefined): Promise<Opened> {
  if (linked.kind !== "none" || example === undefined) return linked;
  return { kind: "scenario", scenario: await beginning(linked, example) };
}

/** A run of a scenario at its moment, the way there shown; or that the visitor gave it up. */
export async function runAt(
  scenario: Scenario,
  moment: Moment,
  show: Show,
): Promise<Run | Extract<Opened, { kind: "cancelled" }>> {
  const giveUp = new AbortController();
  let reached = 0;
  const onProgress = (progress: Progress) => {
    reached = progress.at;
    show({ ...progress, cancel: () => giveUp.abort() });
  };
  const run = await openAt(scenario, moment, { signal: giveUp.signal, now: () => performance.now(), onProgress });
  if (run !== undefined) return run;
  const message = W.cancelled(formatElapsed(reached));
  return { kind: "cancelled", message, scenario };
}

/** A run of the first example, which nobody gives up. */
export async function firstExample(): Promise<Run> {
  const run = await runAt(await beginning({ kind: "none" }, undefined), {}, () => undefined);
  if ("kind" in run) throw new Error("beginning: nobody gave the first example up");
  return run;
}

/** The playground around a run; one that was opened at a moment is paused there. */
export function playgroundOf(
  run: Run,
  options: Moment & Partial<EmbedOptions> & { readonly only?: Only | undefined } = {},
  from: From = FROM_PAGE,
): Playground {
  forget(); // what the page before left is here now, or was given up
  const frames = {
    request: (frame: FrameRequestCallback) => requestAnimationFrame(frame),
    now: () => performance.now(),
    idle: whenIdle,
    cancel: (id: number) => cancelAnimationFrame(id),
    after: (ms: number, run: () => void) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  };
  const playground = new Playground(run, frames, from);
  if (options.theme !== undefined) playground.setView({ theme: options.theme });
  if (options.only !== undefined) playground.setView({ only: options.only });
  const { present: presenting = false, predict = false } = options;
  playground.setView({ presenting, predict });
  const isMoment = options.at !== undefined || options.step !== undefined;
  if (options.autoplay === false || isMoment) playground.setPlaying(false);
  return playground;
}

/** Says that a scenario holds fewer actions than were asked for. */
export function tooFar({ origin: { log } }: Run, { step = 0 }: Moment): readonly string[] {
  if (step <= log.length) return [];
  return [W.tooFar(step, log.length)];
}
