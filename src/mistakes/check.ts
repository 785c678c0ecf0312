// Holds what is said about one broken world against that world: the cause, each claim, each command, each cure.
import type { Exchange } from "../cluster/index.ts";
import {
  type Cure,
  diagnose,
  type Evidence,
  type Explanation,
  explainExchange,
  type Finding,
  isFailure,
} from "../diagnosis/index.ts";
import {
  type Ask,
  chanceOf,
  draftOf,
  healthyWorld,
  KINDS,
  type Mistake,
  type Planted,
  type World,
} from "../lessons/mistakes/index.ts";
import { falseClaims, unclaimed } from "./claims.ts";
import { applied, isAnswered, stepped, unwanted } from "./cure.ts";
import { Stage } from "./stage.ts";

/** One broken world and what is wrong with what was said of it; empty when all is right. */
export interface Verdict {
  readonly seed: string;
  readonly mistakes: readonly string[];
  readonly complaints: readonly string[];
}

/** A world with one mistake or two in it. */
export interface Broken {
  readonly world: World;
  readonly planted: readonly (Planted & { readonly name: string })[];
}

/** Breaks the world of a seed: in one way, or in two that concern different apps. Undefined where it has nothing to break so. */
export function broken(seed: string, mistakes: readonly Mistake[]): Broken | undefined {
  const world = draftOf(healthyWorld(seed));
  const planted = mistakes.flatMap((mistake) => {
    const done = mistake.plant(world, chanceOf(`${mistake.name} ${seed}`));
    return done === undefined ? [] : [{ ...done, name: mistake.name }];
  });
  return planted.length === mistakes.length ? { world, planted } : undefined;
}

/** All that is wrong with what is said about a healthy world. */
export function checkHealthy(seed: string): Verdict {
  const world = healthyWorld(seed);
  const stage = new Stage(world);
  const complaints = world.asks.flatMap((ask) => {
    const exchange = stage.send(ask);
    if (exchange === undefined || isFailure(exchange)) return [`${JSON.stringify(ask)} is not answered`];
    const told = explainExchange(stage.cluster, exchange);
    return told === undefined ? [] : sayings(stage, { told, exchange, what: told.title });
  });
  for (const found of diagnose(stage.cluster)) {
    if (found.severity !== "info") complaints.push(`a finding in a healthy world: ${found.class}: ${found.title}`);
    complaints.push(...sayings(stage, { told: found, exchange: undefined, what: found.title }));
  }
  return { seed, mistakes: [], complaints };
}

/** All that is wrong with what is said about a broken world, `most` of the cures tried; undefined where the world cannot be broken so. */
export function checkBroken(
  seed: string,
  names: readonly string[],
  most = Number.POSITIVE_INFINITY,
): Verdict | undefined {
  const mistakes = names.map((name) => {
    const found = KINDS.find((each) => each.name === name);
    if (found === undefined) throw new Error(`mistakes: there is no mistake ${name}`);
    return found;
  });
  const made = broken(seed, mistakes);
  if (made === undefined) return undefined;
  const lines = made.planted.flatMap((each) => each.lines ?? []);
  if (made.planted.length > 1) return { seed, mistakes: names, complaints: stepByStep({ ...made, lines, most }) };
  const complaints = made.planted.flatMap((planted) => aboutOne({ ...made, lines, most }, planted));
  return { seed, mistakes: names, complaints };
}

type Case = Broken & { readonly lines: readonly string[]; readonly most: number };

function aboutOne(made: Case, planted: Planted): string[] {
  const stage = new Stage(made.world, made.lines);
  return planted.ask === undefined
    ? aboutFindings(made, stage, planted)
    : aboutRequest(made, stage, { ...planted, ask: planted.ask });
}

/** Cures that a reader does one by one before giving up. */
const STEPS = 4;

/**
 * Several mistakes: whichever the request meets first is named, and its cure leads to the next one or to an answer. A mistake
 * that takes away who asks or what is asked ends it.
 */
function stepByStep(made: Case): string[] {
  const stage = new Stage(made.world, made.lines);
  const causes = made.planted.flatMap((each) => each.causes);
  const planted = made.planted.find(({ ask }) => ask !== undefined);
  if (planted?.ask === undefined) return [];
  let ask = stage.asTyped(planted.ask);
  const complaints: string[] = [];
  for (let step = 0; step < STEPS; step++) {
    const exchange = failed(stage, { ...planted, ask });
    if (exchange === undefined) return complaints;
    const told = explainExchange(stage.cluster, exchange);
    if (told === undefined) return [...complaints, "a failed request has no explanation"];
    if (!causes.includes(told.cause))
      complaints.push(`${told.happened} The cause is ${told.cause} (${told.title}), not ${causes.join(" or ")}`);
    complaints.push(...sayings(stage, { told, exchange, what: `step ${step}` }));
    const cure = told.cures.find(({ unfinished }) => unfinished !== true);
    const hopeless = told.cures.length > 0 || made.planted.some(({ incurable }) => incurable === true);
    if (cure === undefined) return hopeless ? complaints : [...complaints, `${told.cause}: there is no cure`];
    const next = stepped(stage, cure, ask);
    if (typeof next === "string") return [...complaints, `cure "${cure.label}": ${next}`];
    ask = next;
  }
  return failed(stage, { ...planted, ask }) === undefined
    ? complaints
    : [...complaints, `it fails after ${STEPS} cures`];
}

