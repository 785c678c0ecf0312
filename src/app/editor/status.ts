// The outcome of the text, in one line.

import { W } from "../../words/en/editor-status.ts";
import type { ApplyReport, TouchedObject } from "./host.ts";

export type StatusTone = "idle" | "good" | "bad";

export interface StatusLine {
  readonly tone: StatusTone;
  readonly text: string;
}

/** The line below the editor for a report; undefined while nothing was applied. */
export function statusLine(report: ApplyReport | undefined): StatusLine {
  if (report === undefined) return { tone: "idle", text: W.notYet };
  const errors = report.problems.filter((problem) => problem.severity === "error").length;
  const done = changes(report);
  if (errors === 0 && report.failed === 0) return { tone: "good", text: done === "" ? W.noChange : W.applied(done) };
  const count = W.errors(Math.max(errors, 1));
  if (report.applied === 0 && done === "") return { tone: "bad", text: W.lastGood(count) };
  const rest = done === "" ? W.rest : done;
  return { tone: "bad", text: W.partly(count, report.failed, rest) };
}

function changes({ created, configured, deleted }: ApplyReport): string {
  const parts = [phrase(created, W.created), phrase(configured, W.configured), gone(deleted)];
  return parts.filter((part) => part !== "").join(", ");
}

/** `Service web created`, or `4 objects created` where they are many. */
function phrase(objects: readonly TouchedObject[], done: (what: string) => string): string {
  if (objects.length === 0) return "";
  if (objects.length > 2) return done(W.objects(objects.length));
  return done(objects.map(name).join(W.and));
}

function gone(objects: readonly TouchedObject[]): string {
  if (objects.length === 0) return "";
  if (objects.length > 2) return W.deleted(W.objects(objects.length), objects.length);
  return W.deleted(objects.map(name).join(W.and), objects.length);
}

const name = (object: TouchedObject) => `${object.kind} ${object.name}`;
