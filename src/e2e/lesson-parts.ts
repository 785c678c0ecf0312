// The parts of lessons, as parts.ts has those of the page.
import type { Page } from "@playwright/test";
import type { Part } from "./parts.ts";

const list = (page: Page) => page.getByRole("button", { name: "Lessons" }).first().click();

export const LESSONS: Readonly<Record<string, Part>> = {
  "src/app/lessons/LessonsDialog.tsx": {
    named: "The list of lessons",
    reach: list,
    seen: (page) => page.getByRole("dialog", { name: "Lessons" }),
  },
  "src/app/lessons/MakeDialog.tsx": {
    named: "The maker of lessons",
    reach: async (page) => {
      await list(page);
      await page.getByRole("button", { name: "Make a lesson of this" }).click();
    },
    seen: (page) => page.getByRole("dialog", { name: "Make a lesson of this" }),
  },
  "src/app/lessons/LessonPanel.tsx": {
    named: "The lesson",
    reach: async (page) => {
      await list(page);
      await page
        .getByRole("dialog", { name: "Lessons" })
        .getByRole("button", { name: /Pods come and go/ })
        .click();
    },
    seen: (page) => page.getByRole("region", { name: "Lesson" }),
  },
  "src/lessons/made.ts": {
    named: "The broken Service",
    reach: async (page) => {
      await list(page);
      await page.getByRole("button", { name: "Today's broken Service" }).click();
    },
    seen: (page) => page.getByRole("heading", { name: /^The broken Service of/ }),
  },
};
