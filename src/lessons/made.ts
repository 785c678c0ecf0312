// Makes a broken Service from a seed: a healthy cluster, one mistake in it, what its reporter sees, and the cure that mends it.
import type { Exchange } from "../cluster/index.ts";
import { cureCommands, explainExchange, isFailure } from "../diagnosis/index.ts";
import { toYaml } from "../manifest/index.ts";
import type { Run } from "../scenario/index.ts";
import { W } from "../words/en/lesson-made.ts";
import { holds } from "./checks.ts";
import type { Check, Doing, Grade, Lesson, LessonStep, Symptom } from "./lesson.ts";
import { LessonRun } from "./lesson-run.ts";
import { seenOf } from "./lost.ts";
import type { MadeName } from "./made-names.ts";
import { reportOf, taskOf } from "./made-words.ts";
import { parseInline, parseMarkdown } from "./markdown.ts";
import {
  type Ask,
  type Chance,
  chanceOf,
  draftOf,
  type Host,
  healthyWorld,
  KINDS,
  type Manifest,
  type Planted,
  type World,
} from "./mistakes/index.ts";
import { begin, play, type Stage, waitFor, watchedOf, worked } from "./play.ts";

/** The mistakes that can be mended in the cluster, by how hard they are to find. */
const MISTAKES: Readonly<Record<Grade, readonly string[]>> = {
  1: [
    "selector-typo",
    "selector-key",
    "selector-extra-label",
    "scaled-to-zero",
    "image-missing",
    "probe-port",
    "target-port",
  ],
  2: [
    ...["labels-on-the-workload-alone", "command-ends", "command-not-in-the-image", "probe-path", "probe-delay"],
    ...[
      "no-node-fits",
      "too-much-memory",
      "init-never-ends",
      "held-unready",
      "target-port-left-out",
      "target-port-name",
    ],
    ...["target-port-without-names", "service-for-udp", "listens-on-loopback", "dns-stopped", "dns-scaled-to-zero"],
    ...["external-policy-local", "source-ranges", "firewall", "no-route", "all-nodes-cordoned"],
  ],
  3: [
    ...["pods-in-another-namespace", "named-port-other-protocol", "dns-selects-nothing", "alias-typo"],
    ...["slice-without-label", "slice-of-another-name", "slice-port-name", "link-that-loses-all", "pod-network"],
  ],
};
const GRADES_OF_A_WEEK: readonly Grade[] = [1, 2, 2, 3];

/** Worlds that are tried: most can be broken in the way that was drawn, and nearly all can be mended. */
const MOST_TRIES = 40;
/** Programs stop, and others start in their place. */
const MENDED_MS = 40_000;

/** A broken Service, made and mended once: it is broken as stated, and its solution mends it. Spec: [MADE-1]. */
export async function makeLesson(name: MadeName, stage: Stage): Promise<Lesson> {
  const chance = chanceOf(`lesson ${name.seed}`);
  for (let round = 0; round < MOST_TRIES; round++) {
    const grade = chance.of(GRADES_OF_A_WEEK);
    const draft = brokenBy(chance.of(MISTAKES[grade]), `${name.seed} ${round}`);
    const lesson = draft && (await lessonOf({ ...name, ...draft, grade }, stage));
    if (lesson !== undefined) return lesson;
  }
  throw new Error(`No broken Service can be made of “${name.seed}”.`);
}

interface Broken {
  readonly world: World;
  readonly planted: Planted & { readonly ask: Ask };
}

function brokenBy(mistake: string, seed: string): Broken | undefined {
  const world = draftOf(healthyWorld(seed));
  const planted = KINDS.find(({ name }) => name === mistake)?.plant(world, chanceOf(`${mistake} ${seed}`));
  if (planted?.ask === undefined || planted.incurable === true) return undefined;
  return { world, planted: { ...planted, ask: planted.ask } };
}

type Made = MadeName & Broken & { readonly grade: Grade };

/** The lesson of a broken world; undefined when it does not fail, or its cure does not mend it. */
async function lessonOf(made: Made, stage: Stage): Promise<Lesson | undefined> {
  const beginning = withSteps(made, []);
  const run = await begin(beginning, stage);
  const send = sendOf(run, made.planted.ask);
  if (send === undefined) return undefined;
  const symptom = await symptomOf(run, send, stage);
  if (symptom === undefined) return undefined;
  const { exchange, ...rest } = symptom;
  const told = explainExchange(run.cluster, exchange);
  const cure = told?.cures.find(({ remedy, unfinished }) => unfinished !== true && remedy.kind !== "send");
  const lines = cure === undefined ? [] : cureCommands(run.cluster, cure);
  if (lines.length === 0) return undefined;
  const solution: readonly Doing[] = [...lines, { wait: MENDED_MS }, { send }];
  const lesson = { ...withSteps(made, [stepOf(made, run, { send: rest.send, solution })]), symptom: rest };
  const isMended = await isMendedBy(lesson, run, { solution, stage });
  return isMended ? withReport(lesson, chanceOf(`words ${made.seed}`)) : undefined;
}