/** Nothing fails, or nothing is asked: the findings alone tell. */
function aboutFindings(made: Case, stage: Stage, planted: Planted): string[] {
  const found = diagnose(stage.cluster);
  const named = found.find((each) => planted.causes.includes(each.class) && hasWords(each, planted.words));
  const complaints = found.flatMap((each) => sayings(stage, { told: each, exchange: undefined, what: each.title }));
  if (planted.harmless === true)
    for (const { severity, title } of found)
      if (severity !== "info") complaints.push(`harmless, and called a fault: ${title}`);
  if (named === undefined && planted.causes.length > 0) {
    const all = found.map((each) => `${each.class} (${each.title})`).join(", ");
    complaints.push(`no finding names ${planted.causes.join(" or ")} with ${planted.words.join(", ")}: ${all}`);
  }
  void made;
  return complaints;
}

function aboutRequest(made: Case, stage: Stage, planted: Planted & { readonly ask: Ask }): string[] {
  const exchange = failed(stage, planted);
  if (exchange === undefined) return ["the request did not fail"];
  const told = explainExchange(stage.cluster, exchange);
  if (told === undefined) return ["a failed request has no explanation"];
  const complaints: string[] = [];
  if (!planted.causes.includes(told.cause))
    complaints.push(
      `${told.happened} The cause is ${told.cause} (${told.title}: ${told.explanation}), not ${planted.causes.join(" or ")}`,
    );
  else if (!hasWords(told, planted.words))
    complaints.push(`not all of ${planted.words.join(", ")} are named: ${told.title}. ${told.explanation}`);
  complaints.push(...cureComplaints(made, told, planted));
  complaints.push(...sayings(stage, { told, exchange, what: "explanation" }));
  for (const each of told.others) complaints.push(...sayings(stage, { told: each, exchange, what: each.title }));
  return complaints;
}

function failed(stage: Stage, { ask, tries = 1 }: Planted & { readonly ask: Ask }): Exchange | undefined {
  for (let round = 0; round < tries; round++) {
    const exchange = stage.send(ask);
    if (exchange === undefined) return undefined;
    if (!isAnswered(exchange)) return exchange;
  }
  return undefined;
}

function hasWords(
  { title, explanation }: { readonly title: string; readonly explanation: string },
  words: readonly string[],
) {
  return words.every((word) => `${title} ${explanation}`.includes(word));
}

interface Saying {
  readonly told: Pick<Explanation | Finding, "title" | "explanation" | "evidence" | "claims">;
  readonly exchange: Exchange | undefined;
  readonly what: string;
}

/** What is said of a world must be so: each claim, each value in its sentences, each command. */
function sayings(stage: Stage, { told, exchange, what }: Saying): string[] {
  return [
    ...falseClaims(stage.cluster, told.claims, exchange).map((each) => `${what}: claims what is not so: ${each}`),
    ...unclaimed(told).map((each) => `${what}: says ${each} and claims nothing of it`),
    ...told.evidence.flatMap((each) => commandComplaints(stage, each).map((text) => `${what}: ${text}`)),
  ];
}

const PLACEHOLDER = /\b[A-Z]+-(?:IP|PORT)\b|\bHOST\b|\bNODE\b|\bSERVICE\b/;

function commandComplaints(stage: Stage, { command, shows, prints, lacks = [] }: Evidence): string[] {
  if (PLACEHOLDER.test(command)) return [`${command} cannot be typed as it is`];
  if (prints.length === 0 && lacks.length === 0) return [`${command}: nothing is promised of what it prints`];
  const { text } = stage.type(command);
  if (/^(?:OCI runtime exec failed|\w+: .*: (?:command )?not found|sim: unknown command|error: unknown)/m.test(text))
    return [`${command} cannot be run: ${text}`];
  const missing = prints.filter((each) => !text.includes(each));
  const there = lacks.filter((each) => text.includes(each));
  if (missing.length === 0 && there.length === 0) return [];
  return [
    `${command} (${shows}) does not show ${JSON.stringify(missing)}${there.length === 0 ? "" : ` or shows ${JSON.stringify(there)}`}: ${text.slice(0, 600)}`,
  ];
}

/** The first cure must help; each other one must do what it says, and none may touch anything else. */
function cureComplaints(
  made: Case,
  { cures }: { readonly cures: readonly Cure[] },
  planted: Planted & { readonly ask: Ask },
): string[] {
  if (cures.length === 0) return planted.incurable === true ? [] : ["there is no cure"];
  const whole = cures.filter(({ unfinished }) => unfinished !== true);
  if (whole.length === 0 && planted.incurable !== true) return ["every cure is unfinished"];
  return cures.slice(0, made.most).flatMap((cure) => {
    const before = new Stage(made.world, made.lines);
    failed(before, planted);
    const told = applied(before, cure, planted);
    return [...(told === undefined ? [] : [told]), ...unwanted(made, before, cure)].map(
      (each) => `cure "${cure.label}": ${each}`,
    );
  });
}
