// Opens the whole page: the link or the example that the address names, else the visitor's own work, else the first example.
import type { ReactNode } from "react";
import type { Decoded } from "../scenario/index.ts";
import { W as P } from "../words/en/page.ts";
import { App } from "./App.tsx";
import { firstExample, openedBy, playgroundOf, runAt, type Show, tooFar } from "./beginning.ts";
import { Desk, deskAsked } from "./classroom/index.ts";
import { isFramed, parseOptions, parsePlace } from "./embed/index.ts";
import { EXAMPLES } from "./examples/index.ts";
import { type AskedLesson, askedBy, continued, type LeftLesson, lessonSource, sharedWith } from "./lessons/index.ts";
import { keepOffline } from "./offline/index.ts";
import type { Handover } from "./store/handover.ts";
import type { Opened } from "./store/opened.ts";
import type { Playground } from "./store/playground.ts";
import { onlyOfAddress } from "./store/show-only.ts";
import { FROM_PAGE, type From, fromLink } from "./store/source.ts";
import { isFirstVisit } from "./welcome/index.ts";
import { Work } from "./work/index.ts";

/**
 * @param linked - what the address holds behind `#`.
 * @param left - what the page before left, to go on with.
 * @param show - tells how far the page is until it is ready.
 */
export async function startPage(linked: Decoded, left: Handover | undefined, show: Show): Promise<ReactNode> {
  const desk = deskAsked(location.search);
  if (desk !== undefined) return <Desk asked={desk} />;
  // A frame keeps nothing and reads nothing of the visitor's work.
  const isFrame = isFramed(location.search);
  if (!isFrame) keepOffline();
  const work = isFrame ? undefined : new Work();
  const names = EXAMPLES.map(({ name }) => name);
  const place = parsePlace(location.search, names);
  const [opened, { only, problems: unusable }] = await Promise.all([
    openedBy(linked, place.scenario),
    onlyOfAddress(location.search),
  ]);
  const problems = [...place.problems, ...unusable];
  const lesson = continued(location.search, opened.kind === "scenario" && left === undefined, isLoadedAgain());
  if (left !== undefined || opened.kind !== "scenario") {
    const begun = await begunFromOwn({ work, left, lesson, opened, show });
    begun.playground.setView({ presenting: place.present, predict: place.predict, only });
    if (isFrame) begun.playground.setView({ theme: parseOptions(location.search, names).options.theme });
    if (problems.length > 0) begun.playground.notify("info", problems.join(" "));
    const asked = left === undefined ? askedBy(location.search) : undefined;
    const asks =
      location.hash !== "" || asked !== undefined || place.present || only !== undefined || left !== undefined;
    const isNew = begun.playground.store.getState().beginning.source.kind === "page";
    const offered = !asks && isNew && self === top && isFirstVisit();
    return <App {...begun} work={work} lesson={begun.lesson ?? asked} offered={offered} />;
  }
  const run = await runAt(opened.scenario, place, show);
  if ("kind" in run) return <App {...(await begunFromOwn({ work, left, lesson, opened: run, show }))} work={work} />;
  const from = fromOf(opened, linked.kind === "scenario" ? undefined : place.scenario);
  const playground = playgroundOf(run, { ...place, only }, from);
  problems.push(...tooFar(run, place));
  if (problems.length > 0) playground.notify("info", problems.join(" "));
  return <App playground={playground} opened={opened} work={work} lesson={sharedWith(opened.scenario)} />;
}

interface Begun {
  readonly playground: Playground;
  readonly opened: Opened;
  /** The lesson that continues in the run. */
  readonly lesson?: AskedLesson;
}

interface Own {
  readonly work: Work | undefined;
  readonly left: Handover | undefined;
  readonly lesson: LeftLesson | undefined;
  readonly opened: Opened;
  readonly show: Show;
}

/** What was left, or the visitor's own work, which never locks the visitor out: the first example, where it does not run or is given up. */
async function begunFromOwn({ work, left, lesson, opened, show }: Own): Promise<Begun> {
  const own = opened.kind === "scenario" ? undefined : await work?.reopen();
  if (lesson !== undefined) {
    const begun = await begunFromLesson(lesson, own?.from, show);
    if (begun !== undefined) return { ...begun, opened };
  }
  const scenario = left?.scenario ?? own?.scenario;
  if (scenario === undefined) return { playground: playgroundOf(await firstExample()), opened };
  try {
    const run = await runAt(scenario, left === undefined ? {} : { at: left.at }, show);
    if (!("kind" in run)) return { playground: playgroundOf(run, {}, own?.from ?? fromOf(opened, undefined)), opened };
    return { playground: playgroundOf(await firstExample()), opened: run };
  } catch (error) {
    if (left !== undefined) throw error;
    reportError(error);
    const playground = playgroundOf(await firstExample());
    playground.notify("error", P.lost);
    return { playground, opened };
  }
}

/** The lesson that was open, in its run at its moment; undefined when that does not run or is given up. */
async function begunFromLesson(
  left: LeftLesson,
  own: From | undefined,
  show: Show,
): Promise<Omit<Begun, "opened"> | undefined> {
  try {
    const run = await runAt(left.scenario, { at: left.at }, show);
    if ("kind" in run) return undefined;
    const source = lessonSource(left.scenario.title ?? "");
    const from = own?.source.name === source.name ? own : { source };
    return { playground: playgroundOf(run, {}, from), lesson: { id: left.course.lesson, left } };
  } catch (error) {
    reportError(error);
    return undefined;
  }
}

/** Whether this address was open here before: loaded again, or gone back to. */
function isLoadedAgain(): boolean {
  const [entry] = performance.getEntriesByType("navigation");
  return entry instanceof PerformanceNavigationTiming && entry.type !== "navigate";
}

function fromOf(opened: Opened, example: string | undefined): From {
  const title = EXAMPLES.find(({ name }) => name === example)?.title;
  if (title !== undefined) return { source: { kind: "example", name: title } };
  return opened.kind === "scenario" ? fromLink(opened.scenario.title) : FROM_PAGE;
}
