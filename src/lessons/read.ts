// A lesson's file → the lesson, or what is wrong with it and in which line.
import { own } from "../cluster/index.ts";
import { parseManifest, placeOf } from "../manifest/index.ts";
import { parseAction, ScenarioError } from "../scenario/index.ts";
import type { Lesson, LessonData, LessonStep, StepData } from "./lesson.ts";
import { type Block, parseInline, parseMarkdown } from "./markdown.ts";
import { LESSON_SCHEMA } from "./schema.ts";
import { isRecord, type Problem, problemsOf } from "./validate.ts";

/** What is wrong with a file. */
export interface LessonProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/** A file that is no lesson; its message names every line that is wrong. */
export class LessonError extends Error {
  override readonly name = "LessonError";
  readonly problems: readonly LessonProblem[];

  constructor(id: string, problems: readonly LessonProblem[]) {
    super(problems.map(({ line, message }) => `${id}, line ${line}: ${message}`).join("\n"));
    this.problems = problems;
  }
}

/** What a file holds: its front matter, its introduction, and the text of each step. */
interface LessonFile<Front> {
  readonly data: Front;
  readonly intro: readonly Block[];
  readonly parts: readonly string[];
}

/** Reads a file of a lesson. @throws LessonError Spec: [LESSON-1]. */
export function readLesson(id: string, source: string): Lesson {
  const { data, intro, parts } = readFile<LessonData>(id, source, (value) => [
    ...problemsOf(value, LESSON_SCHEMA),
    ...startProblems(value),
    ...actionProblems(value, ""),
  ]);
  return { ...data, id, intro, steps: data.steps.map((step, at) => stepOf(step, parts[at] ?? "")) };
}

/** Reads a file whose front matter is a `Front` when there are no problems in it. @throws LessonError */
export function readFile<Front extends { readonly steps: readonly unknown[] }>(
  id: string,
  source: string,
  problemsIn: (value: unknown) => readonly Problem[],
): LessonFile<Front> {
  const text = source.replaceAll("\r\n", "\n");
  const [whole, front = ""] = /^---\n([\s\S]*?\n)---\n/.exec(text) ?? [];
  if (whole === undefined)
    throw new LessonError(id, [{ line: 1, message: "must begin with its front matter between two lines of ---" }]);
  const data = readFront(id, front, problemsIn) as Front; // held to what it may be
  const [intro = "", ...parts] = text.slice(whole.length).split(/^## /m);
  if (parts.length !== data.steps.length) {
    const line = placeOf(text, whole.length).line;
    const message = `has ${data.steps.length} steps and ${parts.length} headings (## …): each step needs one`;
    throw new LessonError(id, [{ line, message }]);
  }
  return { data, intro: parseMarkdown(intro), parts };
}

/** A step with the text below its heading. */
export function stepOf(data: StepData, part: string): LessonStep {
  const end = part.indexOf("\n");
  const [title, body] = end < 0 ? [part, ""] : [part.slice(0, end), part.slice(end)];
  const task = data.task === undefined ? {} : { taskText: parseInline(data.task) };
  return { ...data, title: title.trim(), body: parseMarkdown(body), ...task };
}

function readFront(id: string, front: string, problemsIn: (value: unknown) => readonly Problem[]): unknown {
  const [document, ...more] = parseManifest(front);
  const lineOf = (at: number) => placeOf(front, at).line + 1; // behind the opening ---
  if (document === undefined || more.length > 0)
    throw new LessonError(id, [{ line: 1, message: "must have one YAML document as its front matter" }]);
  if (document.error !== undefined)
    throw new LessonError(id, [
      { line: lineOf(document.error.from), message: document.error.message.replace(/^yaml: line \d+: /, "") },
    ]);
  const twice = document.duplicateFields.map((path) => ({ path, message: "is written twice" }));
  const problems = [...twice, ...problemsIn(document.value)];
  if (problems.length === 0) return document.value;
  const placed = problems.map(({ path, message }) => {
    const from = placeOfPath(path, (each) => document.rangeOf(each)?.from);
    return { line: lineOf(from ?? 0), message: path === "" ? message : `${path}: ${message}` };
  });
  throw new LessonError(id, placed);
}

/** The place of a field, or of what it would be in. Keys may hold anything, so a path is cut at its last step whatever that is. */
function placeOfPath(path: string, placed: (path: string) => number | undefined): number | undefined {
  for (let rest = path; rest !== ""; rest = rest.slice(0, Math.max(0, rest.lastIndexOf("."), rest.lastIndexOf("[")))) {
    const found = placed(rest);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A lesson begins in one way. */
function startProblems(value: unknown): readonly Problem[] {
  const start = isRecord(value) ? value.start : undefined;
  if (!isRecord(start)) return [];
  const given = ["text", "example", "lesson"].filter((name) => own(start, name) !== undefined);
  return given.length === 1 ? [] : [{ path: "start", message: "must have one of text, example and lesson" }];
}

/** Actions and settings are held to what a scenario may hold, wherever a lesson has them. */
function actionProblems(value: unknown, path: string): readonly Problem[] {
  if (Array.isArray(value)) return value.flatMap((each, at) => actionProblems(each, `${path}[${at}]`));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const place = path === "" ? key : `${path}.${key}`;
    if (key === "act") return problemOf(each, place);
    if (key === "configure" || place === "start.settings")
      return problemOf({ kind: "configure", settings: each }, place);
    return actionProblems(each, place);
  });
}

function problemOf(action: unknown, path: string): readonly Problem[] {
  try {
    parseAction(action, path);
    return [];
  } catch (error) {
    if (error instanceof ScenarioError) return [{ path, message: error.message }];
    throw error;
  }
}
