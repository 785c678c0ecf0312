// The door of the lessons: their button, and the panel of the one that is open.
export { type AskedLesson, askedBy, continued, lessonSource, sharedWith } from "./asked.ts";
export { KeptProgress, type LeftLesson } from "./kept.ts";
export { Lesson } from "./Lesson.tsx";
export { LessonsButton, LessonsList } from "./LessonsButton.tsx";
