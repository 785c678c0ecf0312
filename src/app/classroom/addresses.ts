// What a class can take along of what is shown: the very moment, or where it began.
import type { Scenario } from "../../scenario/index.ts";
import { W } from "../../words/en/classroom.ts";
import type { Run } from "../store/run.ts";
import type { AppState } from "../store/state.ts";

/** One thing to take along. */
export interface Takeaway {
  readonly kind: "moment" | "lesson" | "example" | "yaml";
  readonly name: string;
  /** What whoever opens it finds. */
  readonly about: string;
  readonly query: URLSearchParams;
  /** What the link carries; undefined where the address says it all. */
  readonly scenario: Scenario | undefined;
}

/** A run as it is at the moment that is shown: what was done by then and nothing later. Spec: [CODE-2]. */
export function scenarioNow(run: Run): Scenario {
  return { ...run.scenario("run"), log: [...run.log] };
}

/** All that there is to take along, the most first. */
export function takeaways(
  { run, lesson, beginning }: AppState,
  exampleNamed: (title: string) => string | undefined,
): readonly Takeaway[] {
  const moment: Takeaway = {
    kind: "moment",
    name: W.moment,
    about: W.momentAbout,
    query: new URLSearchParams({ at: String(run.world.clock.now) }),
    scenario: scenarioNow(run),
  };
  const yaml: Takeaway = {
    kind: "yaml",
    name: W.yaml,
    about: W.yamlAbout,
    query: new URLSearchParams(),
    scenario: run.scenario("text"),
  };
  const example = beginning.source.kind === "example" ? exampleNamed(beginning.source.name) : undefined;
  return [
    moment,
    ...(lesson === undefined ? [] : [lessonOf(lesson)]),
    ...(example === undefined ? [] : [exampleOf(example, beginning.source.name)]),
    yaml,
  ];
}

function lessonOf({ course: { lesson }, at }: NonNullable<AppState["lesson"]>): Takeaway {
  const query = new URLSearchParams({ lesson: lesson.id, ...(at === 0 ? {} : { step: String(at + 1) }) });
  const step = lesson.steps[at]?.title ?? "";
  return {
    kind: "lesson",
    name: W.step,
    about: W.stepAbout(lesson.title, step),
    query,
    scenario: undefined,
  };
}

function exampleOf(name: string, title: string): Takeaway {
  return {
    kind: "example",
    name: W.example,
    about: W.exampleAbout(title),
    query: new URLSearchParams({ scenario: name }),
    scenario: undefined,
  };
}
