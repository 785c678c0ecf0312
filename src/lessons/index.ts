// The entry to the room: lessons, their course, checks and hints. Documented in SPEC.md.
export {
  doingsIn,
  type LessonDraft,
  lessonFile,
  lessonFileName,
  offeredChecks,
} from "./authoring.ts";
export { LESSONS, type LessonHead, loadLesson, loadMade } from "./catalogue.ts";
export { type CodedResult, cleanName, codeOf, crc32, doneInNumbers, lessonsIn, NAME_LIMIT, readCode } from "./code.ts";
export { COLUMNS, csvOf, findResults, PASTED_LIMIT, rowOf, sorted } from "./codes.ts";
export { doingText, type Move, moveOf } from "./doing.ts";
export { type Hint, STRENGTHS, type Strength } from "./hints.ts";
export type { Check, Doing, Grade, Lesson, LessonStep, Prediction } from "./lesson.ts";
export { type CheckState, LessonRun, type PredictionState, type Progress } from "./lesson-run.ts";
export { type LessonLink, linkOf, type PagePart, type Pointed } from "./link.ts";
export { isLost, type Lost, type LostSearch, lostSince, searchLost } from "./lost.ts";
export { dayOf, isMade, type MadeName, madeName } from "./made-names.ts";
export { type Block, type Inline, parseInline, parseMarkdown, plainText } from "./markdown.ts";
export { play, type Stage, startOf } from "./play.ts";
export { LessonError, type LessonProblem, readLesson } from "./read.ts";
export { replayLesson } from "./replay.ts";
export { costOf, GRADES, HELP, parOf, type Result, resultText } from "./result.ts";
export { LESSON_SCHEMA } from "./schema.ts";
export type { Seen, Watched } from "./seen.ts";
export { readShared } from "./shared.ts";
