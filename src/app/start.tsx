// Opens the page: what the address asks for, in the whole playground or in an embed.
import type { ReactNode } from "react";
import { guardPrototypes } from "../cluster/index.ts";
import { type Decoded, decode } from "../scenario/index.ts";
import { W } from "../words/en/frame.ts";
import { beginning, firstExample, openedBy, playgroundOf, runAt, type Show, tooFar } from "./beginning.ts";
import { isEmbed, parseOptions } from "./embed/index.ts";
import { EXAMPLES } from "./examples/index.ts";
import { found, type Handover } from "./store/handover.ts";
import { loadPart } from "./store/parts.ts";
import type { Playground } from "./store/playground.ts";
import { onlyOfAddress } from "./store/show-only.ts";

/** The page as the address wants it. @param show - draws something in its place until it is ready. */
export async function start(show: Show): Promise<ReactNode> {
  guardPrototypes();
  const left = found();
  const linked = await decode(location.hash);
  if (isEmbed(location.search)) return startEmbed(linked, left, show);
  const { startPage } = await loadPart(W.page, () => import("./page.tsx"));
  return startPage(linked, left, show);
}

/** The whole page around a playground that someone made, without looking at the address. */
export async function pageOf(playground: Playground): Promise<ReactNode> {
  const [{ App }] = await Promise.all([loadPart(W.page, () => import("./App.tsx")), loadStyles()]);
  return <App playground={playground} opened={{ kind: "none" }} work={undefined} />;
}

const loadStyles = () =>
  Promise.all([loadPart(W.page, () => import("./ui/tokens.css")), loadPart(W.page, () => import("./ui/base.css"))]);

async function startEmbed(linked: Decoded, left: Handover | undefined, show: Show): Promise<ReactNode> {
  const asked = onlyOfAddress(location.search);
  const { options, problems: unusable } = parseOptions(
    location.search,
    EXAMPLES.map(({ name }) => name),
  );
  const opened = await openedBy(linked, options.scenario);
  const [{ Embed }, scenario, shown] = await Promise.all([
    loadPart(W.embed, () => import("./Embed.tsx")),
    left?.scenario ?? beginning(opened, options.scenario),
    asked,
  ]);
  const run = await runAt(scenario, left === undefined ? options : { at: left.at }, show);
  const { theme, autoplay, present, predict } = options;
  const { only } = shown;
  const problems = [...unusable, ...shown.problems];
  if (!("kind" in run)) {
    const all = left === undefined ? [...problems, ...tooFar(run, options)] : problems;
    const playground = playgroundOf(
      run,
      left === undefined ? { ...options, only } : { theme, autoplay, present, predict, only },
    );
    return <Embed playground={playground} opened={opened} options={options} problems={all} />;
  }
  const playground = playgroundOf(await firstExample(), { theme, autoplay, present, predict });
  return <Embed playground={playground} opened={run} options={options} problems={problems} />;
}
