// The place of the lesson that is open; its panel is loaded with the first one.

import { W } from "../../words/en/lessons-door.ts";
import { lazyPart } from "../ui/lazyPart.tsx";

export const Lesson = lazyPart(W.theLesson, () => import("./LessonPanel.tsx").then((module) => module.LessonPanel), {
  onDismiss: ({ onClose }) => onClose(),
});
