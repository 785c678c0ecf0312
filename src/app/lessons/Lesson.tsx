// The place of the lesson that is open; its panel is loaded with the first one.
import { lazyPart } from "../ui/lazyPart.tsx";

export const Lesson = lazyPart("The lesson", () => import("./LessonPanel.tsx").then((module) => module.LessonPanel), {
  onDismiss: ({ onClose }) => onClose(),
});
