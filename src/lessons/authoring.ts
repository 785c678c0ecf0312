// A lesson made of a run: what was done becomes its beginning and its solution, and its checks are picked from what the cluster offers.

import { diagnose } from "../diagnosis/index.ts";
import { toYaml } from "../manifest/index.ts";
import type { Scenario, TimedAction } from "../scenario/index.ts";
import type { Check, Doing, Grade } from "./lesson.ts";
import { endpointsOf, requestsOf, type Seen, type Watched } from "./seen.ts";

/** What its author writes and picks. */
export interface LessonDraft {
  readonly title: string;
  readonly question: string;
  /** What a reporter says, and what the step says; Markdown. */
  readonly report: string;
  readonly text: string;
  readonly task: string;
  readonly grade: Grade;
  /** How many actions of the log are done before the learner begins; the others are the solution. */
  readonly from: number;
  readonly checks: readonly Check[];
}

/** A check that holds now, and how an author reads it. */
export interface OfferedCheck {
  readonly words: string;
  readonly check: Check;
}

const MOST_OFFERED = 24;

/** What can be checked: what holds now, of the cluster and of the requests since the learner's beginning. Spec: [AUTHOR-1]. */
export function offeredChecks({ world, log }: Watched, from: number): readonly OfferedCheck[] {
  const seen: Seen = { world, log, since: log[from]?.at ?? 0, sinceActions: from };
  const whole: OfferedCheck = { words: "Nothing in the cluster is broken", check: { unbroken: true } };
  const isWhole = !diagnose(world).some(({ severity }) => severity === "error");
  return [...answersOf(seen), ...endpointChecks(seen), ...(isWhole ? [whole] : [])].slice(0, MOST_OFFERED);
}

function endpointChecks({ world }: Seen): readonly OfferedCheck[] {
  return world.api.list("services").flatMap(({ metadata: { namespace = "default", name = "" } }) => {
    const ready = endpointsOf(world, namespace, name).filter(({ isReady }) => isReady).length;
    if (ready === 0 || namespace === "kube-system" || (namespace === "default" && name === "kubernetes")) return [];
    const where = namespace === "default" ? "" : ` in namespace ${namespace}`;
    const object = namespace === "default" ? `Service/${name}` : `Service/${namespace}/${name}`;
    const words = `Service ${name}${where} has ${ready} ready ${ready === 1 ? "endpoint" : "endpoints"}`;
    return [{ words, check: { endpoints: object, ready } }];
  });
}

/** Requests of people that were answered without an error, each pair of sender and target once. */
function answersOf(seen: Seen): readonly OfferedCheck[] {
  const found = new Map<string, OfferedCheck>();
  for (const { from, target, outcome } of requestsOf(seen, {})) {
    if (outcome.kind !== "answered" || (outcome.status ?? 200) >= 400) continue;
    const [, scheme = "", typed = ""] = /^(?:.* at )?(?:(https?):\/\/)?([^/\s]*)/.exec(target) ?? [];
    const to = typed.includes(":") ? typed : `${typed}:${scheme === "https" ? 443 : 80}`;
    const sender = from.kind === "client" ? from.name : from.kind;
    if (!/^(?:laptop|phone|node|pod)$/.test(sender)) continue;
    const who = from.kind === "client" ? `the ${sender}` : `a ${sender}`;
    const words = `A request from ${who} to ${to} is answered`;
    found.set(words, { words, check: { request: { from: sender, to } } });
  }
  return [...found.values()];
}

/** Shorter pauses than this are made between any two things that are done. */
const PAUSE_MS = 6_000;
const LONGEST_PAUSE_MS = 60_000;

/** What was done in a log from one place to another, as lessons write it. */
export function doingsIn(log: readonly TimedAction[], from: number, until = log.length): readonly Doing[] {
  return log.slice(from, until).flatMap(({ at, action }, index): readonly Doing[] => {
    const next = log[from + index + 1];
    const pause = next === undefined ? 0 : next.at - at;
    const doing: Doing =
      action.kind === "shell" ? action.line : action.kind === "apply" ? { apply: action.text } : { act: action };
    return pause < PAUSE_MS ? [doing] : [doing, { wait: Math.min(Math.round(pause), LONGEST_PAUSE_MS) }];
  });
}

const VERSION = "v1.36";
const MINUTES = { 1: 4, 2: 5, 3: 6 } as const;

/** The file of a lesson, as `readLesson` reads it. Spec: [AUTHOR-1]. */
export function lessonFile(draft: LessonDraft, { text, seed, settings, log }: Scenario): string {
  const { title, question, grade, from, task, checks, report } = draft;
  const before = doingsIn(log, 0, from);
  const solution = doingsIn(log, from);
  const start = { text, seed, ...(Object.keys(settings).length === 0 ? {} : { settings }) };
  const step = { task, ...(checks.length === 0 ? {} : { checks }), ...(solution.length === 0 ? {} : { solution }) };
  const front: Readonly<Record<string, unknown>> = {
    title,
    question,
    minutes: MINUTES[grade],
    grade,
    kubernetes: VERSION,
    start: before.length === 0 ? start : { ...start, before },
    steps: [step],
  };
  const yaml = Object.entries(front).map(([name, value]) => toYaml({ [name]: value }));
  return `---\n${yaml.join("")}---\n${bodyOf(report)}\n\n## The report\n\n${bodyOf(draft.text)}\n`;
}

/** A text without lines that would begin a step. */
function bodyOf(text: string): string {
  return text.trim().replace(/^#+[ \t]*/gm, "");
}

/** The name of a lesson's file. */
export function lessonFileName(title: string): string {
  const words = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replaceAll(/^-|-$/g, "");
  return `${words === "" ? "lesson" : words}.md`;
}
