// The door of the classroom: its button, what it opens over the page, and the pages that teachers use.
export { deskAsked } from "./asked.ts";
export { Classroom, ClassroomButton } from "./Classroom.tsx";
export { Desk } from "./desk.tsx";
