// A lesson in another language: its sentences from a file of their own, all that happens in it from the English one.
import { own } from "../cluster/index.ts";
import type { Check, Lesson, Prediction, StepData, TeacherNotes, WrittenHint } from "./lesson.ts";
import { readFile, stepOf } from "./read.ts";
import { listOf, object, type Schema, text } from "./schema.ts";
import { isRecord, type Problem, problemsOf } from "./validate.ts";

/** The sentences of a step's front matter. */
export interface StepSentences {
  readonly predict?: Pick<Prediction, "question" | "because"> & { readonly choices?: readonly string[] };
  readonly task?: string;
  /** What the checks say of their own (`say`), and then what `lost` says, in their order. */
  readonly says?: readonly string[];
  readonly hints?: readonly Pick<WrittenHint, "look" | "wrong" | "do">[];
}

/** The sentences of a lesson's front matter, which are the whole front matter of its translation. */
export interface Sentences {
  readonly title: string;
  readonly question: string;
  readonly teacher?: TeacherNotes;
  readonly steps: readonly StepSentences[];
}

const pair = (first: string, second: string) => listOf(object({ [first]: text, [second]: text }, [first, second]));
const hint = object({ look: text, wrong: text, do: text }, ["look", "wrong", "do"]);
const predict = object({ question: text, choices: listOf(text), because: text }, ["question", "because"]);

const SENTENCES: Schema = object(
  {
    title: text,
    question: text,
    teacher: object({ aims: listOf(text), misconceptions: pair("wrong", "right"), questions: pair("ask", "answer") }, [
      "aims",
      "misconceptions",
      "questions",
    ]),
    steps: listOf(object({ predict, task: text, says: listOf(text), hints: listOf(hint) }, [])),
  },
  ["title", "question", "steps"],
);

/** All sentences of a lesson's front matter that a learner or a teacher reads. */
export function sentencesOf({ title, question, teacher, steps }: Lesson): Sentences {
  const notes = teacher === undefined ? {} : { teacher };
  return { title, question, ...notes, steps: steps.map(sentencesOfStep) };
}

function sentencesOfStep({ predict, task, checks = [], lost = [], hints }: StepData): StepSentences {
  const says = [...checks, ...lost].flatMap(saysOf);
  return {
    ...(predict === undefined ? {} : { predict: sentencesOfPrediction(predict) }),
    ...(task === undefined ? {} : { task }),
    ...(says.length === 0 ? {} : { says }),
    ...(hints === undefined ? {} : { hints: hints.map(({ look, wrong, do: todo }) => ({ look, wrong, do: todo })) }),
  };
}

function sentencesOfPrediction({ question, choices, because }: Prediction) {
  return { question, ...("podsOf" in choices ? {} : { choices: choices.map((each) => each.text) }), because };
}

/** What a check says of its own when it is not met; what is in a `not` is never said. */
function saysOf(check: Check): readonly string[] {
  return [...(check.say === undefined ? [] : [check.say]), ...partsOf(check).flatMap(saysOf)];
}

function partsOf(check: Check): readonly Check[] {
  if ("allOf" in check) return check.allOf;
  return "anyOf" in check ? check.anyOf : [];
}

/**
 * A lesson with the sentences of its translation, a file with their front matter and the same headings.
 * @throws LessonError when a sentence is missing or left over. Spec: [LESSON-12].
 */
export function translate(lesson: Lesson, source: string): Lesson {
  const { data, intro, parts } = readFile<Sentences>(`${lesson.id} (translation)`, source, (value) => {
    const problems = problemsOf(value, SENTENCES);
    return problems.length > 0 ? problems : differences(sentencesOf(lesson), value, "");
  });
  const steps = lesson.steps.map((step, at) => stepOf({ ...step, ...saidOf(step, data.steps[at]) }, parts[at] ?? ""));
  const { title, question, teacher } = data;
  return { ...lesson, title, question, ...(teacher === undefined ? {} : { teacher }), intro, steps };
}

/** Where a translation has other sentences than the lesson. */
function differences(original: unknown, translated: unknown, path: string): readonly Problem[] {
  if (Array.isArray(original) && Array.isArray(translated)) {
    if (original.length === translated.length)
      return original.flatMap((each, at) => differences(each, translated[at], `${path}[${at}]`));
    return [{ path, message: `must have ${original.length} entries as the lesson has, not ${translated.length}` }];
  }
  if (!isRecord(original) || !isRecord(translated)) return [];
  const names = [...new Set([...Object.keys(original), ...Object.keys(translated)])];
  return names.flatMap((name): readonly Problem[] => {
    const place = path === "" ? name : `${path}.${name}`;
    const [there, here] = [own(original, name), own(translated, name)];
    if (there === undefined)
      return [{ path: place, message: "is left over: the lesson has nothing of this name here" }];
    if (here === undefined) return [{ path, message: `must have the field ${name}, as the lesson has` }];
    return differences(there, here, place);
  });
}

/** The parts of a step that hold sentences, with those of the translation. */
function saidOf(step: StepData, said: StepSentences = {}): Partial<StepData> {
  const { predict, task, checks, lost, hints } = step;
  const says = (said.says ?? []).values();
  const speak = (check: Check) => spoken(check, says);
  return {
    ...(predict === undefined ? {} : { predict: predicted(predict, said.predict) }),
    ...(task === undefined ? {} : { task: said.task ?? task }),
    ...(checks === undefined ? {} : { checks: checks.map(speak) }),
    ...(lost === undefined ? {} : { lost: lost.map(speak) }),
    ...(hints === undefined ? {} : { hints: hints.map((each, at) => ({ ...each, ...said.hints?.[at] })) }),
  };
}

function predicted(predict: Prediction, said: StepSentences["predict"]): Prediction {
  const choices =
    "podsOf" in predict.choices
      ? predict.choices
      : predict.choices.map((each, at) => ({ ...each, text: said?.choices?.[at] ?? each.text }));
  const { question = predict.question, because = predict.because } = said ?? {};
  return { ...predict, question, choices, because };
}

/** A check that says what the translation says; takes its sentences off the iterator. */
function spoken(check: Check, says: Iterator<string>): Check {
  const { say } = check;
  const said = say === undefined ? check : { ...check, say: says.next().value ?? say };
  if ("allOf" in said) return { ...said, allOf: said.allOf.map((each) => spoken(each, says)) };
  return "anyOf" in said ? { ...said, anyOf: said.anyOf.map((each) => spoken(each, says)) } : said;
}
