// What an author has written of a lesson, kept in the tab until it is closed.
import { useState } from "react";
import type { LessonDraft } from "../../lessons/index.ts";
import { W } from "../../words/en/make-lesson.ts";
import { readTabSetting, writeTabSetting } from "../ui/storage.ts";

/** A draft, with the checks that are picked by their words. */
export type KeptDraft = Omit<LessonDraft, "checks"> & { readonly picked: readonly string[] };

const NAME = "lesson-draft";

/**
 * The draft of this tab, and the way to change it.
 *
 * @param actions - how many there are: the last one is the solution unless the author says otherwise.
 */
export function useDraft(actions: number): readonly [KeptDraft, (part: Partial<KeptDraft>) => void] {
  const [draft, setDraft] = useState(() => keptDraft(actions));
  const change = (part: Partial<KeptDraft>) => {
    const next = { ...draft, ...part };
    writeTabSetting(NAME, JSON.stringify(next));
    setDraft(next);
  };
  return [draft, change];
}

function keptDraft(actions: number): KeptDraft {
  const empty: KeptDraft = {
    title: "",
    question: "",
    report: "",
    text: "",
    task: W.defaultTask,
    grade: 1,
    from: Math.max(0, actions - 1),
    picked: [],
  };
  try {
    const raw: unknown = JSON.parse(readTabSetting(NAME) ?? "null");
    if (typeof raw !== "object" || raw === null) return empty;
    const kept = new Map(Object.entries(raw));
    const text = (name: "title" | "question" | "report" | "text" | "task") => {
      const value: unknown = kept.get(name);
      return typeof value === "string" ? value : empty[name];
    };
    const [from, grade, picked] = ["from", "grade", "picked"].map((name): unknown => kept.get(name));
    return {
      title: text("title"),
      question: text("question"),
      report: text("report"),
      text: text("text"),
      task: text("task"),
      grade: grade === 2 || grade === 3 ? grade : 1,
      from: typeof from === "number" && from >= 0 && from <= actions ? Math.floor(from) : empty.from,
      picked: Array.isArray(picked) ? picked.filter((each) => typeof each === "string") : [],
    };
  } catch {
    return empty; // it was not written here
  }
}
