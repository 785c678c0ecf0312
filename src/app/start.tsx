// Opens the page: what the address asks for, in the whole playground or in an embed.
import type { ReactNode } from "react";
import { type Decoded, decode, newScenario, type Scenario } from "../scenario/index.ts";
import { isEmbed, type ParsedOptions, parseOptions } from "./embed/index.ts";
import { EXAMPLES, exampleNamed } from "./examples/index.ts";
import { Playground } from "./store/playground.ts";
import { openRun } from "./store/run.ts";

/** Virtual time that has passed when the visitor comes: the pods are ready, so that the first request arrives. */
const HEAD_START_MS = 5_000;

/** The page as the address wants it. */
export async function start(): Promise<ReactNode> {
  const opened = await decode(location.hash);
  if (isEmbed(location.search)) return startEmbed(opened);
  const [{ App }, scenario] = await Promise.all([import("./App.tsx"), beginning(opened, undefined)]);
  return <App playground={await playgroundOf(scenario)} opened={opened} />;
}

/** The whole page around a playground that somebody made, without looking at the address. */
export async function pageOf(playground: Playground): Promise<ReactNode> {
  const [{ App }] = await Promise.all([import("./App.tsx"), import("./ui/tokens.css"), import("./ui/base.css")]);
  return <App playground={playground} opened={{ kind: "none" }} />;
}

async function startEmbed(opened: Decoded): Promise<ReactNode> {
  const names = EXAMPLES.map((example) => example.name);
  const parsed = parseOptions(location.search, names);
  const [{ Embed }, scenario] = await Promise.all([import("./Embed.tsx"), beginning(opened, parsed.options.scenario)]);
  const playground = await playgroundOf(scenario);
  const problems = [...parsed.problems, ...begin(playground, parsed)];
  return <Embed playground={playground} opened={opened} options={parsed.options} problems={problems} />;
}

/** Puts an embed where its options want it; tells what could not be done. */
function begin(playground: Playground, { options }: ParsedOptions): readonly string[] {
  playground.setView({ theme: options.theme });
  if (!options.autoplay || options.step !== undefined) playground.setPlaying(false);
  if (options.step === undefined || options.step === 0) return [];
  const { session } = playground.store.getState();
  const { log } = session.origin;
  const at = log[Math.min(options.step, log.length) - 1]?.at;
  if (at !== undefined) session.advance(at);
  playground.flush();
  if (options.step <= log.length) return [];
  return [`step=${options.step}: this scenario holds ${log.length === 1 ? "one action" : `${log.length} actions`}.`];
}

/** The scenario of the link, or what could be read of it, or the example that was asked for, or the first one. */
async function beginning(opened: Decoded, example: string | undefined): Promise<Scenario> {
  if (opened.kind === "scenario") return opened.scenario;
  const { load, settings } = exampleNamed(example);
  return { ...newScenario(await load()), settings };
}

/** What has no log yet begins with its pods ready, so that the first request arrives; a log begins at its beginning. */
async function playgroundOf(scenario: Scenario): Promise<Playground> {
  const run = await openRun(scenario);
  if (scenario.log.length === 0) run.advance(HEAD_START_MS);
  return new Playground(run, {
    request: (frame) => requestAnimationFrame(frame),
    now: () => performance.now(),
    cancel: (id) => cancelAnimationFrame(id),
  });
}
