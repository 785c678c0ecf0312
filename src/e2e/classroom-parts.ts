// The parts of the classroom, as parts.ts has those of the page.
import type { Part } from "./parts.ts";

export const CLASSROOM: Readonly<Record<string, Part>> = {
  "src/app/classroom/ClassroomDialog.tsx": {
    named: "The classroom",
    reach: (page) => page.getByRole("button", { name: "Classroom" }).click(),
    seen: (page) => page.getByRole("dialog", { name: "Classroom" }),
  },
  "src/app/classroom/CodeDialog.tsx": {
    named: "The code",
    reach: async (page) => {
      await page.getByRole("heading", { name: "Podpath" }).click();
      await page.keyboard.press("q");
    },
    seen: (page) => page.getByRole("dialog", { name: "Take it along" }),
  },
  "src/app/classroom/Speaker.tsx": {
    named: "What a speaker needs",
    reach: (page) => page.getByRole("button", { name: "Present" }).click(),
    seen: (page) => page.getByRole("region", { name: "Talk" }),
    leave: (page) => page.keyboard.press("p"),
  },
  "src/app/classroom/DeskPage.tsx": {
    named: "The page for teachers",
    reach: async (page) => void (await page.goto("/?results")),
    seen: (page) => page.getByRole("heading", { name: "Results" }),
    leave: (page) => page.goto("/"),
  },
};