function withSteps({ id, title, grade, world, planted }: Made, steps: readonly LessonStep[]): Lesson {
  const { lines = [] } = planted;
  return {
    id,
    title,
    question: W.question,
    minutes: 2 + grade * 2,
    grade,
    kubernetes: "v1.36",
    start: {
      text: world.objects.map((object) => toYaml(asPod(object))).join("---\n"),
      settings: world.settings,
      seed: world.seed,
      ...(lines.length === 0 ? {} : { before: lines }),
    },
    intro: [],
    steps,
  };
}

/** Clients are pods of their own here: a name to send from, as it is in the picture. */
function asPod(object: Manifest): Manifest {
  const { kind, metadata, spec } = object;
  if (kind !== "Deployment" || metadata.name !== "client") return object;
  const { template } = spec as {
    readonly template: { readonly metadata: Manifest["metadata"]; readonly spec: Manifest["spec"] };
  }; // the generator writes it so
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...metadata, labels: template.metadata.labels },
    spec: template.spec,
  };
}

/** A request as lessons write it; undefined when the run has no such address. */
function sendOf(run: Run, { from, host, port, protocol, scheme, site, path }: Ask): Symptom["send"] | undefined {
  if (protocol !== undefined || scheme !== undefined || site !== undefined || path !== undefined) return undefined;
  const to = addressOf(run, host);
  if (to === undefined) return undefined;
  const sender = from.kind === "client" ? from.name : from.kind === "node" ? `node/${from.name}` : podText(from);
  return { from: sender, to: `${to}:${port}` };
}

const podText = ({ namespace, name }: { readonly namespace: string; readonly name: string }) =>
  namespace === "default" ? `pod/${name}` : `pod/${namespace}/${name}`;

function addressOf({ cluster: { api, settings } }: Run, host: Host): string | undefined {
  if (typeof host === "string") return host;
  if ("balancer" in host) return api.find("services", ...host.balancer)?.status?.loadBalancer?.ingress?.[0]?.ip;
  if (!("nodeWith" in host) && !("nodeWithout" in host)) return undefined;
  const [[namespace, workload], wanted] = "nodeWith" in host ? [host.nodeWith, true] : [host.nodeWithout, false];
  const pods = api.list("pods", { namespace }).filter(({ metadata }) => metadata.labels?.app === workload);
  const used = new Set(pods.map(({ spec }) => spec?.nodeName));
  return settings.nodes.find(({ name }) => used.has(name) === wanted)?.address;
}

/** What its sender sees; undefined when the request is answered. */
async function symptomOf(
  run: Run,
  send: Symptom["send"],
  stage: Stage,
): Promise<(Symptom & { readonly exchange: Exchange }) | undefined> {
  await worked(stage, play(run, [{ send }]));
  const exchange = lastOf(run);
  if (exchange === undefined || !isFailure(exchange) || exchange.outcome.kind === "pending") return undefined;
  const { outcome } = exchange;
  const status = outcome.kind === "answered" && outcome.status !== undefined ? { status: outcome.status } : {};
  return { send, outcome: outcome.kind, ...status, exchange };
}

function lastOf(run: Run): Exchange | undefined {
  return Array.from(run.cluster.trace.exchanges()).findLast(
    ({ purpose, parent }) => purpose === "request" && parent === undefined,
  );
}

function stepOf(
  { world, planted }: Made,
  run: Run,
  { send, solution }: { readonly send: Symptom["send"]; readonly solution: readonly Doing[] },
): LessonStep {
  const name = typeof planted.ask.host === "string" ? planted.ask.host.split(".")[0] : undefined;
  const asked = world.apps.find((app) => app.service === name);
  // Of those alone that have endpoints already: to find the other one is the task.
  const others = world.apps
    .map((app): Check => ({ endpoints: serviceText(app), atLeast: 1 }))
    .filter((check) => holds(check, seenOf(run, 0, 0)));
  const checks: readonly Check[] = [
    { request: send, ...(asked === undefined || isAlias(world, name) ? {} : { by: serviceText(asked) }) },
    ...others,
    { unbroken: true },
  ];
  const task = taskOf(send);
  return { title: W.report, body: [], task, taskText: parseInline(task), checks, solution };
}

const isAlias = (world: World, name: string | undefined) =>
  world.objects.some(
    ({ kind, metadata, spec }) =>
      kind === "Service" && metadata.name === name && spec !== undefined && "externalName" in Object(spec),
  );

const serviceText = ({ namespace, service }: World["apps"][number]) =>
  namespace === "default" ? `Service/${service}` : `Service/${namespace}/${service}`;

/** Whether a solution does what the lesson asks for, in a run at its beginning. */
async function isMendedBy(
  lesson: Lesson,
  run: Run,
  { solution, stage }: { readonly solution: readonly Doing[]; readonly stage: Stage },
): Promise<boolean> {
  const course = new LessonRun(lesson, watchedOf(run));
  if (course.states(watchedOf(run)).every(({ isMet }) => isMet)) return false;
  try {
    await worked(stage, play(run, solution));
  } catch {
    return false; // refused by the API server
  }
  return worked(
    stage,
    waitFor(run, () => course.checks(watchedOf(run)).met),
  );
}

function withReport(lesson: Lesson & { readonly symptom: Symptom }, chance: Chance): Lesson {
  const { said, body } = reportOf(lesson.symptom, chance);
  const steps = lesson.steps.map((step) => ({ ...step, body: parseMarkdown(body) }));
  return { ...lesson, intro: parseMarkdown(said), steps };
}
